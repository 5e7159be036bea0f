"""Letting a quote go out, as something to be granted: all that the engine of approvals is told of quotes."""

from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.approvals import following
from app.approvals.kinds import Fact, Subject, SubjectKind, Turn, register
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.customers import queries as customers
from app.quotes import progress, queries
from app.quotes.models import Quote
from app.quotes.trail import SUBJECT
from tenants.context import require_tenant_id

KIND = "quote"
_PLAIN = ("number", "title", "currency", "gross", "margin_rate", "off_list")


def _subject(quote: Quote) -> Subject:
    customer = customers.get(Actor.system(require_tenant_id()), quote.customer_id)
    facts: dict[str, Any] = {
        **{name: getattr(quote, name) for name in _PLAIN},
        "total": {"amount": quote.gross, "currency": quote.currency},
        "margin": None if quote.margin is None else {"amount": quote.margin, "currency": quote.currency},
        "below_floor": quote.below_floor,
        "customer": customer.name,
        "customer_tier": customer.tier,
        "valid_until": quote.valid_until.isoformat() if quote.valid_until else None,
        "revision": quote.revision,
        "line_count": quote.line_count,
        "terms": quote.terms,
    }
    shared_with = tuple(customers.collaborator_ids(quote.customer_id))
    title = f"{quote.label} · {customer.name}"
    return Subject(
        id=quote.id, title=title, facts=facts, owner_id=quote.owner_id, collaborator_ids=shared_with
    )


def _submit(actor: Actor, quote_id: UUID) -> Subject:
    """What was submitted a moment ago, and is told of now."""
    quote = queries.get(actor, quote_id, to_change=True)
    quote.demand_submitted()
    return _subject(quote)


def _look(actor: Actor, quote_id: UUID) -> Subject:
    return _subject(queries.get(actor, quote_id))


_TURNS = {
    Turn.BEGUN: progress.take_up,
    Turn.RESUMED: progress.take_up,
    Turn.GRANTED: progress.grant,
    Turn.REJECTED: progress.reject,
    Turn.RETURNED: progress.send_back,
    Turn.WITHDRAWN: progress.withdraw,
}

register(
    SubjectKind(
        word=KIND,
        fields=declare(
            Field("gross", Kind.WHOLE, ""),
            Field("currency", Kind.TEXT, ""),
            Field("off_list", Kind.WHOLE, ""),
            Field("margin_rate", Kind.WHOLE, ""),
            Field("below_floor", Kind.YES, ""),
            Field("customer_tier", Kind.TEXT, ""),
            Field("line_count", Kind.WHOLE, ""),
        ),
        facts={
            "gross": Fact(type="money"),
            "off_list": Fact(type="rate"),
            "margin_rate": Fact(type="rate"),
        },
        shown=(
            "customer", "number", "title", "total", "off_list", "below_floor", "margin", "margin_rate",
            "valid_until", "line_count", "terms",
        ),
        submit=_submit,
        look=_look,
        turn=following.turner(queries.get, _TURNS),
        hidden=lambda actor: actor.hides(SUBJECT),
        record=SUBJECT,
        link=lambda quote_id: f"/quotes/{quote_id}",
    )
)  # fmt: skip
