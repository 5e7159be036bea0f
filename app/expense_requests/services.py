"""Making, changing and deleting expense requests."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete as sql_delete

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.events import publish
from app.core.ids import new_id
from app.core.search import Keys, keys_of
from app.events.expenses import ExpenseRequestWithdrawn
from app.events.records import RecordsGone
from app.expense_requests import drafts, lines, policies, queries, trail
from app.expense_requests.drafts import PLAIN, WHOM, RequestDraft
from app.expense_requests.lines import Resolved
from app.expense_requests.models import ExpenseRequest, ExpenseRequestCounter, ExpenseRequestLine
from app.expense_requests.trail import SUBJECT
from app.lists import index
from app.lists.models import EXPENSE_REQUEST
from app.records.numbering import next_number
from tenants.context import require_tenant_id


@permitted(Permission.EXPENSE_CREATE)
def create(actor: Actor, draft: RequestDraft) -> UUID:
    """A new request of the actor's own, as a draft.

    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand({name: getattr(draft, name) for name in PLAIN})
    drafts.demand_order(draft.starts_on, draft.ends_on)
    values |= lines.whom(actor, {name: getattr(draft, name) for name in WHOM}, None)
    at = clock.now()
    request = ExpenseRequest(
        tenant_id=require_tenant_id(), id=new_id(), **values, owner_id=actor.id,
        department_id=actor.department_id, created_at=at, updated_at=at,
    )  # fmt: skip
    resolved = lines.resolve(request, draft.lines, ())
    request.number = next_number(ExpenseRequestCounter, "SQ", at.astimezone(actor.zone).date())
    keys = _set_keys(request)
    _set_figures(request, resolved)
    db.session.add(request)
    db.session.flush()
    insert_many(ExpenseRequestLine, resolved.rows)
    index.put(EXPENSE_REQUEST, {request.id: keys.grams}, fresh=True)
    told = [one for one in audit.differences({}, trail.shown(request)) if one["after"] not in (None, "")]
    audit.record(actor, trail.entry(request, "created", told + trail.of_lines([], resolved.told)))
    return request.id


@guarded(policies.write)
def update(actor: Actor, request: ExpenseRequest, changes: Mapping[str, Any]) -> None:
    """Change a draft, or what was rejected, which is a draft again; lines are given whole.

    :param changes: fields of `RequestDraft`
    :raises RequestNotDraft: for what was submitted
    :raises Invalid: naming every field that cannot be taken
    """
    request.demand_changeable()
    values = drafts.demand(changes)
    drafts.demand_order(*(values.get(name, getattr(request, name)) for name in ("starts_on", "ends_on")))
    other_currency = values.get("currency", request.currency) != request.currency
    if other_currency and request.line_count and "lines" not in values:
        raise invalid("lines", "required")
    values |= lines.whom(actor, values, request)
    title, told = request.title, _set(request, values)
    if not told:
        return
    request.begin_anew()
    keys = _set_keys(request)
    request.updated_at = clock.now()
    db.session.flush()
    if request.title != title:
        index.put(EXPENSE_REQUEST, {request.id: keys.grams})
    audit.record(actor, trail.entry(request, "updated", told))


def _set(request: ExpenseRequest, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Let a request say something else; gives what is told of it."""
    before, then = trail.shown(request), {name: getattr(request, name) for name in WHOM}
    there = queries.lines(request)
    was = lines.told_of(request, there)
    with db.session.no_autoflush:
        for name in values.keys() & {*PLAIN, *WHOM}:
            setattr(request, name, values[name])
        told = _rewrite(request, values["lines"], there, was) if "lines" in values else []
    told += [trail.of_whom(name, then[name], values[name]) for name in WHOM if values[name] != then[name]]
    return audit.differences(before, trail.shown(request)) + told


def _rewrite(request: ExpenseRequest, wanted: Any, there: Any, was: list[str]) -> list[dict[str, Any]]:
    """Put lines in place of those that are there; gives what is told of them."""
    resolved = lines.resolve(request, wanted, there)
    if was == resolved.told:
        return []
    _set_figures(request, resolved)
    replaced = sql_delete(ExpenseRequestLine).where(ExpenseRequestLine.request_id == request.id)
    db.session.execute(replaced.execution_options(synchronize_session=False))
    insert_many(ExpenseRequestLine, resolved.rows)
    return trail.of_lines(was, resolved.told)


def _set_figures(request: ExpenseRequest, resolved: Resolved) -> None:
    request.amount, request.line_count = resolved.total, len(resolved.rows)


def _set_keys(request: ExpenseRequest) -> Keys:
    keys = keys_of(request.title, also=request.number)
    request.search_text = keys.text
    return keys


@guarded(policies.write)
def delete(actor: Actor, request: ExpenseRequest) -> None:
    """Put a request into the recycle bin.

    :raises RequestNotDraft: for what was submitted, and not rejected
    """
    request.demand_changeable()
    request.deleted_at, request.deleted_by_id = clock.now(), None if actor.is_system else actor.id
    db.session.flush()
    audit.record(actor, trail.entry(request, "deleted"))
    # What was sent back is still with its submitter for those who were asked, changed since or not.
    publish(ExpenseRequestWithdrawn(request_id=request.id, by_id=actor.id))


@guarded(policies.write)
def restore(actor: Actor, request: ExpenseRequest) -> None:
    """Take a request out of the recycle bin."""
    request.deleted_at = request.deleted_by_id = None
    request.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(request, "restored"))


@guarded(policies.purge)
def purge(actor: Actor, request: ExpenseRequest) -> None:
    """Remove a request in the recycle bin for ever.

    :raises NotFound: when it lies there no more
    """
    if not request.in_bin:
        raise NotFound
    audit.record(actor, trail.entry(request, "purged"))
    publish(RecordsGone(record_type=SUBJECT, record_ids=(request.id,)))
    index.drop(EXPENSE_REQUEST, [request.id])
    db.session.delete(request)
    db.session.flush()
