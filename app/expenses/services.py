"""Making, changing and deleting expense claims."""

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
from app.events.expenses import ExpenseClaimWithdrawn
from app.events.records import RecordsGone
from app.expense_kinds import queries as expense_kinds
from app.expense_requests.trail import of_lines
from app.expenses import drafts, lines, policies, queries, requests, trail
from app.expenses.drafts import PLAIN, ClaimDraft
from app.expenses.lines import Resolved
from app.expenses.models import ExpenseClaim, ExpenseCounter, ExpenseLine, ExpenseReceipt
from app.expenses.receipts import FIELD
from app.expenses.trail import SUBJECT
from app.files import uploads
from app.lists import index
from app.lists.models import EXPENSE_CLAIM
from app.records.numbering import next_number
from tenants.context import require_tenant_id


@permitted(Permission.EXPENSE_CREATE)
def create(actor: Actor, draft: ClaimDraft) -> UUID:
    """A new claim of the actor's own, as a draft.

    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand({name: getattr(draft, name) for name in PLAIN})
    requests.find(actor, draft.request_id, draft.currency)
    at = clock.now()
    claim = ExpenseClaim(
        tenant_id=require_tenant_id(), id=new_id(), **values, owner_id=actor.id,
        department_id=actor.department_id, created_at=at, updated_at=at,
    )  # fmt: skip
    resolved = lines.resolve(actor, claim, draft.lines, {})
    claim.number = next_number(ExpenseCounter, "BX", at.astimezone(actor.zone).date())
    keys = _set_keys(claim)
    _set_figures(claim, resolved)
    db.session.add(claim)
    db.session.flush()
    _write(claim, resolved)
    uploads.lay(actor, (SUBJECT, claim.id), FIELD, list(map(str, resolved.files)))
    index.put(EXPENSE_CLAIM, {claim.id: keys.grams}, fresh=True)
    told = [one for one in audit.differences({}, trail.shown(claim)) if one["after"] not in (None, "")]
    told += requests.told(None, claim.request_id)
    audit.record(actor, trail.entry(claim, "created", told + of_lines([], resolved.told)))
    return claim.id


@guarded(policies.write)
def update(actor: Actor, claim: ExpenseClaim, changes: Mapping[str, Any]) -> None:
    """Change a draft, or what was rejected, which is a draft again; lines are given whole.

    :param changes: fields of `ClaimDraft`
    :raises ClaimNotDraft: for what was submitted
    :raises Invalid: naming every field that cannot be taken
    """
    claim.demand_changeable()
    values = drafts.demand(changes)
    before, title, currency, drew_on = trail.shown(claim), claim.title, claim.currency, claim.request_id
    if values.get("currency", currency) != currency and claim.line_count and "lines" not in values:
        raise invalid("lines", "required")
    _demand_request(actor, claim, values)
    with db.session.no_autoflush:
        for name in values.keys() & set(PLAIN):
            setattr(claim, name, values[name])
        told = _rewrite(actor, claim, values, currency) if "lines" in values else []
    told = audit.differences(before, trail.shown(claim)) + requests.told(drew_on, claim.request_id) + told
    if not told:
        return
    claim.begin_anew()
    keys = _set_keys(claim)
    claim.updated_at = clock.now()
    db.session.flush()
    if claim.title != title:
        index.put(EXPENSE_CLAIM, {claim.id: keys.grams})
    audit.record(actor, trail.entry(claim, "updated", told))


def _demand_request(by: Actor, claim: ExpenseClaim, values: Mapping[str, Any]) -> None:
    """Refuse a request that cannot be drawn on; what was named already may have been closed since."""
    wanted = tuple(values.get(name, getattr(claim, name)) for name in ("request_id", "currency"))
    if wanted != (claim.request_id, claim.currency):
        requests.find(by, *wanted)


def _rewrite(
    by: Actor, claim: ExpenseClaim, values: Mapping[str, Any], currency: str
) -> list[dict[str, Any]]:
    """Put lines in place of those that are there; gives what is told of them.

    :param currency: of the lines that are there
    """
    former, there = queries.lines(claim), queries.receipts(claim)
    resolved = lines.resolve(by, claim, values["lines"], {line.id: line for line in former})
    gone = [str(one.file_id) for one in there if one.file_id not in resolved.files]
    known = {one.file_id for one in there}
    fresh = [str(one) for one in resolved.files if one not in known]
    names = expense_kinds.these({line.kind_id for line in former})
    counts = [sum(one.line_id == line.id for one in there) for line in former]
    was = [
        trail.told(dict(line._mapping), names[line.kind_id].name, currency, count)  # noqa: SLF001
        for line, count in zip(former, counts, strict=True)
    ]
    if was == resolved.told and not gone and not fresh and not _differ(former, there, resolved):
        return []
    _set_figures(claim, resolved)
    replaced = sql_delete(ExpenseLine).where(ExpenseLine.claim_id == claim.id)
    db.session.execute(replaced.execution_options(synchronize_session=False))
    _write(claim, resolved)
    uploads.take_out(by, (SUBJECT, claim.id), FIELD, gone)
    uploads.lay(by, (SUBJECT, claim.id), FIELD, fresh)
    # What is told in so many words may be the same where only a customer or a number is another.
    return of_lines(was, resolved.told) or [{"field": "lines", "before": was, "after": resolved.told}]


def _differ(former: Any, there: Any, resolved: Resolved) -> bool:
    marks = ("file_id", "line_id", "invoice_code", "invoice_number")
    then = {tuple(getattr(one, name) for name in marks) for one in there}
    now = {tuple(one[name] for name in marks) for one in resolved.receipts}
    return [dict(line._mapping) for line in former] != resolved.rows or then != now  # noqa: SLF001


def _write(claim: ExpenseClaim, resolved: Resolved) -> None:
    insert_many(ExpenseLine, resolved.rows)
    insert_many(ExpenseReceipt, resolved.receipts)


def _set_figures(claim: ExpenseClaim, resolved: Resolved) -> None:
    claim.amount, claim.tax = resolved.total, resolved.tax
    claim.line_count, claim.receipt_count = len(resolved.rows), len(resolved.receipts)


def _set_keys(claim: ExpenseClaim) -> Keys:
    keys = keys_of(claim.title, also=claim.number)
    claim.search_text = keys.text
    return keys


@guarded(policies.write)
def delete(actor: Actor, claim: ExpenseClaim) -> None:
    """Put a claim into the recycle bin.

    :raises ClaimNotDraft: for what was submitted, and not rejected
    """
    claim.demand_changeable()
    claim.deleted_at, claim.deleted_by_id = clock.now(), None if actor.is_system else actor.id
    db.session.flush()
    audit.record(actor, trail.entry(claim, "deleted"))
    # What was sent back is still with its submitter for those who were asked, changed since or not.
    publish(ExpenseClaimWithdrawn(claim_id=claim.id, by_id=actor.id))


@guarded(policies.write)
def restore(actor: Actor, claim: ExpenseClaim) -> None:
    """Take a claim out of the recycle bin."""
    claim.deleted_at = claim.deleted_by_id = None
    claim.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(claim, "restored"))


@guarded(policies.purge)
def purge(actor: Actor, claim: ExpenseClaim) -> None:
    """Remove a claim in the recycle bin for ever.

    :raises NotFound: when it lies there no more
    """
    if not claim.in_bin:
        raise NotFound
    audit.record(actor, trail.entry(claim, "purged"))
    # The files go with the record, and no receipt may stand on them then.
    gone = sql_delete(ExpenseReceipt).where(ExpenseReceipt.claim_id == claim.id)
    db.session.execute(gone.execution_options(synchronize_session=False))
    publish(RecordsGone(record_type=SUBJECT, record_ids=(claim.id,)))
    index.drop(EXPENSE_CLAIM, [claim.id])
    db.session.delete(claim)
    db.session.flush()
