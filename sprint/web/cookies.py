"""Names and attributes of the cookies, and the signed ones: flash messages and the state of a sign-in."""

from dataclasses import dataclass
from functools import lru_cache

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import Response

from sprint.settings import Settings
from sprint.web.page import SetCookie

SESSION, FLASH, SIGN_IN, SIGN_OUT = "sprint", "sprint-flash", "sprint-connexion", "sprint-deconnexion"
THEME, TRIES, EMAIL_LINK = "sprint-affichage", "sprint-essais", "sprint-lien"
THEMES = ("system", "light", "dark")


@dataclass(frozen=True)
class Jar:
    """Cookies of this site. Over https every name starts with `__Host-`: no other host of the domain can set them."""

    settings: Settings

    def name(self, cookie: str) -> str:
        return f"__Host-{cookie}" if self.settings.is_https else cookie

    def set(self, response: Response, cookie: SetCookie) -> None:
        """Put a cookie on a response; without a value it is deleted."""
        response.set_cookie(
            self.name(cookie.name),
            cookie.value,
            max_age=cookie.seconds if cookie.value else 0,
            path="/",
            secure=self.settings.is_https,
            httponly=True,
            samesite="lax",
        )

    def sign(self, purpose: str, value: object) -> str:
        return self._serializer(purpose).dumps(value)

    def unsign(self, purpose: str, signed: str, seconds: int) -> object | None:
        """The signed value, or None when it is missing, forged or older than `seconds`."""
        try:
            return self._serializer(purpose).loads(signed, max_age=seconds) if signed else None
        except BadSignature:
            return None

    def _serializer(self, purpose: str) -> URLSafeTimedSerializer:
        return _serializer(self.settings.secret.get_secret_value(), f"sprint.{purpose}")


@lru_cache(maxsize=32)
def _serializer(secret: str, salt: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=salt)
