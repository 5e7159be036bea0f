"""Who may do what with a quote: it is never seen farther than its customer is."""

from typing import Any

from app.access.actor import Actor, Shareable
from app.access.permissions import Permission
from app.access.rules import Rule
from app.quotes.models import Quote

READING = (Permission.CUSTOMER_READ, Permission.QUOTE_READ)
DELETING = (*READING, Permission.QUOTE_DELETE)


def _readable(actor: Actor, held: Shareable) -> bool:
    return all(actor.may(permission) for permission in READING) and (
        held.shared or all(actor.reaches(permission, held) for permission in READING)
    )


def _shared_or_reached(permission: Permission) -> Rule[Any]:
    def opens(actor: Actor, quote: Shareable) -> bool:
        return _readable(actor, quote) and (quote.shared or actor.reaches(permission, quote))

    return Rule(permission, when=opens)


def _entitled(permission: Permission) -> Rule[Any]:
    return Rule(
        permission, when=lambda actor, quote: _readable(actor, quote) and actor.reaches(permission, quote)
    )


read: Rule[Quote] = Rule(Permission.QUOTE_READ, when=_readable)
add: Rule[Any] = Rule(Permission.QUOTE_CREATE, when=_readable)
"""Quoting to a customer: wherever one could read what one has made."""
update: Rule[Quote] = _shared_or_reached(Permission.QUOTE_UPDATE)
submit: Rule[Quote] = _shared_or_reached(Permission.QUOTE_SUBMIT)
"""Submitting and withdrawing, and telling what became of what went out."""
delete: Rule[Quote] = _entitled(Permission.QUOTE_DELETE)
restore = delete
purge: Rule[Quote] = _entitled(Permission.CUSTOMER_PURGE)
decide: Rule[Quote] = Rule(Permission.QUOTE_SUBMIT, when=lambda actor, _quote: actor.is_system)
"""What an approval has come to is told by the product itself."""


def can(actor: Actor, quote: Shareable) -> dict[str, bool]:
    """What the page may offer, if the quote's state lets it."""
    rules: dict[str, Rule[Any]] = {"update": update, "submit": submit, "delete": delete}
    return {word: rule.allows(actor, quote) for word, rule in rules.items()}


def sees_cost(reader: Actor) -> bool:
    """Whether somebody may know what things cost the company, and so what is earned with them."""
    return "cost" not in reader.hides("quote")


def sees_floor(reader: Actor) -> bool:
    """Whether somebody may know below which price something should not be sold; all know whether it is."""
    return "floor_price" not in reader.hides("product")
