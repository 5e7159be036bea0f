"""Telling the trail about users, roles, departments and invitations."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.access import logins
from app.access.actor import Actor
from app.access.api_tokens import ApiToken
from app.access.models import Department, Invitation, Role, User
from app.audit import services as audit
from app.audit.services import Doer, Entry

Subject = User | Actor | ApiToken | Role | Department | Invitation

_TYPES: dict[type[Any], str] = {
    Actor: "user",
    ApiToken: "api-token",
    Department: "department",
    Invitation: "invitation",
    Role: "role",
    User: "user",
}


def tell(doer: Doer, action: str, subject: Subject, changes: Sequence[Mapping[str, Any]] = ()) -> None:
    """Add one line about a subject to the trail."""
    audit.record(doer, line(action, subject, changes))


def line(action: str, subject: Subject, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about a subject, not written yet."""
    return Entry(
        action=action,
        subject_type=_TYPES[type(subject)],
        subject_id=subject.id,
        subject_label=_label(subject),
        changes=changes,
    )


def changed(field: str, before: Any, after: Any) -> dict[str, Any]:
    """One change as the trail keeps it: what people read, not ids."""
    return {"field": field, "before": before, "after": after}


def _label(subject: Subject) -> str:
    if isinstance(subject, Invitation):
        return subject.name or logins.shown(subject.login)
    return subject.name
