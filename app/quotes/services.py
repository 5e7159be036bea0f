"""Making, changing and deleting quotes."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete as sql_delete

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.contacts import queries as contacts
from app.core import clock
from app.core.bulk import at_once, insert_many
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.events import publish
from app.core.ids import new_id
from app.core.search import Keys, keys_of
from app.customers import queries as customers
from app.customers.queries import Held
from app.events.quotes import QuoteWithdrawn
from app.events.records import RecordsGone
from app.fields import filling, rights, writing
from app.fields import index as field_index
from app.fields.filling import Wanted
from app.lists import index
from app.lists.models import QUOTE
from app.quotes import deadlines, drafts, policies, pricing, queries, trail
from app.quotes.arithmetic import Discount
from app.quotes.drafts import PLAIN, LineDraft, QuoteDraft
from app.quotes.models import Quote, QuoteCounter, QuoteInApproval, QuoteLine
from app.quotes.pricing import Priced, Terms
from app.quotes.states import OPEN, QuoteState
from app.quotes.trail import SUBJECT
from app.records.numbering import next_number
from tenants.context import require_tenant_id

_DECIDES_PRICES = {"lines", "discount", "currency", "with_tax", "customer_id"}
_RIGHTS = ("valid_until", "terms", "remark", "contact_id")
_BEGINNING = {"version": 1, "revision": 1, "state": QuoteState.DRAFT, "in_approval": False}
_COLUMNS = tuple(Quote.__table__.columns.keys())


class Saved(NamedTuple):
    """A quote that has been written, with its lines as rows; None where nobody has looked at them."""

    id: UUID
    lines: Sequence[Mapping[str, Any]] | None


class _Repriced(NamedTuple):
    """Lines worked out anew, whether any is other than it was, and what is told of that, if anything."""

    rows: Sequence[Mapping[str, Any]] | None
    changed: bool
    told: list[dict[str, Any]]


_AS_THEY_WERE = _Repriced(None, changed=False, told=[])


@permitted(Permission.QUOTE_CREATE)
def create(actor: Actor, draft: QuoteDraft) -> Saved:
    """A new quote to a customer that the actor sees, as a draft.

    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand({name: getattr(draft, name) for name in PLAIN})
    rights.demand(actor, SUBJECT, {name for name in _RIGHTS if getattr(draft, name) is not None})
    customer = _customer(actor, draft.customer_id)
    at, here = clock.now(), require_tenant_id()
    quote = Quote(
        tenant_id=here, id=new_id(), **_BEGINNING, **values, customer_id=customer.id,
        contact_id=_contact(actor, draft.contact_id, customer.id),
        owner_id=customer.owner_id, department_id=customer.department_id,
        created_by_id=None if actor.is_system else actor.id, created_at=at, updated_at=at,
        discount_rate=draft.discount.rate, discount_amount=draft.discount.amount,
    )  # fmt: skip
    priced = pricing.price(actor, draft.lines, _terms(actor, quote), {})
    _set_figures(quote, priced)
    quote.custom = filling.demand(actor, SUBJECT, Wanted(sent=draft.custom, facts=_facts(quote)))
    rows = pricing.rows(priced, tenant_id=here, quote_id=quote.id, ids=[new_id() for _ in priced.lines])
    told = [one for one in audit.differences({}, trail.shown(quote)) if one["after"] not in (None, "")]
    told = trail.named(told, {customer.id: customer.name}) + trail.of_lines([], rows, quote.currency)
    told += writing.told_of_new(actor, SUBJECT, quote.custom)
    # Last, because nobody else in the company gets a number until this one is written down.
    quote.number = next_number(QuoteCounter, "Q", at.astimezone(actor.zone).date())
    keys = _set_keys(quote)
    with at_once():
        insert_many(Quote, [{name: getattr(quote, name) for name in _COLUMNS}])
        insert_many(QuoteLine, rows)
        index.put(QUOTE, {quote.id: keys.grams}, fresh=True)
        writing.index_new(actor, SUBJECT, {quote.id: quote.custom})
        audit.record(actor, trail.entry(quote, "created", told))
    return Saved(quote.id, rows)


@guarded(policies.update)
def update(actor: Actor, quote: Quote, changes: Mapping[str, Any]) -> Saved:
    """Change a draft; lines are given whole. Whatever decides about prices has all worked out anew.

    :param changes: fields of `QuoteDraft`
    :raises QuoteNotDraft: for what was submitted
    :raises Invalid: naming every field that cannot be taken
    """
    quote.demand_draft()
    values = drafts.demand(changes)
    before, title = trail.shown(quote), quote.title
    with at_once(), db.session.no_autoflush:
        _fill_in(actor, quote, values)
        lines = (
            _reprice(actor, quote, values.get("lines")) if _DECIDES_PRICES & values.keys() else _AS_THEY_WERE
        )
        told = trail.named(audit.differences(before, trail.shown(quote))) + lines.told
        touched = {change["field"] for change in told}
        rights.demand(actor, SUBJECT, touched | ({"contact_id"} if "contact" in touched else set()))
        told += writing.rewrite(actor, SUBJECT, quote, values.get("custom"), _facts(quote))
        if told or lines.changed:
            keys = _set_keys(quote)
            quote.updated_at = clock.now()
            db.session.flush()
            if quote.title != title:
                index.put(QUOTE, {quote.id: keys.grams})
            audit.record(actor, trail.entry(quote, "updated", told))
    return Saved(quote.id, lines.rows)


def _fill_in(by: Actor, quote: Quote, values: Mapping[str, Any]) -> None:
    if values.get("customer_id", quote.customer_id) != quote.customer_id:
        customer = _customer(by, values["customer_id"])
        quote.customer_id = customer.id
        quote.owner_id, quote.department_id = customer.owner_id, customer.department_id
        quote.contact_id = _contact(by, values.get("contact_id"), customer.id)
    elif values.get("contact_id", quote.contact_id) != quote.contact_id:
        quote.contact_id = _contact(by, values["contact_id"], quote.customer_id)
    for name in values.keys() & set(PLAIN):
        setattr(quote, name, values[name])
    if "discount" in values:
        given: Discount = values["discount"]
        quote.discount_rate, quote.discount_amount = given.rate, given.amount


def _reprice(by: Actor, quote: Quote, wanted: Sequence[LineDraft] | None) -> _Repriced:
    """Work lines out anew and put them in place of those that are there."""
    there = queries.lines(quote)
    former = {line.id: line for line in there}
    drafted = pricing.drafted(there) if wanted is None else wanted
    priced = pricing.price(by, drafted, _terms(by, quote), former)
    _set_figures(quote, priced)
    ids = [line.id or new_id() for line in drafted]
    rows = pricing.rows(priced, tenant_id=require_tenant_id(), quote_id=quote.id, ids=ids)
    then = {line.id: dict(zip(line._fields, line, strict=True)) for line in there}
    changed = [row for row in rows if row != then.get(row["id"])]
    gone = then.keys() - set(ids)
    if gone:
        left = sql_delete(QuoteLine).where(QuoteLine.quote_id == quote.id, QuoteLine.id.in_(gone))
        db.session.execute(left.execution_options(synchronize_session=False))
    insert_many(QuoteLine, changed, replacing=("tenant_id", "id"))
    touched = [then[row["id"]] for row in changed if row["id"] in then] + [then[one] for one in gone]
    told = trail.of_lines(sorted(touched, key=lambda line: line["position"]), changed, quote.currency)
    return _Repriced(rows=rows, changed=bool(changed or gone), told=told)


def _terms(by: Actor, quote: Quote) -> Terms:
    return Terms(
        customer_id=quote.customer_id,
        currency=quote.currency,
        with_tax=quote.with_tax,
        discount=Discount(rate=quote.discount_rate, amount=quote.discount_amount),
        on=clock.now().astimezone(by.zone).date(),
    )


def _set_figures(quote: Quote, priced: Priced) -> None:
    figures = priced.figures
    names = ("list_amount", "line_discounts", "discount", "net", "tax", "gross", "cost", "margin",
             "margin_rate", "below_floor")  # fmt: skip
    for name in names:
        setattr(quote, name, getattr(figures, name))
    quote.off_list, quote.line_count = priced.off_list, len(priced.lines)


def _customer(by: Actor, customer_id: UUID) -> Held:
    """The customer that is quoted to, held until the end: it cannot be deleted or given away meanwhile."""
    try:
        customer = customers.held(by, customer_id)
    except NotFound:
        raise invalid("customer_id", "unknown-reference") from None
    if not policies.add.allows(by, customer):
        raise policies.add.refusal(by)
    return customer


def _contact(by: Actor, contact_id: UUID | None, customer_id: UUID) -> UUID | None:
    if contact_id is None:
        return None
    try:
        contact = contacts.get(by, contact_id)
    except NotFound:
        raise invalid("contact_id", "unknown-reference") from None
    if contact.customer_id != customer_id:
        raise invalid("contact_id", "not-of-this-customer")
    return contact.id


def _set_keys(quote: Quote) -> Keys:
    keys = keys_of(quote.title, also=quote.number)
    quote.search_text = keys.text
    return keys


def _facts(quote: Quote) -> dict[str, Any]:
    """Built-in fields as conditions and formulas read them; not what only some may see."""
    return {
        "title": quote.title,
        "gross": {"amount": quote.gross, "currency": quote.currency},
        "below_floor": quote.below_floor,
        "off_list": quote.off_list,
    }


@guarded(policies.delete)
def delete(actor: Actor, quote: Quote) -> None:
    """Put a quote into the recycle bin.

    :raises QuoteInApproval: while somebody is asked about it
    """
    if quote.state == QuoteState.SUBMITTED:
        raise QuoteInApproval
    quote.deleted_at, quote.deleted_by_id = clock.now(), None if actor.is_system else actor.id
    db.session.flush()
    audit.record(actor, trail.entry(quote, "deleted"))
    if quote.is_draft and quote.revision > 1:
        # It may have been sent back: those who were asked need wait for it no more.
        publish(QuoteWithdrawn(quote_id=quote.id, revision=quote.revision - 1, by_id=actor.id))


@guarded(policies.restore)
def restore(actor: Actor, quote: Quote) -> None:
    """Take a quote out of the recycle bin.

    :raises CustomerInRecycleBin: while its customer lies there
    """
    customers.demand_live(quote.customer_id)
    quote.deleted_at = quote.deleted_by_id = None
    quote.updated_at = clock.now()
    db.session.flush()
    if quote.state in OPEN:
        deadlines.note(quote, actor.zone)
    audit.record(actor, trail.entry(quote, "restored"))


@guarded(policies.purge)
def purge(actor: Actor, quote: Quote) -> None:
    """Remove a quote in the recycle bin for ever.

    :raises NotFound: when it lies there no more
    """
    if not quote.in_bin:
        raise NotFound
    audit.record(actor, trail.entry(quote, "purged"))
    publish(RecordsGone(record_type=SUBJECT, record_ids=(quote.id,)))
    index.drop(QUOTE, [quote.id])
    field_index.drop([quote.id])
    db.session.delete(quote)
    db.session.flush()
