"""What operators can do about providers."""

from app.core.db import db
from app.core.errors import NotFound, invalid
from app.messaging import breaker
from app.operators import deeds
from app.operators.sessions import Keeper


def try_now(keeper: Keeper, provider: str, reason: str) -> None:
    """Have a provider tried at once that is left alone.

    :raises Invalid: without a reason
    :raises NotFound: if it is not left alone
    """
    if not reason.strip():
        raise invalid("reason", "required")
    if not breaker.shorten(provider):
        raise NotFound
    deeds.note(keeper, "provider-tried", subject=provider, reason=reason.strip())
    db.session.flush()
