"""Where the work at hand comes from: facts for the trail and the log, never for a decision."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One request or task as seen from outside."""

    request_id: str
    ip: str | None = None
    user_agent: str | None = None
    session_id: UUID | None = None
    locale: str = "zh-CN"


NOWHERE = Origin(request_id="-")
_origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def current_origin() -> Origin:
    """The origin of what is being done now."""
    return _origin.get()


def set_origin(origin: Origin) -> None:
    """Note the origin for the rest of this request or task."""
    _origin.set(origin)


@contextmanager
def origin_scope(origin: Origin) -> Iterator[None]:
    """Note the origin until the block ends."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)
