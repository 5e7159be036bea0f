"""The access token on the wire: a ten-minute JWT that names a session, in a header or a cookie."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import jwt
from flask import Flask, Response
from flask_jwt_extended import JWTManager, create_access_token, decode_token, get_csrf_token
from flask_jwt_extended.exceptions import JWTExtendedException

from app.access.api_tokens import Cut
from app.access.sessions import LIFETIME, Opened
from app.config import Settings
from app.core import clock
from app.core.errors import Unauthenticated

ACCESS_COOKIE, REFRESH_COOKIE, CSRF_COOKIE = "gx_access", "gx_refresh", "gx_csrf"
CSRF_HEADER = "X-CSRF-Token"
REFRESH_PATH = "/api/v1/session"
LIFETIME_OF_ACCESS = timedelta(minutes=10)
_CACHE_SIZE = 20_000


class TokenExpired(Unauthenticated):
    """The access token is older than ten minutes; a refresh gives the next."""

    code = "token-expired"


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says."""

    slug: str
    session_id: UUID
    expires_at: int
    csrf: str
    cut: Cut | None = None
    """What is left of the rights of whoever sent it, if it is an API token."""


_cache: dict[str, Claims] = {}


def init_app(app: Flask, settings: Settings) -> None:
    """Configure the JWT library."""
    app.config.update(
        JWT_SECRET_KEY=settings.secret_key,
        JWT_ALGORITHM="HS256",
        JWT_ACCESS_TOKEN_EXPIRES=LIFETIME_OF_ACCESS,
        JWT_TOKEN_LOCATION=["headers", "cookies"],
        JWT_COOKIE_CSRF_PROTECT=True,
        GX_COOKIE_SECURE=settings.cookie_secure,
    )
    JWTManager(app)


def issue(opened: Opened) -> str:
    """An access token for a session."""
    token: str = create_access_token(
        str(opened.user.id),
        additional_claims={"sid": opened.session_id.hex, "ten": opened.tenant.slug},
        expires_delta=LIFETIME_OF_ACCESS,
    )
    return token


def read(token: str) -> Claims:
    """The claims of a token whose signature and age are good.

    Signatures are checked once per token and process; the age every time.

    :raises TokenExpired: when it is too old
    :raises Unauthenticated: when it was not made by us
    """
    claims = _cache.get(token)
    if claims is None:
        claims = _decode(token)
        if len(_cache) >= _CACHE_SIZE:
            _cache.clear()
        _cache[token] = claims
    if claims.expires_at <= clock.now().timestamp():
        raise TokenExpired
    return claims


def _decode(token: str) -> Claims:
    try:
        decoded: dict[str, Any] = decode_token(token)
        return Claims(
            slug=_slug(decoded["ten"]),
            session_id=UUID(hex=decoded["sid"]),
            expires_at=int(decoded["exp"]),
            csrf=str(decoded["csrf"]),
        )
    except jwt.ExpiredSignatureError:
        raise TokenExpired from None
    except (jwt.PyJWTError, JWTExtendedException, KeyError, ValueError, TypeError):
        raise Unauthenticated from None


def is_slug(text: str) -> bool:
    """Whether a company could be called so."""
    return re.fullmatch("[a-z0-9-]{1,64}", text) is not None


def _slug(claimed: Any) -> str:
    if not isinstance(claimed, str) or not is_slug(claimed):
        raise ValueError("no slug")
    return claimed


def set_cookies(response: Response, access_token: str, refresh_token: str, *, secure: bool) -> None:
    """Give a browser its session: two cookies that scripts cannot read, and one that they echo."""
    age = int(LIFETIME.total_seconds())
    response.set_cookie(
        ACCESS_COOKIE, access_token, max_age=age, secure=secure, httponly=True, samesite="Lax", path="/"
    )
    response.set_cookie(
        REFRESH_COOKIE,
        refresh_token,
        max_age=age,
        secure=secure,
        httponly=True,
        samesite="Strict",
        path=REFRESH_PATH,
    )
    csrf = get_csrf_token(access_token)
    response.set_cookie(
        CSRF_COOKIE, csrf, max_age=age, secure=secure, httponly=False, samesite="Lax", path="/"
    )


def clear_cookies(response: Response) -> None:
    """Take the session's cookies back."""
    response.delete_cookie(ACCESS_COOKIE, path="/")
    response.delete_cookie(REFRESH_COOKIE, path=REFRESH_PATH)
    response.delete_cookie(CSRF_COOKIE, path="/")
