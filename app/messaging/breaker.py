"""Leaving a provider alone that does not answer, so that nothing is lost to it and nobody waits for it.

closed -> open       after three failures in a row, of whichever company
open -> half-open    when its pause is over: one worker tries one message, the others wait
half-open -> closed  when that one was answered; if not, open for twice as long
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import text

from app.core import clock
from app.core.db import db

PATIENCE = 3
"""After how many failures in a row a provider is left alone."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=10)
TRIAL = timedelta(minutes=2)
"""How long the one that tries may take before another does."""

_LOOK = text("SELECT failures, open_until FROM provider_health WHERE provider = :provider")
_TRY = text(
    "UPDATE provider_health SET open_until = :until, changed_at = :at "
    "WHERE provider = :provider AND open_until = :seen"
)
_FAIL = text(
    "INSERT INTO provider_health AS h (provider, failures, opened, last_error, changed_at) "
    "VALUES (:provider, 1, 0, :error, :at) ON CONFLICT (provider) DO UPDATE SET failures = h.failures + 1, "
    "opened = h.opened + CASE WHEN h.failures + 1 >= :patience THEN 1 ELSE 0 END, "
    "open_until = CASE WHEN h.failures + 1 >= :patience "
    "THEN :at + least(:first * power(2, least(h.opened, 10)), :longest) ELSE h.open_until END, "
    "last_error = :error, changed_at = :at"
)
_ANSWER = text(
    "UPDATE provider_health SET failures = 0, opened = 0, open_until = NULL, changed_at = :at "
    "WHERE provider = :provider AND failures > 0"
)

_SHORTEN = text(
    "UPDATE provider_health SET open_until = :at, changed_at = :at "
    "WHERE provider = :provider AND open_until > :at"
)


class Stand(StrEnum):
    """How a provider is met."""

    CLOSED = "closed"
    """As always."""
    TRIAL = "trial"
    """It has failed, and whoever asked is the one who tries it again."""
    OPEN = "open"
    """It is left alone."""


@dataclass(frozen=True, slots=True)
class State:
    """How a provider is met, and until when it is left alone."""

    stand: Stand
    failing: bool = False
    """Whether it has failed since it last answered: only then is an answer worth writing down."""
    until: datetime | None = None


def look(provider: str) -> State:
    """How to meet a provider; who is told to try it has taken that upon itself."""
    row = db.session.execute(_LOOK, {"provider": provider}).one_or_none()
    if row is None or row.open_until is None:
        return State(Stand.CLOSED, failing=row is not None and row.failures > 0)
    at = clock.now()
    if row.open_until > at:
        return State(Stand.OPEN, failing=True, until=row.open_until)
    tried = {"provider": provider, "seen": row.open_until, "until": at + TRIAL, "at": at}
    if db.session.execute(_TRY, tried).rowcount:  # type: ignore[attr-defined]
        return State(Stand.TRIAL, failing=True)
    return State(Stand.OPEN, failing=True, until=at + TRIAL)


def failed(provider: str, error: str) -> None:
    """Note that a provider has not answered, or could not be reached."""
    db.session.execute(
        _FAIL,
        {
            "provider": provider,
            "error": error,
            "at": clock.now(),
            "patience": PATIENCE,
            "first": FIRST_PAUSE,
            "longest": LONGEST_PAUSE,
        },
    )


def answered(provider: str) -> None:
    """Note that a provider has answered, whatever it said; for those that had failed."""
    db.session.execute(_ANSWER, {"provider": provider, "at": clock.now()})


def shorten(provider: str) -> bool:
    """End the pause of a provider, which is then tried with one message; False if it had none."""
    done = db.session.execute(_SHORTEN, {"provider": provider, "at": clock.now()})
    return bool(done.rowcount)  # type: ignore[attr-defined]
