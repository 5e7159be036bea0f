"""Who may do what with a file: whoever reads its record reads it, and may add to it.

Taking one off stays with whoever brought it and those who may change the record.
"""

from dataclasses import dataclass

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule
from app.files.models import Attachment
from app.records.kinds import Record


@dataclass(frozen=True, slots=True)
class Hung:
    """A file and its record, which the actor sees."""

    attachment: Attachment
    record: Record


def _own_or_changeable(actor: Actor, hung: Hung) -> bool:
    # What lies in a field is changed with the field.
    own = hung.attachment.uploaded_by_id == actor.id
    return hung.attachment.field is None and may_remove(actor, hung.record, own)


def may_remove(actor: Actor, record: Record, own: bool) -> bool:  # noqa: FBT001
    """Whether an actor may take a file off a record."""
    changeable = record.kind.update.allows(actor, record.row)
    return actor.may(Permission.ATTACHMENT_CREATE) and (own or changeable)


add: Rule[Record] = Rule(
    Permission.ATTACHMENT_CREATE, when=lambda actor, record: record.kind.read.allows(actor, record.row)
)
change: Rule[Hung] = Rule(Permission.ATTACHMENT_CREATE, when=_own_or_changeable)
