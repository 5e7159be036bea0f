"""Links to a quote: made, listed and revoked by whoever may send it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access import tokens
from app.access.actor import Actor
from app.access.rules import guarded
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotFound, invalid
from app.lists import names
from app.papers import pictures
from app.papers import queries as papers
from app.quotes import policies, queries, trail
from app.quotes.links.models import QuoteLink
from app.quotes.models import Quote, QuoteNotOpen
from app.quotes.states import OPEN
from tenants import calendar, rls

LIFETIME = timedelta(days=90)
"""How long a link to a quote without a last day is good."""
MOST_LINKS = 100


class TooManyLinks(Conflict):
    """A quote that needs so many links at a time is sent to the wrong place."""

    code = "too-many-quote-links"


@guarded(policies.submit)
def make(actor: Actor, quote: Quote, *, recipient: str | None = None, layout_id: UUID | None = None) -> str:
    """A link to a quote that may go out; its token is told now, and kept nowhere.

    :raises QuoteNotOpen: if there is nothing that a customer could answer
    :raises Invalid: about `layout_id`
    """
    token = issue(actor, quote, recipient=recipient, layout_id=layout_id)
    audit.record(actor, trail.entry(quote, "link-made", _told("recipient", recipient)))
    return token


def issue(by: Actor, quote: Quote, *, recipient: str | None, layout_id: UUID | None) -> str:
    """A link, of which whoever calls tells the trail; returns its token.

    :raises QuoteNotOpen: if there is nothing that a customer could answer
    :raises Invalid: about `layout_id`
    """
    if quote.state not in OPEN:
        raise QuoteNotOpen(state=quote.state)
    if layout_id is not None:
        try:
            papers.get(by, layout_id)
        except NotFound:
            raise invalid("layout_id", "unknown-reference") from None
    at = clock.now()
    if sum(one.lives(at) for one in _of(quote)) >= MOST_LINKS:
        raise TooManyLinks(max=MOST_LINKS)
    token, digest = tokens.issue(papers.company().slug)
    db.session.add(
        QuoteLink(
            quote_id=quote.id,
            revision=quote.revision,
            digest=digest,
            recipient=recipient,
            layout_id=layout_id,
            created_by_id=None if by.is_system else by.id,
            created_at=at,
            expires_at=_end(quote, by, at),
        )
    )
    db.session.flush()
    return token


@guarded(policies.submit)
def revoke(actor: Actor, quote: Quote, *, link: QuoteLink) -> None:
    """Let a link open nothing from now on; doing it again changes nothing."""
    if link.revoked_at is None:
        link.revoked_at = clock.now()
        db.session.flush()
        audit.record(actor, trail.entry(quote, "link-revoked", _told("recipient", link.recipient)))


def latest(quote: Quote) -> QuoteLink:
    """The link that was made last."""
    return _of(quote)[0]


def get(reader: Actor, link_id: UUID) -> tuple[Quote, QuoteLink]:
    """A link and its quote, locked, if the reader may see that.

    :raises NotFound: otherwise
    """
    link = db.session.scalars(select(QuoteLink).where(QuoteLink.id == link_id)).first()
    if link is None:
        raise NotFound
    return queries.get(reader, link.quote_id, to_change=True), link


def listed(reader: Actor, quote: Quote) -> list[Mapping[str, Any]]:
    """The links to all versions of a quote, the latest first, and what came of them; few."""
    found = _of(quote)
    called = names.directory(
        rls.driver_of(db.session()), reader, {str(one.created_by_id) for one in found if one.created_by_id}
    )
    at = clock.now()
    return [
        {
            **{name: getattr(link, name) for name in _SHOWN},
            "created_by": called.user(str(link.created_by_id)) if link.created_by_id else None,
            "alive": link.lives(at) and link.revision == quote.revision and not quote.is_draft,
            "signature": pictures.shown(link.signature),
        }
        for link in found
    ]


_SHOWN = ("id", "revision", "recipient", "created_at", "expires_at", "revoked_at", "opened_at",
          "last_opened_at", "opens", "outcome", "answered_at", "answered_by", "note")  # fmt: skip


def _of(quote: Quote) -> Sequence[QuoteLink]:
    mine = select(QuoteLink).where(QuoteLink.quote_id == quote.id)
    return db.session.scalars(mine.order_by(QuoteLink.id.desc())).all()


def _end(quote: Quote, by: Actor, at: datetime) -> datetime:
    return at + LIFETIME if quote.valid_until is None else calendar.end_of(quote.valid_until, by.zone)


def _told(field: str, value: str | None) -> list[dict[str, Any]]:
    return [{"field": field, "before": None, "after": value}] if value else []
