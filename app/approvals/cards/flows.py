"""Flows as shown to whoever draws them."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import User
from app.access.permissions import Permission
from app.access.rules import refuse
from app.approvals import choosing, drawn, kinds, reading
from app.approvals.checking import Problem
from app.approvals.definitions import Asking, Who
from app.approvals.flow_models import ApprovalFlow, FlowVersion
from app.approvals.kinds import Fact, SubjectKind, fields_of
from app.approvals.loaded import word_of
from app.approvals.references import problems_of
from app.approvals.states import FlowState
from app.approvals.trying import Met, Way
from app.core.db import db
from app.core.errors import NotFound
from app.core.messages import say
from app.core.origin import current_origin
from app.lists.instants import utc

Plain = dict[str, Any]


def get(actor: Actor, flow_id: UUID, *, to_change: bool = False) -> ApprovalFlow:
    """A flow, for those who draw them.

    :raises Forbidden: for anybody else
    :raises NotFound: if there is none such
    """
    _demand(actor)
    statement = select(ApprovalFlow).where(ApprovalFlow.id == flow_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    flow = db.session.scalars(statement).first()
    if flow is None:
        raise NotFound
    return flow


def _demand(actor: Actor) -> None:
    if not actor.may(Permission.APPROVAL_FLOW_MANAGE):
        raise refuse(actor, Permission.APPROVAL_FLOW_MANAGE)


def all_of(actor: Actor) -> Plain:
    """All flows, by name: {"items"}."""
    _demand(actor)
    found = db.session.scalars(select(ApprovalFlow).order_by(ApprovalFlow.name, ApprovalFlow.id))
    return {"items": [card(flow) for flow in found]}


def card(flow: ApprovalFlow) -> Plain:
    """A flow in a list."""
    return {
        "id": flow.id,
        "version": flow.version,
        "kind": flow.kind,
        "name": flow.name,
        "description": flow.description,
        "openness": flow.openness,
        "state": flow.state,
        "drawn": flow.draft is not None,
        "published_version": flow.published_version,
        "updated_at": utc(flow.updated_at),
    }


def whole(flow: ApprovalFlow) -> Plain:
    """A flow with what is drawn, or else in force, and what is wrong with it."""
    definition = flow.draft if flow.draft is not None else drawn.last(flow).definition
    wrong = problems_of(flow.kind, reading.read(definition))
    return {**card(flow), "definition": definition, "problems": [problem(one) for one in wrong]}


def problem(one: Problem) -> Plain:
    """A fault, in the reader's language."""
    text = say(one.code, current_origin().locale, **dict(one.facts))
    return {"node": one.node, "field": one.field, "code": one.code, "text": text}


def version(actor: Actor, version_id: UUID) -> FlowVersion:
    """A published version, for those who draw flows.

    :raises Forbidden: for anybody else
    :raises NotFound: if there is none such
    """
    _demand(actor)
    found = db.session.scalars(select(FlowVersion).where(FlowVersion.id == version_id)).first()
    if found is None:
        raise NotFound
    return found


def versions(flow: ApprovalFlow) -> Plain:
    """The published versions, the latest first: {"items"}."""
    of_it = select(FlowVersion).where(FlowVersion.flow_id == flow.id).order_by(FlowVersion.number.desc())
    found = db.session.scalars(of_it.limit(200)).all()
    called = _names(one.published_by_id for one in found)
    return {"items": [_version(one, called) for one in found]}


def version_whole(found: FlowVersion) -> Plain:
    """A published version with its definition."""
    called = _names([found.published_by_id])
    return {**_version(found, called), "definition": found.definition}


def _version(found: FlowVersion, called: dict[UUID, Plain]) -> Plain:
    by = called[found.published_by_id]
    return {
        "id": found.id,
        "number": found.number,
        "published_at": utc(found.published_at),
        "published_by": by,
    }


def _names(user_ids: Iterable[UUID]) -> dict[UUID, Plain]:
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(set(user_ids))))
    return {row.id: {"id": row.id, "name": row.name} for row in rows}


def way(found: Way) -> Plain:
    """The way something would take: {"path", "outcome"}."""
    wanted = [chair.user_id for met in found.met for chair in met.chairs]
    wanted += [chair.stands_for_id for met in found.met for chair in met.chairs if chair.stands_for_id]
    wanted += [user_id for met in found.met for user_id in met.told]
    called = {one.id: {"id": one.id, "name": one.name} for one in found.company.of(wanted).values()}
    return {"path": [_met(met, called) for met in found.met], "outcome": found.outcome}


def choices(found: Way) -> list[Plain]:
    """The nodes on a way whose people the submitter chooses: how many at most, and among whom if limited."""
    asking = [met.node for met in found.met if isinstance(met.node, Asking)]
    rules = [(node, rule) for node in asking for rule in node.who if rule.by == "choice"]
    return [
        {
            "node": node.id,
            "name": node.name,
            "most": rule.most,
            "among": _among(rule),
            "people": choosing.offered(rule),
        }
        for node, rule in rules
    ]


def _among(rule: Who) -> Plain | None:
    limits: Plain = {"user_ids": list(rule.ids), "role_id": rule.role_id, "department_id": rule.department_id}
    return limits if any(limits.values()) else None


def _met(met: Met, called: dict[UUID, Plain]) -> Plain:
    people: Sequence[Plain] = [
        {
            **called[chair.user_id],
            "stands_for": called.get(chair.stands_for_id) if chair.stands_for_id else None,
            "why": chair.why,
            "passed": chair.passed,
            "stopped": chair.stopped,
        }
        for chair in met.chairs
    ] or [
        {**called[user_id], "stands_for": None, "why": None, "passed": False, "stopped": False}
        for user_id in met.told
    ]
    return {
        "node": met.node.id,
        "type": word_of(met.node),
        "name": met.node.name,
        "arm": met.arm,
        "people": people,
        "why": met.why,
        "stopped": met.stopped,
    }


def all_kinds(actor: Actor) -> Plain:
    """Every kind of subject, with what flows can ask of it and the flow in force: {"items"}."""
    _demand(actor)
    published = db.session.scalars(select(ApprovalFlow).where(ApprovalFlow.state == FlowState.PUBLISHED))
    in_force = {flow.kind: {"id": flow.id, "name": flow.name} for flow in published}
    return {"items": [_kind(kind, in_force.get(kind.word)) for kind in kinds.all_kinds()]}


def _kind(kind: SubjectKind, flow: Plain | None) -> Plain:
    return {
        "word": kind.word,
        "name": kind.name,
        "fields": [
            {"name": one.name, "kind": one.kind, "choices": one.choices, **_told(kind, one.name)}
            for one in fields_of(kind).values()
        ],
        "shown": list(kind.shown),
        "editable": sorted(kind.editable),
        "flow": flow,
    }


_PLAIN = Fact()


def _told(kind: SubjectKind, name: str) -> Plain:
    fact = kind.facts.get(name, _PLAIN)
    return {
        "type": fact.type,
        "currency": fact.currency,
        "label": fact.label,
        "part": fact.part,
        "words": fact.words,
    }
