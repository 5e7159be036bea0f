"""Addresses that nothing is sent to: put on the list by hand or by what came back; lifted for a reason."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule, guarded, permitted, unlocked
from app.audit import services as audit
from app.audit.services import Entry
from app.consents import addresses
from app.consents.models import Suppression
from app.consents.states import Reason, Way
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, FieldProblem, Invalid
from app.core.ids import new_id
from tenants.context import require_tenant_id

SUBJECT = "suppression"
MOST_AT_ONCE, LONGEST_NOTE = 500, 200
manage: Rule[Suppression] = Rule(Permission.MESSAGE_MANAGE, when=lambda _actor, _one: True)


class AlreadyLifted(Conflict):
    """It is off the list."""

    code = "suppression-lifted"


@permitted(Permission.MESSAGE_MANAGE)
def add(actor: Actor, way: Way, typed: Sequence[str], *, note: str | None) -> int:
    """Send nothing to these addresses any more; returns how many were not on the list.

    :raises Invalid: naming each that is no address; then none is added
    """
    wanted: dict[str, None] = {}
    problems: list[FieldProblem] = []
    for place, one in enumerate(typed):
        try:
            wanted[addresses.compared(way, one, field=f"addresses.{place}")] = None
        except Invalid as wrong:
            problems.extend(wrong.problems)
    if problems:
        raise Invalid(*problems)
    return len(put(actor, way, list(wanted), reason=Reason.BY_HAND, note=note))


@unlocked("called by services and flows, which are locked")
def put(by: Actor, way: Way, wanted: Sequence[str], *, reason: Reason, note: str | None = None) -> list[UUID]:
    """Put addresses, as they are compared, on the list; returns the ids of those that were not on it."""
    known = listed(way, wanted)
    if not set(wanted) - known:
        return []
    at, tenant_id = clock.now(), require_tenant_id()
    rows = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "way": way,
            "address": address,
            "reason": reason,
            "note": note,
            "added_at": at,
            "added_by_id": None if by.is_system else by.id,
        }
        for address in wanted
        if address not in known
    ]
    added = db.session.execute(
        insert(Suppression)
        .values(rows)
        .on_conflict_do_nothing(
            index_elements=[Suppression.tenant_id, Suppression.way, Suppression.address],
            index_where=Suppression.lifted_at.is_(None),
        )
        .returning(Suppression.id, Suppression.address)
    ).all()
    told = [{"field": "reason", "before": None, "after": reason}]
    audit.record_many(by, [_entry(one.id, one.address, "created", told) for one in added])
    return [one.id for one in added]


def listed(way: Way, asked: Collection[str]) -> set[str]:
    """Those of these addresses that nothing is sent to, in the spelling in which they came."""
    spelled: dict[str, set[str]] = {}
    for one in asked:
        spelled.setdefault(one.lower(), set()).add(one)
    found = select(Suppression.address).where(
        Suppression.way == way, Suppression.address.in_(spelled), Suppression.lifted_at.is_(None)
    )
    return {one for address in db.session.scalars(found) for one in spelled[address]}


@guarded(manage)
def lift(actor: Actor, suppression: Suppression, *, because: str) -> None:
    """Let an address be written to again; what people have refused themselves stays refused.

    :raises AlreadyLifted: if it is off the list
    """
    if suppression.lifted_at is not None:
        raise AlreadyLifted
    suppression.lifted_at, suppression.lifted_by_id = clock.now(), actor.id
    suppression.lifted_because = because
    db.session.flush()
    told = [{"field": "lifted_because", "before": None, "after": because}]
    audit.record(actor, _entry(suppression.id, suppression.address, "lifted", told))


def _entry(suppression_id: UUID, address: str, action: str, changes: Sequence[Mapping[str, object]]) -> Entry:
    return Entry(
        action=action, subject_type=SUBJECT, subject_id=suppression_id, subject_label=address, changes=changes
    )
