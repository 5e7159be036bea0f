"""A quote that goes out by mail: a letter to each recipient, with the paper in it and a link of their own."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.core.errors import NotFound
from app.core.events import on
from app.core.ids import new_id
from app.core.uow import unit_of_work
from app.events.quotes import QuoteLetter, QuoteMailed
from app.messaging import enclosures
from app.messaging import services as messaging
from app.messaging.channels.contract import Envelope, Message
from app.messaging.enclosures import File, Vanished
from app.papers import queries as papers
from app.quotes import paper, queries
from tenants.context import require_tenant_id

KIND = "quote-paper"


@on(QuoteMailed)
def write_the_letters(event: QuoteMailed) -> None:
    """One to each, so that it shows who has opened it."""
    envelope = Envelope(
        to=event.to,
        cc=event.cc,
        sender=event.company,
        reply_to=event.reply_to,
        enclosed={
            "kind": KIND,
            "quote_id": str(event.quote_id),
            "revision": event.revision,
            "layout_id": str(event.layout_id) if event.layout_id else None,
        },
    )
    messaging.send_letters([_letter(event, one, envelope) for one in event.letters])


def _letter(event: QuoteMailed, one: QuoteLetter, envelope: Envelope) -> Message:
    return Message(
        kind="quote",
        facts={"subject": event.subject, "text": event.text, "company": event.company},
        to=one.to,
        link=f"/q#token={one.token}",
        envelope=envelope,
        dedupe_key=f"quote-letter:{new_id()}",
        locale=event.locale,
        secret=True,
        sender_id=event.sender_id,
    )


def _enclosed(told: Mapping[str, Any]) -> list[File]:
    """The paper of the version that was sent, as it is set at the moment of sending."""
    product = Actor.system(require_tenant_id())
    try:
        with unit_of_work():
            quote = queries.get(product, UUID(told["quote_id"]))
            read = paper.of(product, quote, revision=told["revision"], layout_id=_layout(product, told))
    except NotFound:
        raise Vanished from None
    return [File(read.name, "application/pdf", read.pdf())]


def _layout(product: Actor, told: Mapping[str, Any]) -> UUID | None:
    """The layout that was chosen; the usual one if that was deleted meanwhile."""
    if not told["layout_id"]:
        return None
    try:
        return papers.get(product, UUID(told["layout_id"])).id
    except NotFound:
        return None


enclosures.register(KIND, _enclosed)
