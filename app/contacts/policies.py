"""Who may do what with a contact.

A contact is never seen farther than customers are: reading one takes the right to read customers and the
right to read contacts, each as far as it reaches. Collaborators of its customer read and edit it; taking it
away from that customer, or deleting it, stays with those whom its owner and department entitle.
"""

from typing import Any

from app.access.actor import Actor, Shareable
from app.access.permissions import Permission
from app.access.rules import Rule
from app.contacts.models import Contact, Relationship
from app.customers.models import Customer

READING = (Permission.CUSTOMER_READ, Permission.CONTACT_READ)
DELETING = (*READING, Permission.CONTACT_DELETE)


def _readable(actor: Actor, held: Shareable) -> bool:
    return all(actor.may(permission) for permission in READING) and (
        held.shared or all(actor.reaches(permission, held) for permission in READING)
    )


def _editable(actor: Actor, held: Shareable) -> bool:
    return _readable(actor, held) and (held.shared or actor.reaches(Permission.CONTACT_UPDATE, held))


def _entitled(permission: Permission) -> Rule[Contact]:
    def opens(actor: Actor, contact: Contact) -> bool:
        return _readable(actor, contact) and actor.reaches(permission, contact)

    return Rule(permission, when=opens)


def _either_editable(actor: Actor, relationship: Relationship) -> bool:
    return any(_editable(actor, side) for side in (relationship.contact, relationship.other))


read: Rule[Contact] = Rule(Permission.CONTACT_READ, when=_readable)
add: Rule[Customer] = Rule(Permission.CONTACT_CREATE, when=_readable)
"""Adding to a customer: wherever one could read what one has added."""
update: Rule[Contact] = Rule(Permission.CONTACT_UPDATE, when=_editable)
move = _entitled(Permission.CONTACT_UPDATE)
delete = _entitled(Permission.CONTACT_DELETE)
merge = _entitled(Permission.CONTACT_MERGE)
restore = _entitled(Permission.CONTACT_DELETE)
purge = _entitled(Permission.CUSTOMER_PURGE)
link = update
unlink: Rule[Relationship] = Rule(Permission.CONTACT_UPDATE, when=_either_editable)

SHOWN: dict[str, Rule[Any]] = {"update": update, "delete": delete, "move": move, "merge": merge}


def can(actor: Actor, contact: Shareable) -> dict[str, bool]:
    """What the page may offer."""
    return {word: rule.allows(actor, contact) for word, rule in SHOWN.items()}
