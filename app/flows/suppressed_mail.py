"""Nothing is mailed to suppressed addresses; mailboxes that are none and numbers that refuse become such."""

import contextlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from app.access.actor import Actor
from app.consents import preferences, suppressing
from app.consents.preferences import PreferenceLinkDead
from app.consents.states import Purpose, Reason, Way
from app.core.events import on
from app.events.messages import MailboxUnknown, NumberRefuses, UnsubscribeWished
from app.messaging import barring
from app.messaging.barring import Bar
from app.messaging.outbox import Parcel
from tenants.context import require_tenant_id

_SUPPRESSED = Bar("suppressed")


def _barred(parcels: Sequence[Parcel]) -> Mapping[UUID, Bar]:
    letters = [parcel for parcel in parcels if parcel.channel == "mail" and parcel.envelope is not None]
    if not letters:
        return {}
    listed = suppressing.listed(Way.MAIL, {letter.address for letter in letters})
    return {letter.id: _SUPPRESSED for letter in letters if letter.address in listed}


barring.register(_barred)


@on(MailboxUnknown)
def suppress(event: MailboxUnknown) -> None:
    """Mailing there once more would only cost the good name of whoever does."""
    product = Actor.system(require_tenant_id())
    suppressing.put(product, Way.MAIL, [event.address.lower()], reason=Reason.BOUNCED)


@on(NumberRefuses)
def suppress_number(event: NumberRefuses) -> None:
    """They have said so where we did not hear it."""
    product = Actor.system(require_tenant_id())
    suppressing.put(product, Way.SMS, [event.address], reason=Reason.REPLIED)


@on(UnsubscribeWished)
def refuse(event: UnsubscribeWished) -> None:
    """Their word holds, however it reaches us; a token that is none is nobody's word."""
    with contextlib.suppress(PreferenceLinkDead):
        preferences.refuse_mail_by_letter(event.token, Purpose(event.purpose))
