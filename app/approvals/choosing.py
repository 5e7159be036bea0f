"""Whom a submitter chooses to decide, within what the flow allows."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from app.access.models import Department, User, UserRole, UserState
from app.approvals.definitions import Asking, Definition, Who
from app.core.db import db
from app.core.errors import invalid

MOST_OFFERED = 200


def rule_of(definition: Definition, node_id: str) -> Who | None:
    """The rule by which the submitter chooses at a node, if they do."""
    place = definition.places.get(node_id)
    if place is None or not isinstance(place.node, Asking):
        return None
    return next((rule for rule in place.node.who if rule.by == "choice"), None)


def checked(definition: Definition, chosen: Mapping[str, Sequence[UUID]]) -> dict[str, list[str]]:
    """The choices as they are kept.

    :raises Invalid: naming the node whose choice the flow does not allow
    """
    kept = {}
    for node_id, user_ids in chosen.items():
        rule, at = rule_of(definition, node_id), f"chosen.{node_id}"
        if rule is None:
            raise invalid(at, "unknown-field")
        wanted = list(dict.fromkeys(user_ids))
        if len(wanted) > rule.most:
            raise invalid(at, "too-many", max=rule.most)
        allowed = set(db.session.scalars(select(User.id).where(User.id.in_(wanted), *_limits(rule))))
        if set(wanted) - allowed:
            raise invalid(at, "unknown-reference")
        kept[node_id] = [str(one) for one in wanted]
    return kept


def offered(rule: Who) -> list[dict[str, Any]] | None:
    """Whom a limited rule lets the submitter choose, by name; None for anybody, or for too many to list."""
    if not (rule.ids or rule.department_id or rule.role_id):
        return None
    rows = db.session.execute(
        select(User.id, User.name, Department.name)
        .outerjoin(
            Department, and_(Department.tenant_id == User.tenant_id, Department.id == User.department_id)
        )
        .where(*_limits(rule))
        .order_by(User.name_key, User.id)
        .limit(MOST_OFFERED + 1)
    ).all()
    if len(rows) > MOST_OFFERED:
        return None
    return [{"id": id_, "name": name, "department_name": department} for id_, name, department in rows]


def _limits(rule: Who) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = [User.state == UserState.ACTIVE]
    if rule.ids:
        limits.append(User.id.in_(rule.ids))
    if rule.department_id:
        limits.append(User.department_id == rule.department_id)
    if rule.role_id:
        holders = select(UserRole.user_id).where(UserRole.role_id == rule.role_id)
        limits.append(User.id.in_(holders))
    return limits
