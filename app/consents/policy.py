"""Saying when a company writes to people outside, and how often at most."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.queries.standing import tenant_of
from app.access.rules import permitted
from app.access.services.tenant import SUBJECT_ID
from app.audit import services as audit
from app.audit.services import Entry
from app.consents.calm import Calm
from app.consents.models import CalmPolicy, current_policy
from app.consents.states import Purpose
from app.core.db import db
from app.core.errors import invalid

SUBJECT = "calm-policy"


def rules_of(policy: CalmPolicy) -> list[dict[str, Any]]:
    """What holds for each purpose."""
    return [{"purpose": purpose, **policy.calm(purpose).told()} for purpose in Purpose]


@permitted(Permission.MESSAGE_MANAGE)
def change(actor: Actor, rules: Sequence[Mapping[str, Any]]) -> CalmPolicy:
    """Write at other hours, more often or less; what waits already waits by the new rules.

    :param rules: those of some purposes, or all, each whole
    :raises Invalid: naming what contradicts itself
    """
    policy = current_policy()
    wanted: dict[str, Any] = {}
    told = []
    for place, rule in enumerate(rules):
        purpose = Purpose(rule["purpose"])
        calm = _read(rule, place)
        before = policy.calm(purpose).told()
        wanted[purpose] = calm.told()
        told += [
            {**one, "field": f"{purpose}_{one['field']}"} for one in audit.differences(before, calm.told())
        ]
    if not told:
        return policy
    policy.rules = {**policy.rules, **wanted}
    policy.version += 1
    db.session.add(policy)
    db.session.flush()
    audit.record(
        actor,
        Entry(
            action="updated",
            subject_type=SUBJECT,
            subject_id=SUBJECT_ID,
            subject_label=tenant_of(actor).name,
            changes=told,
        ),
    )
    return policy


def _read(rule: Mapping[str, Any], place: int) -> Calm:
    told = {name: value for name, value in rule.items() if name != "purpose"}
    calm = Calm(**{**told, "weekdays": tuple(sorted(set(told["weekdays"])))})
    if calm.ends <= calm.begins:
        raise invalid(f"rules.{place}.ends", "too-early-in-day")
    caps = [(name, getattr(calm, name)) for name in ("per_day", "per_week", "per_month")]
    said = [(name, most) for name, most in caps if most is not None]
    for (_, fewer), (name, more) in pairwise(said):
        if more < fewer:
            raise invalid(f"rules.{place}.{name}", "fewer-in-longer-time")
    return calm
