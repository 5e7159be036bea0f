"""Who may do what with expense claims: whoever spent the money writes them, others read and pay them."""

from typing import Any

from app.access.actor import Actor, Owned
from app.access.permissions import Permission
from app.access.rules import Rule


def _readable(actor: Actor, claim: Owned) -> bool:
    return actor.reaches(Permission.EXPENSE_READ, claim)


def _own(actor: Actor, claim: Owned) -> bool:
    return actor.is_system or (claim.owner_id == actor.id and _readable(actor, claim))


read: Rule[Any] = Rule(Permission.EXPENSE_READ, when=_readable)
write: Rule[Any] = Rule(Permission.EXPENSE_CREATE, when=_own)
"""Changing, submitting, withdrawing and deleting: nobody claims in another's name."""
pay: Rule[Any] = Rule(
    Permission.EXPENSE_PAY,
    when=lambda actor, claim: _readable(actor, claim) and actor.reaches(Permission.EXPENSE_PAY, claim),
)
purge: Rule[Any] = Rule(Permission.CUSTOMER_PURGE, when=_own)
decide: Rule[Any] = Rule(Permission.EXPENSE_CREATE, when=lambda actor, _claim: actor.is_system)
"""What an approval has come to is told by the product itself."""


def can(actor: Actor, claim: Owned) -> dict[str, bool]:
    """What the page may offer, if the claim's state lets it."""
    rules = {"update": write, "submit": write, "delete": write, "pay": pay}
    return {word: rule.allows(actor, claim) for word, rule in rules.items()}
