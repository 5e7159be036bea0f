"""Drawing flows, trying them, and putting them in force."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.approvals import drawn, reading
from app.approvals.checking import Problem
from app.approvals.flow_models import ApprovalFlow, FlowVersion
from app.approvals.kinds import facts_of, kind_of
from app.approvals.people import Company
from app.approvals.references import problems_of
from app.approvals.states import FlowState, Openness
from app.approvals.trying import Trial, Way, tried
from app.audit import services as audit
from app.audit.services import Entry, changes_of
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, FieldProblem, Invalid, invalid
from app.core.ids import new_id

SUBJECT = "approval-flow"
EMPTY: Mapping[str, Any] = {"nodes": []}


class NothingDrawn(Conflict):
    """What is in force is what is drawn."""

    code = "nothing-to-publish"


class KindTaken(Conflict):
    """Another flow is in force for this kind of subject."""

    code = "kind-has-flow"


class FlowInUse(Conflict):
    """Approvals have gone through it: it can be retired, not deleted."""

    code = "flow-in-use"


@permitted(Permission.APPROVAL_FLOW_MANAGE)
def create(
    actor: Actor, *, kind: str, name: str, description: str = "", openness: Openness = Openness.CLOSED
) -> ApprovalFlow:
    """A new flow of a kind of subject, with nothing drawn yet."""
    kind_of(kind)
    at = clock.now()
    flow = ApprovalFlow(
        id=new_id(),
        kind=kind,
        name=name,
        description=description,
        openness=openness,
        state=FlowState.DRAFT,
        draft=dict(EMPTY),
        created_by_id=actor.id,
        created_at=at,
        updated_at=at,
    )
    db.session.add(flow)
    db.session.flush()
    audit.record(actor, _entry(flow, "created"))
    return flow


@permitted(Permission.APPROVAL_FLOW_MANAGE)
def update(actor: Actor, flow: ApprovalFlow, changes: Mapping[str, Any]) -> None:
    """Call a flow otherwise, or open it to more or fewer readers; approvals on their way stay as they are."""
    for name, value in changes.items():
        setattr(flow, name, value)
    _changed(actor, flow, "updated")


@permitted(Permission.APPROVAL_FLOW_MANAGE)
def draw(actor: Actor, flow: ApprovalFlow, definition: Mapping[str, Any]) -> list[Problem]:
    """Keep what is drawn, though it be unfinished; gives what is still wrong with it.

    :raises Invalid: if it is no definition at all
    """
    found = reading.read(definition)
    flow.draft = dict(definition)
    _changed(actor, flow, "drawn")
    return problems_of(flow.kind, found)


@permitted(Permission.APPROVAL_FLOW_MANAGE)
def publish(actor: Actor, flow: ApprovalFlow) -> FlowVersion:
    """Put what is drawn in force; what is on its way finishes with the version it began with.

    :raises NothingDrawn: if nothing is drawn that is not in force
    :raises KindTaken: if another flow of the same kind is in force
    :raises Invalid: with everything that is wrong with it
    """
    again = flow.draft is None and flow.state == FlowState.RETIRED and flow.published_version is not None
    if flow.draft is None and not again:
        raise NothingDrawn
    other = drawn.in_force(flow.kind)
    if other is not None and other.id != flow.id:
        raise KindTaken(name=other.name)
    sent = flow.draft if flow.draft is not None else drawn.last(flow).definition
    wrong = problems_of(flow.kind, reading.read(sent))
    if wrong:
        raise Invalid(*(FieldProblem(_place(one), one.code, one.facts) for one in wrong))
    version = FlowVersion(
        id=new_id(),
        flow_id=flow.id,
        number=(flow.published_version or 0) + 1,
        definition=sent,
        published_at=clock.now(),
        published_by_id=actor.id,
    )
    db.session.add(version)
    flow.draft, flow.state, flow.published_version = None, FlowState.PUBLISHED, version.number
    _changed(actor, flow, "published")
    return version


@permitted(Permission.APPROVAL_FLOW_MANAGE)
def retire(actor: Actor, flow: ApprovalFlow) -> None:
    """Let nothing new begin with a flow; what is on its way finishes."""
    if flow.state != FlowState.RETIRED:
        flow.state = FlowState.RETIRED
        _changed(actor, flow, "retired")


@permitted(Permission.APPROVAL_FLOW_MANAGE)
def delete(actor: Actor, flow: ApprovalFlow) -> None:
    """Delete a flow that was never in force.

    :raises FlowInUse: otherwise
    """
    if flow.published_version is not None:
        raise FlowInUse
    audit.record(actor, _entry(flow, "deleted"))
    db.session.delete(flow)
    db.session.flush()


@permitted(Permission.APPROVAL_FLOW_MANAGE)
def simulate(
    actor: Actor,
    flow: ApprovalFlow,
    *,
    submitter_id: UUID,
    subject_id: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Way:
    """The way something would take through what is drawn, or in force if nothing is.

    :param facts: those of a subject that there is not; they stand above a subject's own
    :raises Invalid: while there is anything wrong with the flow
    """
    definition = reading.read(flow.draft if flow.draft is not None else drawn.last(flow).definition)
    wrong = problems_of(flow.kind, definition)
    if wrong:
        raise Invalid(*(FieldProblem(_place(one), one.code, one.facts) for one in wrong))
    if submitter_id not in Company().of([submitter_id]):
        raise invalid("submitter_id", "unknown-reference")
    kind = kind_of(flow.kind)
    own = facts_of(kind.look(actor, subject_id)) if subject_id else {}
    return tried(
        Trial(definition=definition, kind=kind, submitter_id=submitter_id, facts={**own, **(facts or {})})
    )


def _place(problem: Problem) -> str:
    return f"nodes.{problem.node}.{problem.field}" if problem.node else problem.field


def _changed(actor: Actor, flow: ApprovalFlow, action: str) -> None:
    flow.updated_at = clock.now()
    told = [one for one in changes_of(flow) if one["field"] in {"name", "description", "openness", "state"}]
    db.session.flush()
    audit.record(actor, _entry(flow, action, told))


def _entry(flow: ApprovalFlow, action: str, changes: Any = ()) -> Entry:
    return Entry(
        action=action, subject_type=SUBJECT, subject_id=flow.id, subject_label=flow.name, changes=changes
    )
