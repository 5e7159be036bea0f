"""How operators come in: by a cookie of their own, which no tenant's door knows."""

from flask import Response, g, request

from app.core.errors import Unauthenticated
from app.http.presented import SAFE_METHODS, refuse_other_sites
from app.operators import sessions
from app.operators.sessions import LONGEST, Keeper

COOKIE, PATH = "gx_operator", "/api/v1/operator"


def admit() -> None:
    """Let an operator in.

    :raises Unauthenticated: without a living session
    :raises CrossSite: for what a browser sends from somebody else's page
    """
    if request.method not in SAFE_METHODS:
        refuse_other_sites()
    keeper = sessions.keeper_of(presented())
    if keeper is None:
        raise Unauthenticated
    g.keeper = keeper


def presented() -> str:
    """The token that came along; empty without."""
    return request.cookies.get(COOKIE, "")


def current_keeper() -> Keeper:
    """The operator who is calling."""
    keeper: Keeper = g.keeper
    return keeper


def give(response: Response, token: str, *, secure: bool) -> None:
    """Give a browser its session."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LONGEST.total_seconds()),
        secure=secure,
        httponly=True,
        samesite="Strict",
        path=PATH,
    )


def take(response: Response) -> None:
    """Take the session back."""
    response.delete_cookie(COOKIE, path=PATH)
