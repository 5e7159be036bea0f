"""How a quote goes on: submitted, approved or given back, sent, accepted or declined, begun anew."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import guarded
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.events import Event, publish
from app.events.quotes import (
    QuoteApproved,
    QuoteDecided,
    QuoteRenewed,
    QuoteReturned,
    QuoteSubmitted,
    QuoteWithdrawn,
)
from app.quotes import deadlines, policies, trail, versions
from app.quotes.drafts import LONGEST_REASON
from app.quotes.models import Quote, QuoteNotOpen
from app.quotes.states import OPEN, Outcome, QuoteState, Returned

NOBODY_CHOSEN: Mapping[str, Sequence[UUID]] = MappingProxyType({})


class EmptyQuote(Conflict):
    """There is nothing in it that a customer could buy."""

    code = "empty-quote"


class QuoteOutOfDate(Conflict):
    """It would have expired before it went out."""

    code = "quote-out-of-date"


@guarded(policies.submit)
def submit(actor: Actor, quote: Quote, *, chosen: Mapping[str, Sequence[UUID]] = NOBODY_CHOSEN) -> None:
    """Freeze a draft and ask for approval; where nobody takes it up, it is approved at once.

    :param chosen: whom the submitter has chosen to decide, by where in the flow
    :raises QuoteNotDraft: for what was submitted already
    :raises EmptyQuote: without a line
    :raises QuoteOutOfDate: if it is not valid today
    """
    quote.demand_draft()
    if quote.line_count == 0:
        raise EmptyQuote
    at = clock.now()
    if quote.valid_until is not None and quote.valid_until < at.astimezone(actor.zone).date():
        raise QuoteOutOfDate
    quote.submit(actor.id, at=at)
    _write(actor, quote, "submitted")
    versions.freeze(quote)
    publish(
        QuoteSubmitted(
            quote_id=quote.id,
            revision=quote.revision,
            submitted_by_id=actor.id,
            owner_id=quote.owner_id,
            department_id=quote.department_id,
            customer_id=quote.customer_id,
            chosen=chosen,
        )
    )
    if quote.state == QuoteState.SUBMITTED and not quote.in_approval:
        _approve(actor, quote)


@guarded(policies.decide)
def take_up(actor: Actor, quote: Quote) -> None:
    """Say, while a submission is told of, that somebody is asked about it.

    It then waits for `grant`, `reject` or `send_back`.

    :raises QuoteNotSubmitted: if it is not submitted
    """
    quote.demand_submitted()
    quote.in_approval = True
    db.session.flush()


@guarded(policies.decide)
def grant(actor: Actor, quote: Quote) -> None:
    """Let a submitted quote go out.

    :raises QuoteNotSubmitted: if nobody asks
    """
    _approve(actor, quote)


@guarded(policies.decide)
def reject(actor: Actor, quote: Quote, *, note: str | None = None) -> None:
    """Refuse a submitted quote: it is a draft again, the next one.

    :raises QuoteNotSubmitted: if nobody asks
    """
    _give_back(actor, quote, Returned.REJECTED, note)


@guarded(policies.decide)
def send_back(actor: Actor, quote: Quote, *, note: str | None = None) -> None:
    """Have a submitted quote corrected: it is a draft again, the next one.

    :raises QuoteNotSubmitted: if nobody asks
    """
    _give_back(actor, quote, Returned.SENT_BACK, note)


@guarded(policies.submit)
def withdraw(actor: Actor, quote: Quote) -> None:
    """Take back a submission, to change what it says: it is a draft again, the next one.

    :raises QuoteNotSubmitted: if it was decided meanwhile
    """
    former = quote.revision
    quote.come_back(Returned.WITHDRAWN)
    versions.conclude(quote, former, Returned.WITHDRAWN)
    _write(actor, quote, "withdrawn")
    publish(QuoteWithdrawn(quote_id=quote.id, revision=former, by_id=actor.id))


@guarded(policies.submit)
def send(actor: Actor, quote: Quote) -> None:
    """Say that an approved quote has gone out to the customer.

    :raises QuoteNotApproved: if it may not, or has already
    """
    quote.be_sent(at=clock.now())
    _write(actor, quote, "sent")


@guarded(policies.submit)
def mail(actor: Actor, quote: Quote, *, to: Sequence[str], subject: str) -> None:
    """Note that a quote goes out by mail, perhaps once more; whoever calls writes the mail.

    :raises QuoteNotOpen: if there is nothing that a customer could answer
    """
    if quote.state not in OPEN:
        raise QuoteNotOpen(state=quote.state)
    first = quote.state == QuoteState.APPROVED
    if first:
        quote.be_sent(at=clock.now())
    told = [("recipients", None, ", ".join(to)), ("subject", None, subject)]
    _write(actor, quote, "sent" if first else "resent", told)


@guarded(policies.submit)
def decide(actor: Actor, quote: Quote, *, outcome: Outcome, reason: str | None = None) -> None:
    """Write down what the customer says, and why they decline.

    :raises QuoteNotOpen: if there is nothing to decide about
    """
    text = (reason or "").strip() or None
    if text and len(text) > LONGEST_REASON:
        raise invalid("reason", "too-long", max=LONGEST_REASON)
    quote.be_decided(outcome, at=clock.now(), reason=text)
    versions.conclude(quote, quote.revision, outcome, quote.decline_reason)
    _write(actor, quote, outcome.value, [("decline_reason", None, quote.decline_reason)])
    publish(_decided(quote))


@guarded(policies.decide)
def hear(actor: Actor, quote: Quote, *, outcome: Outcome, reason: str | None, speaker: str) -> None:
    """Take what the customer says themselves, by the name they give.

    :raises QuoteNotOpen: if there is nothing to decide about
    """
    quote.be_decided(outcome, at=clock.now(), reason=reason)
    versions.conclude(quote, quote.revision, outcome, reason)
    _write(actor, quote, outcome.value, [("said_by", None, speaker), ("note", None, reason)])
    publish(_decided(quote, said_by=speaker))


@guarded(policies.update)
def renew(actor: Actor, quote: Quote) -> None:
    """Begin the next version of a quote, as a draft that says what went before.

    :raises QuoteStillDraft: for what can be changed anyway
    :raises QuoteInApproval: while somebody is asked about it
    """
    former = quote.state
    quote.renew()
    _write(actor, quote, "renewed")
    publish(QuoteRenewed(quote_id=quote.id, state=former))


@guarded(policies.decide)
def expire(actor: Actor, quote: Quote) -> None:
    """Let a quote whose days are over hold no longer."""
    quote.expire()
    versions.conclude(quote, quote.revision, QuoteState.EXPIRED)
    _write(actor, quote, "expired")
    publish(_decided(quote))


def _approve(by: Actor, quote: Quote) -> None:
    quote.be_approved(at=clock.now())
    versions.conclude(quote, quote.revision, QuoteState.APPROVED)
    _write(by, quote, "approved")
    deadlines.note(quote, by.zone)
    publish(
        QuoteApproved(quote_id=quote.id, revision=quote.revision, owner_id=quote.owner_id, label=quote.label)
    )


def _give_back(by: Actor, quote: Quote, why: Returned, note: str | None) -> None:
    former, submitted_by_id = quote.revision, quote.submitted_by_id
    quote.come_back(why, note=note)
    versions.conclude(quote, former, why, note)
    _write(by, quote, why.value, [("note", None, note)])
    publish(
        QuoteReturned(
            quote_id=quote.id,
            revision=former,
            submitted_by_id=submitted_by_id,
            why=why,
            note=note,
            owner_id=quote.owner_id,
            label=quote.label,
        )
    )


def _decided(quote: Quote, *, said_by: str | None = None) -> Event:
    return QuoteDecided(
        quote_id=quote.id,
        revision=quote.revision,
        state=quote.state,
        owner_id=quote.owner_id,
        label=quote.label,
        said_by=said_by,
        note=quote.decline_reason,
    )


def _write(
    by: Actor, quote: Quote, action: str, changes: Sequence[tuple[str, str | None, str | None]] | None = None
) -> None:
    quote.updated_at = clock.now()
    db.session.flush()
    told = [
        {"field": name, "before": before, "after": after} for name, before, after in changes or () if after
    ]
    audit.record(by, trail.entry(quote, action, told))
