"""Who may do what with a customer.

A collaborator reads and edits a customer as if it were their own; giving it away, sharing it further or
deleting it stays with those whom its owner and department entitle.
"""

from typing import Any

from app.access.actor import Actor, Shareable
from app.access.permissions import Permission
from app.access.rules import Rule
from app.customers.models import Customer


def _reaches_or_collaborates(permission: Permission) -> Rule[Any]:
    def opens(actor: Actor, customer: Shareable) -> bool:
        return customer.shared or actor.reaches(permission, customer)

    return Rule(permission, when=opens)


read = _reaches_or_collaborates(Permission.CUSTOMER_READ)
update = _reaches_or_collaborates(Permission.CUSTOMER_UPDATE)
share: Rule[Customer] = Rule(Permission.CUSTOMER_UPDATE)
delete: Rule[Customer] = Rule(Permission.CUSTOMER_DELETE)
merge: Rule[Customer] = Rule(Permission.CUSTOMER_MERGE)
restore: Rule[Customer] = Rule(Permission.CUSTOMER_DELETE)
transfer: Rule[Customer] = Rule(Permission.CUSTOMER_TRANSFER)
purge: Rule[Customer] = Rule(Permission.CUSTOMER_PURGE)

SHOWN: dict[str, Rule[Any]] = {
    "update": update,
    "delete": delete,
    "transfer": transfer,
    "share": share,
    "merge": merge,
}


def can(actor: Actor, customer: Shareable) -> dict[str, bool]:
    """What the page may offer."""
    return {word: rule.allows(actor, customer) for word, rule in SHOWN.items()}
