"""What other systems can be told. A new kind is a line here; it tells of a line of the trail."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.events.approvals import ApprovalMoved
from app.events.trail import Deed

VERSION = 1
PING = "ping"
"""What the test button sends."""
IMPORT_FINISHED = "import.finished"
_SAID = {"created": "created", "imported": "created", "updated": "updated", "deleted": "deleted",
         "restored": "restored", "purged": "purged"}  # fmt: skip
_DEEDS: Mapping[tuple[str, str], str] = {
    **{
        (subject, action): f"{subject}.{word}"
        for subject in (
            "customer",
            "contact",
            "activity",
            "quote",
            "asset",
            "service-record",
            "purchase",
            "expense-claim",
        )
        for action, word in _SAID.items()
    },
    ("customer", "transferred"): "customer.transferred",
    **{
        ("quote", action): f"quote.{action}"
        for action in ("submitted", "approved", "sent", "accepted", "declined", "expired")
    },
    **{
        ("expense-claim", action): f"expense-claim.{word}"
        for action, word in (
            ("submitted", "submitted"),
            ("withdrawn", "withdrawn"),
            ("approved", "approved"),
            ("rejected", "rejected"),
            ("sent_back", "sent-back"),
            ("paid", "paid"),
            ("payment-reversed", "payment-reversed"),
        )
    },
    **{("approval", action): "approval.begun" for action in ("submitted", "resubmitted")},
    **{
        ("approval", action): "approval.decided"
        for action in ("approved", "handled", "rejected", "sent-back")
    },
    ("task", "created"): "task.created",
    ("task", "updated"): "task.updated",
    ("task", "completed"): "task.completed",
    ("task", "reopened"): "task.reopened",
    ("task", "deleted"): "task.deleted",
}
_ENDS = ("granted", "rejected", "returned", "withdrawn")
KINDS = (*dict.fromkeys(_DEEDS.values()), *(f"approval.{end}" for end in _ENDS), IMPORT_FINISHED)


def of_deed(deed: Deed) -> str | None:
    """The kind of event that a line of the trail is, if it is one."""
    return _DEEDS.get((deed.subject_type, deed.action))


def told(deed: Deed) -> dict[str, Any]:
    """What is told of a line: which record, and the names of what changed; never a value."""
    return {
        "record": {"type": deed.subject_type, "id": str(deed.subject_id)},
        "about": _id(deed.about_id),
        "changed": sorted({name for name in deed.fields if name}),
    }


def end_of(event: ApprovalMoved) -> tuple[str, dict[str, Any]]:
    """The kind of event that the end of an approval, or its return, is, and what is told of it."""
    record = {"type": "approval", "id": str(event.approval_id)}
    return f"approval.{event.state}", {"record": record, "about": str(event.subject_id), "changed": []}


def _id(found: UUID | None) -> str | None:
    return str(found) if found else None
