"""Ways a provider may lie: which of its answers, how it is changed, and what the person is told."""

import gzip
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable

import httpx2
from joserfc import jwt
from joserfc.jwk import OctKey

from sprint.account.providers.tokens import half_hash
from sprint.clock import now
from tests.account.double import CLIENT, HOST, SECRET, Answer, Double, rsa, unsigned, with_claims, with_token
from tests.account.flow import says

UNREACHABLE, UNTRUSTED, REFUSED, WEAK = (
    "ne répond pas",
    "ne pouvons pas vérifier",
    "a refusé",
    "double authentification",
)
Lie = Callable[[Double], Answer]


def hours(number: float) -> int:
    return int(now().timestamp() + 3600 * number)


def json_answer(**values: object) -> Answer:
    """The provider's own JSON with other values; None leaves one out."""

    def answer(_request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        told = {name: value for name, value in (response.json() | values).items() if value is not None}
        return httpx2.Response(response.status_code, json=told)

    return answer


def answering(response: httpx2.Response) -> Lie:
    return lambda _double: lambda _request, _response: response


def raising(error: Exception) -> Lie:
    def answer(_request: httpx2.Request, _response: httpx2.Response) -> httpx2.Response:
        raise error

    return lambda _double: answer


def claiming(**values: object) -> Lie:
    return lambda double: with_claims(double, **values)


def telling(**values: object) -> Lie:
    return lambda _double: json_answer(**values)


def signing(make: Callable[[Double], str]) -> Lie:
    return lambda double: with_token(double, lambda: make(double))


def with_our_secret(double: Double) -> str:
    """Signed with what both sides know, as if the algorithm were for the token to choose."""
    key = OctKey.import_key(SECRET)
    return jwt.encode({"alg": "HS256"}, double.id_claims(), key, algorithms=["HS256"])


def with_its_public_key_as_secret(double: Double) -> str:
    secret = urlsafe_b64encode(rsa("one").as_pem(private=False)).decode().rstrip("=")
    key = OctKey.import_key({"kty": "oct", "k": secret})
    return jwt.encode({"alg": "HS256", "kid": "one"}, double.id_claims(), key, algorithms=["HS256"])


def with_another_algorithm(double: Double) -> str:
    return jwt.encode({"alg": "RS512", "kid": "one"}, double.id_claims(), rsa("one"), algorithms=["RS512"])


def with_another_key_of_the_same_name(double: Double) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, double.id_claims(), rsa("two"), algorithms=["RS256"])


def with_the_key_it_brings(double: Double) -> str:
    header = {"jwk": rsa("two").as_dict(private=False)}
    return double.signed(double.id_claims(), kid="two", header=header)


def with_a_changed_body(double: Double) -> str:
    head, _, signature = double.signed(double.id_claims()).split(".")
    return f"{head}.{unsigned(double.id_claims() | {'sub': 'eve'}).split('.')[1]}.{signature}"


def signed_userinfo(double: Double, *, kid: str = "", **values: object) -> Answer:
    claims = {"iss": HOST, "aud": CLIENT, "sub": double.subject, "name": "Ada", **values}
    return says(double.signed(claims, kid=kid), media_type="application/jwt")


LIES: dict[str, tuple[str, Lie, str]] = {
    "iss of another": ("token", claiming(iss="https://evil.example"), UNTRUSTED),
    "iss with a slash more": ("token", claiming(iss=HOST + "/"), UNTRUSTED),
    "no iss": ("token", claiming(iss=None), UNTRUSTED),
    "aud of another client": ("token", claiming(aud="another"), UNTRUSTED),
    "aud that only holds ours": ("token", claiming(aud=f"{CLIENT}-2"), UNTRUSTED),
    "no aud": ("token", claiming(aud=None), UNTRUSTED),
    "several aud without azp": ("token", claiming(aud=[CLIENT, "another"]), UNTRUSTED),
    "azp of another": ("token", claiming(azp="another"), UNTRUSTED),
    "several aud and azp of another": ("token", claiming(aud=[CLIENT, "another"], azp="another"), UNTRUSTED),
    "nonce of another sign-in": ("token", claiming(nonce="n" * 43), UNTRUSTED),
    "no nonce": ("token", claiming(nonce=None), UNTRUSTED),
    "nonce in a list": ("token", lambda double: with_claims(double, nonce=[double.question["nonce"]]), UNTRUSTED),
    "expired": ("token", claiming(exp=hours(-48)), UNTRUSTED),
    "no exp": ("token", claiming(exp=None), UNTRUSTED),
    "exp that is a text": ("token", claiming(exp="tomorrow"), UNTRUSTED),
    "from tomorrow": ("token", claiming(iat=hours(24 * 365 * 9)), UNTRUSTED),
    "not valid yet": ("token", claiming(nbf=hours(24 * 365 * 9)), UNTRUSTED),
    "no sub": ("token", claiming(sub=None), UNTRUSTED),
    "empty sub": ("token", claiming(sub=""), UNTRUSTED),
    "sub that is a number": ("token", claiming(sub=7), UNTRUSTED),
    "sub that is a list": ("token", claiming(sub=["subject-of-ada"]), UNTRUSTED),
    "sub of 256 characters": ("token", claiming(sub="a" * 256), UNTRUSTED),
    "sub with a line end": ("token", claiming(sub="subject-of-ada\n"), UNTRUSTED),
    "sub of somebody else": ("token", claiming(sub="eve"), UNTRUSTED),
    "at_hash of another token": ("token", claiming(at_hash=half_hash("b" * 40, "RS256")), UNTRUSTED),
    "weaker acr": ("token", claiming(acr="eidas1"), WEAK),
    "no acr": ("token", claiming(acr=None), WEAK),
    "acr in a list": ("token", claiming(acr=["eidas2"]), WEAK),
    "alg none": ("token", signing(lambda double: unsigned(double.id_claims())), UNTRUSTED),
    "signed with the secret of the client": ("token", signing(with_our_secret), UNTRUSTED),
    "signed with the public key as a secret": ("token", signing(with_its_public_key_as_secret), UNTRUSTED),
    "another algorithm of the same key": ("token", signing(with_another_algorithm), UNTRUSTED),
    "another key of the same name": ("token", signing(with_another_key_of_the_same_name), UNTRUSTED),
    "a key nobody knows": ("token", signing(lambda double: double.signed(double.id_claims(), kid="two")), UNTRUSTED),
    "the key in the token": ("token", signing(with_the_key_it_brings), UNTRUSTED),
    "changed after it was signed": ("token", signing(with_a_changed_body), UNTRUSTED),
    "a token for logging out": (
        "token",
        signing(lambda double: double.signed(double.id_claims(), header={"typ": "logout+jwt"})),
        UNTRUSTED,
    ),
    "no ID token": ("token", telling(id_token=None), UNTRUSTED),
    "an ID token that is none": ("token", telling(id_token="x"), UNTRUSTED),
    "an ID token that is a list": ("token", telling(id_token=["x"]), UNTRUSTED),
    "a huge ID token": ("token", telling(id_token="x" * 30_000), UNTRUSTED),
    "no access token": ("token", telling(access_token=None), UNTRUSTED),
    "an error with 200": ("token", telling(error="invalid_grant"), REFUSED),
    "an error with 400": ("token", lambda _: says('{"error": "invalid_grant"}', 400), REFUSED),
    "userinfo of somebody else": ("userinfo", telling(sub="eve"), UNTRUSTED),
    "userinfo of nobody": ("userinfo", telling(sub=None), UNTRUSTED),
    "userinfo with sub in a list": ("userinfo", telling(sub=["subject-of-ada"]), UNTRUSTED),
    "signed userinfo of somebody else": ("userinfo", lambda double: signed_userinfo(double, sub="eve"), UNTRUSTED),
    "signed userinfo of another issuer": ("userinfo", lambda d: signed_userinfo(d, iss="https://evil"), UNTRUSTED),
    "signed userinfo for another": ("userinfo", lambda double: signed_userinfo(double, aud="another"), UNTRUSTED),
    "signed userinfo without aud": ("userinfo", lambda double: signed_userinfo(double, aud=None), UNTRUSTED),
    "userinfo signed by another": ("userinfo", lambda double: signed_userinfo(double, kid="two"), UNTRUSTED),
    "userinfo not signed": (
        "userinfo",
        lambda double: says(
            unsigned({"iss": HOST, "aud": CLIENT, "sub": double.subject}), media_type="application/jwt"
        ),
        UNTRUSTED,
    ),
    "JSON called a web page": (
        "userinfo",
        lambda _: says('{"sub": "subject-of-ada"}', media_type="text/html"),
        UNTRUSTED,
    ),
    "a web page called JSON": ("userinfo", lambda _: says("<html>Bonjour</html>"), UNTRUSTED),
    "a list": ("userinfo", lambda _: says("[]"), UNTRUSTED),
    "no text": ("userinfo", lambda _: says(b"\xff\xfe{}"), UNTRUSTED),
    "without end": ("userinfo", lambda _: says('{"sub": "' + "a" * 1_100_000 + '"}'), UNTRUSTED),
    "nested without end": ("token", lambda _: says("[" * 100_000), UNTRUSTED),
    "packed": (
        "userinfo",
        answering(httpx2.Response(200, content=gzip.compress(b"{}"), headers={"content-encoding": "gzip"})),
        UNREACHABLE,
    ),
    "sent elsewhere": ("token", answering(httpx2.Response(302, headers={"location": HOST})), UNREACHABLE),
    "userinfo sent elsewhere": ("userinfo", answering(httpx2.Response(307, headers={"location": HOST})), UNREACHABLE),
    "nothing": ("userinfo", answering(httpx2.Response(204)), UNREACHABLE),
    "server error": ("token", answering(httpx2.Response(500, text="oops")), UNREACHABLE),
    "server error of userinfo": ("userinfo", answering(httpx2.Response(503)), UNREACHABLE),
    "token it refuses itself": ("userinfo", answering(httpx2.Response(401)), UNREACHABLE),
    "server error of keys": ("jwks", answering(httpx2.Response(500)), UNREACHABLE),
    "no keys": ("jwks", lambda _: says('{"keys": []}'), UNTRUSTED),
    "a secret among public keys": (
        "jwks",
        lambda _: says(json.dumps({"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "one"}]})),
        UNTRUSTED,
    ),
    "keys for hiding, not for signing": (
        "jwks",
        lambda _: says(json.dumps({"keys": [{**rsa("one").as_dict(private=False), "use": "enc"}]})),
        UNTRUSTED,
    ),
    "no connection": ("token", raising(httpx2.ConnectError("no")), UNREACHABLE),
    "too slow": ("userinfo", raising(httpx2.ReadTimeout("slow")), UNREACHABLE),
    "cut off": ("userinfo", raising(httpx2.RemoteProtocolError("gone")), UNREACHABLE),
}
