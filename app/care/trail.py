"""Care rules and plans as the trail tells of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.audit.services import Entry
from app.care.models import CareRule, CareRun

SUBJECT, RUN = "care-rule", "care-run"
_TOLD = ("name", "purpose", "state", "trigger", "audience", "steps", "stops")


def shown(rule: CareRule) -> dict[str, Any]:
    """What of a rule people are told when it changes."""
    return {name: getattr(rule, name) for name in _TOLD}


def entry(rule: CareRule, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about a rule."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=rule.id,
        subject_label=rule.name,
        changes=changes,
    )


def run_entry(run: CareRun, rule: CareRule, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about somebody's plan, which their timeline tells too."""
    return Entry(
        action=action,
        subject_type=RUN,
        subject_id=run.id,
        subject_label=rule.name,
        changes=changes,
        about_id=run.customer_id or run.contact_id,
        also_about_id=run.contact_id if run.customer_id else None,
    )
