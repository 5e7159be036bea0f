"""Published flows as they are walked: each version is read once, for it never changes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.models import UserRole
from app.approvals import reading
from app.approvals.definitions import Definition
from app.approvals.flow_models import ApprovalFlow, FlowVersion
from app.approvals.models import Approval
from app.approvals.people import Company
from app.approvals.states import FlowState
from app.core.db import db
from tenants.context import require_tenant_id

_KEPT = 2000
_definitions: dict[tuple[int, UUID, int], Definition] = {}


def definition(flow_id: UUID, number: int) -> Definition:
    """The definition of a published version."""
    key = (require_tenant_id(), flow_id, number)
    found = _definitions.get(key)
    if found is None:
        stored = select(FlowVersion.definition).where(
            FlowVersion.flow_id == flow_id, FlowVersion.number == number
        )
        found = reading.read(db.session.scalars(stored).one())
        if len(_definitions) >= _KEPT:
            _definitions.clear()
        _definitions[key] = found
    return found


def in_force(kind: str) -> ApprovalFlow | None:
    """The published flow of a kind of subject, if there is one."""
    published = select(ApprovalFlow).where(
        ApprovalFlow.kind == kind, ApprovalFlow.state == FlowState.PUBLISHED
    )
    return db.session.scalars(published).first()


def last(flow: ApprovalFlow) -> FlowVersion:
    """The latest published version of a flow that has one."""
    latest = (FlowVersion.flow_id == flow.id, FlowVersion.number == flow.published_version)
    return db.session.scalars(select(FlowVersion).where(*latest)).one()


def facts_of(approval: Approval, company: Company) -> Mapping[str, Any]:
    """What the conditions of a flow can ask of an approval."""
    return {**approval.facts, **facts_of_submitter(approval.submitter_id, company)}


def facts_of_submitter(user_id: UUID, company: Company) -> Mapping[str, Any]:
    """What the conditions of a flow can ask of whoever submits."""
    roles = db.session.scalars(select(UserRole.role_id).where(UserRole.user_id == user_id))
    return {
        "submitter": str(user_id),
        "submitter_department": [str(one) for one in company.departments_of(user_id)],
        "submitter_role": [str(one) for one in roles],
    }
