"""How an endpoint says who may knock. Every view declares one of these; a test finds those that do not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from flask import current_app, request

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Door:
    """Who may call a view.

    `hot` views are reads on the fast lane: one connection, no ORM session, bytes out. `keeps_answer` is
    whether a POST with an Idempotency-Key leaves its answer to be replayed. `threshold` views
    are open before a second factor that the role demands is set up. `in_person` views are for people only:
    no API token opens them.
    """

    kind: Literal["signed-in", "public", "local", "operator"]
    reason: str = ""
    hot: bool = False
    keeps_answer: bool = True
    threshold: bool = False
    in_person: bool = False


def signed_in(view: F) -> F:
    """Anyone with a session; what they may do is the service's lock."""
    return _hang(view, Door("signed-in"))


def in_person(view: F) -> F:
    """As `signed_in`, but no API token opens it: it is about an account, a secret, or who may do what."""
    return _hang(view, Door("signed-in", in_person=True))


def on_threshold(view: F) -> F:
    """As `signed_in`, also for those who must first set a second factor up."""
    return _hang(view, Door("signed-in", threshold=True, in_person=True))


def on_threshold_once(view: F) -> F:
    """As `on_threshold`, for answers that carry secrets: they are never kept, so never replayed."""
    return _hang(view, Door("signed-in", threshold=True, keeps_answer=False, in_person=True))


def hot_read_in_person(view: F) -> F:
    """As `hot_read`, but no API token opens it."""
    return _hang(view, Door("signed-in", hot=True, in_person=True))


def hot_read(view: F) -> F:
    """A read for anyone with a session, on the fast lane."""
    return _hang(view, Door("signed-in", hot=True))


def public(reason: str) -> Callable[[F], F]:
    """Anyone at all, and why. Unsafe methods must still come from our own pages, if from a browser."""
    return lambda view: _hang(view, Door("public", reason))


def operator(reason: str) -> Callable[[F], F]:
    """Only whoever keeps the installation, signed in as such, and why."""
    return lambda view: _hang(view, Door("operator", reason))


def local(reason: str) -> Callable[[F], F]:
    """Only from this machine, and why."""
    return lambda view: _hang(view, Door("local", reason))


def _hang(view: F, door: Door) -> F:
    view.door = door  # type: ignore[attr-defined]
    return view


def door_of(endpoint: str, method: str) -> Door | None:
    """The declaration of a view, if it has one."""
    view = current_app.view_functions[endpoint]
    view_class = getattr(view, "view_class", None)
    if view_class is None:
        return getattr(view, "door", None)
    handler = getattr(view_class, method.lower(), None) or getattr(view_class, "get", None)
    return getattr(handler, "door", None)


def current_door() -> Door | None:
    """The declaration of the view that this request is for."""
    return door_of(request.endpoint, request.method) if request.endpoint else None
