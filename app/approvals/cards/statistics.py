"""How long approvals take: by flow, and by whoever decides."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from app.access.actor import Actor
from app.approvals.cards.boxes import looking
from app.core.db import db
from app.lists import names, pages
from tenants import rls

MOST_DAYS, MOST_ROWS = 400, 200
_SECONDS = "extract(epoch FROM {} - {})::float8"
_MEDIAN = "percentile_cont(0.5) WITHIN GROUP (ORDER BY {seconds}) FILTER (WHERE {which})"
_DECIDED = "r.state IN ('granted', 'rejected')"
_TOOK = _SECONDS.format("r.ended_at", "r.submitted_at")
_SUBMITTED = "r.tenant_id = %(tenant)s AND r.submitted_at >= %(begin)s AND r.submitted_at < %(end)s"
_FLOWS = " ".join(
    (
        "SELECT f.id::text, f.name, r.kind, count(*), count(*) FILTER (WHERE r.state = 'granted'),",
        "count(*) FILTER (WHERE r.state = 'rejected'), count(*) FILTER (WHERE r.state = 'withdrawn'),",
        "count(*) FILTER (WHERE r.state IN ('running', 'returned')),",
        f"{_MEDIAN.format(seconds=_TOOK, which=_DECIDED)}, max({_TOOK}) FILTER (WHERE {_DECIDED})",
        "FROM approvals r JOIN approval_flows f ON f.tenant_id = r.tenant_id AND f.id = r.flow_id",
        f"WHERE {_SUBMITTED} AND ({{seen}})",
        "GROUP BY f.id, f.name, r.kind ORDER BY count(*) DESC, f.id LIMIT %(most)s",
    )
)
_SAID = "s.decided_at IS NOT NULL"
_HELD = _SECONDS.format("s.decided_at", "s.opened_at")
# What nobody has decided in person, or has passed on, tells nothing of how quick somebody is.
_PEOPLE = " ".join(
    (
        f"SELECT s.user_id::text, count(*) FILTER (WHERE {_SAID}),",
        "count(*) FILTER (WHERE s.state = 'approved'), count(*) FILTER (WHERE s.state = 'rejected'),",
        "count(*) FILTER (WHERE s.state = 'returned'),",
        "count(*) FILTER (WHERE s.state = 'open' AND r.state = 'running'),",
        f"{_MEDIAN.format(seconds=_HELD, which=_SAID)}, max({_HELD}) FILTER (WHERE {_SAID})",
        "FROM approvals r JOIN approval_seats s ON s.tenant_id = r.tenant_id AND s.approval_id = r.id",
        f"WHERE {_SUBMITTED} AND ({{seen}})",
        "AND s.state IN ('open', 'approved', 'rejected', 'returned')",
        "AND (s.why IS NULL OR s.why NOT IN ('again', 'own', 'timeout'))",
        "GROUP BY s.user_id ORDER BY count(*) DESC, s.user_id LIMIT %(most)s",
    )
)


def of(actor: Actor, first: date, days: int) -> dict[str, Any]:
    """How approvals went that were submitted on some days, as far as the actor may look, for orjson.

    :raises Forbidden: if they may not look at any
    """
    within, connection = looking(actor), rls.driver_of(db.session())
    begin = datetime.combine(first, time(), actor.zone)
    end = datetime.combine(first + timedelta(days=days), time(), actor.zone)
    asked = {"tenant": actor.tenant_id, "begin": begin, "end": end, "most": MOST_ROWS, **within.params}
    # The predicate is our own words, never a caller's.
    flows = pages.run(connection, _FLOWS.replace("{seen}", within.predicate), asked, by_value=True)
    people = pages.run(connection, _PEOPLE.replace("{seen}", within.predicate), asked, by_value=True)
    called = names.directory(connection, actor, {row[0] for row in people})
    return {
        "first": first,
        "days": days,
        "flows": [_flow(row) for row in flows],
        "people": [{"user": called.user(row[0]), **_person(row)} for row in people],
    }


_OF_FLOW = ("submitted", "granted", "rejected", "withdrawn", "open", "median_seconds", "longest_seconds")
_OF_PERSON = ("decided", "approved", "rejected", "returned", "waiting", "median_seconds", "longest_seconds")


def _flow(row: Sequence[Any]) -> Mapping[str, Any]:
    flow = {"id": row[0], "name": row[1]}
    return {"flow": flow, "kind": row[2], **dict(zip(_OF_FLOW, map(_whole, row[3:]), strict=True))}


def _person(row: Sequence[Any]) -> Mapping[str, Any]:
    return dict(zip(_OF_PERSON, map(_whole, row[1:]), strict=True))


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)
