"""The other side of a link: the customer reads the quote, prints it, accepts or declines it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.access import throttle, tokens
from app.access.actor import Actor
from app.access.rules import TenantReadOnly, unlocked
from app.approvals import signing
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.events import publish
from app.events.quotes import QuoteOpened
from app.papers import pictures
from app.papers import queries as papers
from app.quotes import paper, progress, queries, trail, versions
from app.quotes.links.models import LinkDead, QuoteLink
from app.quotes.models import Quote, QuoteNotOpen
from app.quotes.paper import Paper
from app.quotes.states import OPEN, Outcome, QuoteState
from tenants import provisioning
from tenants.models import Tenant, TenantState
from tenants.rls import step_in

_TOKEN = re.compile(r"[A-Za-z0-9._-]{1,200}")
_READABLE = OPEN | {QuoteState.ACCEPTED, QuoteState.DECLINED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a customer says."""

    outcome: Outcome
    name: str | None
    note: str | None
    signature: str | None
    """A picture as a data URL."""


@unlocked("whoever holds the link")
def look(token: str, *, locale: str | None) -> Mapping[str, Any]:
    """What the customer reads of a quote, as it was submitted, and what they have said; it counts as opened.

    :param locale: in which language, if not in that of its layout
    :raises LinkDead: if the link is no longer good
    """
    link, quote, company = _open(token)
    note_opening(link, quote)
    return _shown(link, quote, company, locale)


@unlocked("whoever holds the link")
def printed(token: str, *, locale: str | None) -> Paper:
    """The quote on paper.

    :raises LinkDead: if the link is no longer good
    """
    link, quote, _ = _open(token)
    throttle.count(throttle.QUOTE_PAPER_BY_LINK, link.id.hex)
    return _paper(link, quote, locale)


@unlocked("whoever holds the link")
def answer(token: str, word: Word, *, locale: str | None) -> Mapping[str, Any]:
    """Take the customer's word; the same word again changes nothing.

    :raises LinkDead: if the link is no longer good
    :raises QuoteNotOpen: if something else has been said before
    :raises TenantReadOnly: if the company may change nothing
    :raises Invalid: naming what cannot be taken
    """
    link, quote, company = _open(token, to_change=True)
    if link.outcome != word.outcome:
        if quote.state not in OPEN:
            raise QuoteNotOpen(state=quote.state)
        if not TenantState(company.state).writable:
            raise TenantReadOnly
        take(link, quote, word)
    return _shown(link, quote, company, locale)


def take(link: QuoteLink, quote: Quote, word: Word) -> None:
    """Write down what the customer says by a link.

    :raises Invalid: naming what cannot be taken
    """
    if word.outcome is Outcome.ACCEPTED and not word.name:
        raise invalid("name", "required")
    link.signature = signing.read(word.signature) if word.signature else None
    link.outcome, link.answered_at = word.outcome, clock.now()
    link.answered_by, link.note = word.name, word.note
    speaker = word.name or link.recipient or ""
    progress.hear(
        Actor.system(quote.tenant_id), quote, outcome=word.outcome, reason=word.note, speaker=speaker
    )


def _open(token: str, *, to_change: bool = False) -> tuple[QuoteLink, Quote, Tenant]:
    """Enter the tenant of a link that is good."""
    throttle.count(throttle.QUOTE_LINK_BY_ADDRESS, throttle.here())
    slug = tokens.slug_of(token) if _TOKEN.fullmatch(token) else None
    tenant = provisioning.tenant_by_slug(slug) if slug else None
    if tenant is None or tenant.state == TenantState.CLOSED:
        raise LinkDead
    tenant_id = tenant.id
    step_in(db.session(), tenant_id)
    link = db.session.scalars(
        select(QuoteLink).where(QuoteLink.digest == tokens.digest(token)).with_for_update()
    ).first()
    if link is None or not link.lives(clock.now()):
        raise LinkDead
    try:
        quote = queries.get(Actor.system(tenant_id), link.quote_id, to_change=to_change)
    except NotFound:
        raise LinkDead from None
    if quote.revision != link.revision or quote.state not in _READABLE:
        raise LinkDead
    return link, quote, db.session.get_one(Tenant, tenant_id)


def note_opening(link: QuoteLink, quote: Quote) -> None:
    """Note that a link was opened; the first time is told."""
    at = clock.now()
    first = link.opened_at is None
    link.opened_at, link.last_opened_at = link.opened_at or at, at
    link.opens += 1
    db.session.flush()
    if first:
        told = [{"field": "recipient", "before": None, "after": link.recipient}] if link.recipient else []
        audit.record(Actor.system(quote.tenant_id), trail.entry(quote, "opened", told))
        publish(
            QuoteOpened(
                quote_id=quote.id,
                link_id=link.id,
                owner_id=quote.owner_id,
                label=quote.label,
                recipient=link.recipient,
            )
        )


def _paper(link: QuoteLink, quote: Quote, locale: str | None) -> Paper:
    system = Actor.system(quote.tenant_id)
    kept = queries.version(quote, link.revision)
    if kept is None:
        raise LinkDead
    layout = papers.chosen(system, link.layout_id)
    return paper.laid_out(versions.shown(system, kept.body), layout, locale=locale)


_PUBLIC = ("lang", "colour", "heading", "company", "details", "facts", "addressed", "columns", "rows", "sums",
           "total", "capitals", "terms", "footer", "bank")  # fmt: skip


def _shown(link: QuoteLink, quote: Quote, company: Tenant, locale: str | None) -> Mapping[str, Any]:
    data = _paper(link, quote, locale).data
    logo = data["logo"]
    decided = quote.state in {QuoteState.ACCEPTED, QuoteState.DECLINED}
    return {
        **{name: data[name] for name in _PUBLIC},
        "title": quote.title,
        "logo": pictures.shown(bytes(logo)) if logo else None,
        "state": quote.state if decided else "open",
        "can_answer": not decided and TenantState(company.state).writable,
        "answered_at": _instant(quote.decided_at) if decided else None,
        "answered_by": link.answered_by if link.outcome else None,
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
