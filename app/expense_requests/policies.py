"""Who may do what with expense requests: whoever is to spend the money writes them, others read them."""

from typing import Any

from app.access.actor import Actor, Owned
from app.access.permissions import Permission
from app.access.rules import Rule


def _readable(actor: Actor, request: Owned) -> bool:
    return actor.reaches(Permission.EXPENSE_READ, request)


def _own(actor: Actor, request: Owned) -> bool:
    return actor.is_system or (request.owner_id == actor.id and _readable(actor, request))


def _closable(actor: Actor, request: Owned) -> bool:
    own = actor.may(Permission.EXPENSE_CREATE) and _own(actor, request)
    return own or (_readable(actor, request) and actor.may(Permission.EXPENSE_MANAGE))


read: Rule[Any] = Rule(Permission.EXPENSE_READ, when=_readable)
write: Rule[Any] = Rule(Permission.EXPENSE_CREATE, when=_own)
"""Changing, submitting, withdrawing and deleting: nobody asks in another's name."""
close: Rule[Any] = Rule(Permission.EXPENSE_READ, when=_closable)
"""Whoever asked, and whoever arranges expenses."""
purge: Rule[Any] = Rule(Permission.CUSTOMER_PURGE, when=_own)
decide: Rule[Any] = Rule(Permission.EXPENSE_CREATE, when=lambda actor, _request: actor.is_system)
"""What an approval has come to is told by the product itself."""


def can(actor: Actor, request: Owned) -> dict[str, bool]:
    """What the page may offer, if the request's state lets it."""
    rules = {"update": write, "submit": write, "delete": write, "close": close, "claim": write}
    return {word: rule.allows(actor, request) for word, rule in rules.items()}
