"""The only place that commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.core.db import db

_AFTER_COMMIT = "after_commit"


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit what the block did, or none of it; then ring the bells that were asked for."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        db.session.info.pop(_AFTER_COMMIT, None)
        raise
    for ring in db.session.info.pop(_AFTER_COMMIT, []):
        ring()


def let_go() -> None:
    """End a unit of work that has only read, before something slow that needs no database."""
    db.session.rollback()


def after_commit(ring: Callable[[], None]) -> None:
    """Run something once the surrounding unit of work has committed; never if it does not.

    What is rung must not matter: a crash between commit and bell loses it, and a sweep makes up for that.
    Of equal bells one rings.
    """
    bells = db.session.info.setdefault(_AFTER_COMMIT, [])
    if ring not in bells:
        bells.append(ring)
