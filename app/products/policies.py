"""Who may do what with the catalogue: it belongs to the company, so a permission reaches all or nothing."""

from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule


def _everywhere(_actor: Actor, _record: Any) -> bool:
    return True


read: Rule[Any] = Rule(Permission.PRODUCT_READ, when=_everywhere)
manage: Rule[Any] = Rule(
    Permission.PRODUCT_MANAGE, when=lambda actor, _record: actor.may(Permission.PRODUCT_READ)
)

SHOWN: dict[str, Rule[Any]] = {"update": manage, "delete": manage}


def can(actor: Actor) -> dict[str, bool]:
    """What the page may offer."""
    return {word: rule.allows(actor, None) for word, rule in SHOWN.items()}
