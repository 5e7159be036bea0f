"""Facts, and who cares about them.

Handlers run at once, inside the publisher's transaction: all of the story happens, or none of it.
"""

from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

DEEPEST_CASCADE = 8


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened: past tense, ids and plain facts only."""


E = TypeVar("E", bound=Event)

_handlers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)
_depth: ContextVar[int] = ContextVar("event_depth", default=0)


class CascadeTooDeep(RuntimeError):
    """Events caused events caused events: two flows feed each other."""


def on(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Subscribe a function to a kind of event."""

    def subscribe(handler: Callable[[E], None]) -> Callable[[E], None]:
        _handlers[event_type].append(handler)
        return handler

    return subscribe


def publish(event: Event) -> None:
    """Tell everyone who asked to hear about this kind of event, now."""
    depth = _depth.get()
    if depth >= DEEPEST_CASCADE:
        raise CascadeTooDeep(type(event).__name__)
    token = _depth.set(depth + 1)
    try:
        for handler in _handlers[type(event)]:
            handler(event)
    finally:
        _depth.reset(token)
