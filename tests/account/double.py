"""A provider of OpenID Connect for the tests, which answers in process and may be told to lie."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import RSAKey

from sprint.clock import now

HOST = "https://idp.example"
CLIENT, SECRET = "sprint-client", "secret-of-the-client-longer-than-32"
Json = dict[str, Any]
Answer = Callable[[httpx2.Request, httpx2.Response], httpx2.Response]


@cache
def rsa(kid: str) -> RSAKey:
    """Keys take time to make: each is made once for the whole run."""
    return RSAKey.generate_key(2048, parameters={"kid": kid, "use": "sig"})


@dataclass
class Double(httpx2.AsyncBaseTransport):
    """`lies` change what comes over the network, by the last word of the address; `says` and `proves` what it knows."""

    issuer: str = HOST
    kid: str = "one"
    document: Json = field(default_factory=dict)
    says: Json = field(default_factory=lambda: {"name": "Ada Lemoine", "email": "ada@example.org"})
    proves: Json = field(default_factory=dict)
    subject: str = "subject-of-ada"
    signs_userinfo: bool = False
    expires_in: int = 60
    lies: dict[str, Answer] = field(default_factory=dict)
    asked: list[httpx2.Request] = field(default_factory=list)
    question: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        self.asked.append(request)
        name = request.url.path.rpartition("/")[2]
        response = self._answer(name, request)
        lie = self.lies.get(name)
        return lie(request, response) if lie else response

    def _answer(self, name: str, request: httpx2.Request) -> httpx2.Response:
        match name:
            case "openid-configuration":
                return httpx2.Response(200, json=self.discovery())
            case "jwks":
                return httpx2.Response(200, json={"keys": [rsa(self.kid).as_dict(private=False)]})
            case "token":
                return self._token(request)
            case "userinfo":
                return self._userinfo(request)
        return httpx2.Response(404)

    def discovery(self) -> Json:
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo", "end_session": "logout"}
        found = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in ends.items()}
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks", **found, **self.document}

    def _token(self, request: httpx2.Request) -> httpx2.Response:
        given = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        code = given.get("code", "")
        challenge = self.question.get("code_challenge")
        made = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest())
        if code != "good" or code in self.used or (challenge and challenge != made.decode().rstrip("=")):
            return httpx2.Response(400, json={"error": "invalid_grant"})
        self.used.add(code)
        token = {"token_type": "Bearer", "access_token": "a" * 40, "expires_in": self.expires_in}
        return httpx2.Response(200, json=token | {"id_token": self.signed(self.id_claims())})

    def id_claims(self) -> Json:
        moment = int(now().timestamp())
        times = {"iat": moment, "exp": moment + 60}
        return {
            "iss": self.issuer, "aud": CLIENT, "sub": self.subject, "nonce": self.question.get("nonce"),
            **times, **self.proves,
        }  # fmt: skip

    def _userinfo(self, request: httpx2.Request) -> httpx2.Response:
        if request.headers.get("authorization") != "Bearer " + "a" * 40:
            return httpx2.Response(401)
        told = {"sub": self.subject, **self.says}
        if not self.signs_userinfo:
            return httpx2.Response(200, json=told)
        token = self.signed({"iss": self.issuer, "aud": CLIENT, **told})
        return httpx2.Response(200, content=token, headers={"content-type": "application/jwt"})

    def signed(self, claims: Json, *, kid: str = "", header: Json | None = None) -> str:
        """As the holder of that key would sign."""
        told = {name: value for name, value in claims.items() if value is not None}
        head = {"alg": "RS256", "kid": kid or self.kid, **(header or {})}
        return jwt.encode(head, told, rsa(kid or self.kid), algorithms=["RS256"])

    # --- the browser's part

    def came_from(self, authorization: str) -> str:
        """The person agrees: the address of this site, with its question, to which the browser is sent back."""
        self.question = dict(parse_qsl(urlsplit(authorization).query))
        back = urlsplit(self.question["redirect_uri"])
        return f"{back.path}?code=good&state={self.question['state']}"


def with_claims(double: Double, **values: object) -> Answer:
    """The provider's own answer, its ID token signed anew with other claims; None leaves one out."""
    return with_token(double, lambda: double.signed({**double.id_claims(), **values}))


def with_token(double: Double, make: Callable[[], str]) -> Answer:
    """Another ID token in the provider's own answer."""

    def answer(_request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        return httpx2.Response(200, json=response.json() | {"id_token": make()})

    return answer


def unsigned(claims: Json) -> str:
    """A token of the algorithm `none`."""
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    head, body = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    return f"{head}.{body}."
