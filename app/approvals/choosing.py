"""Whom a submitter chooses to decide, within what the flow allows."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.access.models import User, UserRole, UserState
from app.approvals.definitions import Asking, Definition, Who
from app.core.db import db
from app.core.errors import invalid


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
