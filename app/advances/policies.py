"""Who may do what with advances: whoever borrows writes them, others read them and keep the money."""

from typing import Any

from app.access.actor import Actor, Owned
from app.access.permissions import Permission
from app.access.rules import Rule


def _readable(actor: Actor, advance: Owned) -> bool:
    return actor.reaches(Permission.EXPENSE_READ, advance)


def _own(actor: Actor, advance: Owned) -> bool:
    return actor.is_system or (advance.owner_id == actor.id and _readable(actor, advance))


read: Rule[Any] = Rule(Permission.EXPENSE_READ, when=_readable)
write: Rule[Any] = Rule(Permission.EXPENSE_CREATE, when=_own)
"""Changing, submitting, withdrawing and deleting: nobody borrows in another's name."""
pay: Rule[Any] = Rule(
    Permission.EXPENSE_PAY,
    when=lambda actor, advance: _readable(actor, advance) and actor.reaches(Permission.EXPENSE_PAY, advance),
)
"""Paying out, writing off, and taking back what is returned."""
purge: Rule[Any] = Rule(Permission.CUSTOMER_PURGE, when=_own)
decide: Rule[Any] = Rule(Permission.EXPENSE_CREATE, when=lambda actor, _advance: actor.is_system)
"""What an approval has come to is told by the product itself."""


def can(actor: Actor, advance: Owned) -> dict[str, bool]:
    """What the page may offer, if the advance's state lets it."""
    rules = {"update": write, "submit": write, "delete": write, "pay": pay}
    return {word: rule.allows(actor, advance) for word, rule in rules.items()}
