"""What stands around an approval: the name of its flow, its history, and whom it was copied to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from app.approvals.models import Approval
from app.core.db import db
from app.lists import pages
from tenants import rls

_TEXT = """
SELECT f.name,
    (SELECT json_agg(json_build_array(
        l.id, l.at::text, l.action, l.by_id, l.stands_for_id, l.name, l.comment, l.facts) ORDER BY l.at, l.id)
    FROM approval_log l WHERE l.tenant_id = %(tenant)s AND l.approval_id = %(id)s),
    (SELECT json_agg(json_build_array(c.user_id, c.by_id) ORDER BY c.at, c.id)
    FROM approval_copies c WHERE c.tenant_id = %(tenant)s AND c.approval_id = %(id)s)
FROM approval_flows f WHERE f.tenant_id = %(tenant)s AND f.id = %(flow)s
"""


class Told(NamedTuple):
    """A line of an approval's history."""

    id: str
    at: str
    action: str
    by_id: UUID | None
    stands_for_id: UUID | None
    step: str | None
    comment: str | None
    facts: dict[str, Any]


class Copy(NamedTuple):
    """Somebody who was told of an approval, and by whom."""

    user_id: UUID
    by_id: UUID | None


@dataclass(frozen=True, slots=True)
class Around:
    """All of it, in the order in which it happened."""

    flow: str
    log: Sequence[Told]
    copies: Sequence[Copy]


def around(approval: Approval) -> Around:
    """What stands around an approval; whether anybody may read it is not asked. One statement."""
    params = {"tenant": approval.tenant_id, "id": approval.id, "flow": approval.flow_id}
    [[flow, log, copies]] = pages.run(rls.driver_of(db.session()), _TEXT, params)
    return Around(flow, [_told(*line) for line in log or ()], [_copy(*one) for one in copies or ()])


def _told(line_id: str, at: str, action: str, by: str | None, instead_of: str | None, *rest: Any) -> Told:
    return Told(line_id, at, action, _id(by), _id(instead_of), *rest)


def _copy(user_id: str, by: str | None) -> Copy:
    return Copy(UUID(user_id), _id(by))


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
