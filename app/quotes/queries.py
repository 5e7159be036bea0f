"""Reading quotes: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.core.db import db
from app.core.errors import NotFound
from app.customers import queries as customers
from app.lists.scopes import Reach, Sharing, narrowest, reach
from app.quotes import policies
from app.quotes.models import Quote, QuoteLine, QuoteVersion

SHARING = Sharing("customer_collaborators", "customer_id", of="customer_id")


def reach_of(actor: Actor) -> Reach:
    """Which quotes an actor sees.

    :raises Forbidden: when none at all
    """
    return reach(narrowest(*policies.READING, of=actor), "quotes", SHARING, of=actor)


def reach_to_export(actor: Actor) -> Reach:
    """Which of the quotes that an actor sees they may take out in a file.

    :raises Forbidden: when none at all
    """
    needed = narrowest(*policies.READING, Permission.QUOTE_EXPORT, of=actor)
    return reach(needed, "quotes", SHARING, of=actor)


def reach_of_bin(actor: Actor) -> Reach:
    """Which quotes an actor may delete, and so see in the recycle bin.

    :raises Forbidden: when none at all
    """
    return reach(narrowest(*policies.DELETING, of=actor), "quotes", of=actor)


def get(actor: Actor, quote_id: UUID, *, to_change: bool = False) -> Quote:
    """A quote the actor may see and that is not in the recycle bin.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    quote = _visible(actor, quote_id, to_change=to_change)
    if quote is None or quote.in_bin:
        raise NotFound
    return quote


def in_bin(actor: Actor, quote_id: UUID) -> Quote:
    """A quote in the recycle bin that went there on its own, locked; one the actor might see outside it.

    :raises NotFound: otherwise
    """
    quote = _visible(actor, quote_id, to_change=True)
    if quote is None or not quote.in_bin or quote.deleted_with_id is not None:
        raise NotFound
    return quote


def _visible(actor: Actor, quote_id: UUID, *, to_change: bool) -> Quote | None:
    quote: Quote | None = customers.belonging(Quote, quote_id, to=actor, to_change=to_change)
    return quote if quote and policies.read.allows(actor, quote) else None


def lines(quote: Quote) -> Sequence[QuoteLine]:
    """The lines of a quote as it is now, in their order."""
    return db.session.scalars(
        select(QuoteLine).where(QuoteLine.quote_id == quote.id).order_by(QuoteLine.position)
    ).all()


def version(quote: Quote, revision: int) -> QuoteVersion | None:
    """What was submitted as a revision of a quote, if it was."""
    wanted = (QuoteVersion.quote_id == quote.id, QuoteVersion.revision == revision)
    return db.session.scalars(select(QuoteVersion).where(*wanted)).first()


def versions(quote: Quote) -> Sequence[QuoteVersion]:
    """All that was submitted of a quote, the latest first; few."""
    mine = select(QuoteVersion).where(QuoteVersion.quote_id == quote.id)
    return db.session.scalars(mine.order_by(QuoteVersion.revision.desc())).all()
