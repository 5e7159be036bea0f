"""Nothing is mailed to suppressed addresses, and mailboxes that there are not become such."""

from collections.abc import Collection

from app.access.actor import Actor
from app.consents import suppressing
from app.consents.states import Reason, Way
from app.core.events import on
from app.events.messages import MailboxUnknown
from app.messaging import barring
from tenants.context import require_tenant_id

_WAYS = {"mail": Way.MAIL}


def _barred(channel: str, addresses: Collection[str]) -> Collection[str]:
    way = _WAYS.get(channel)
    return suppressing.listed(way, addresses) if way else ()


barring.register(_barred)


@on(MailboxUnknown)
def suppress(event: MailboxUnknown) -> None:
    """Mailing there once more would only cost the good name of whoever does."""
    product = Actor.system(require_tenant_id())
    suppressing.put(product, Way.MAIL, [event.address.lower()], reason=Reason.BOUNCED)
