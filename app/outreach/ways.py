"""The ways in which people outside are reached: which channel carries each, and where it finds them.

Text messages and mail go to what a contact's card says. A way that knows people by other names (the followers
of an account, say) is registered by whoever keeps those, together with its channel.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.consents import addresses
from app.consents.states import Way
from app.messaging.channels import CHANNELS, outgoing

Places = Callable[[Any, int, Sequence[UUID]], Mapping[UUID, str]]
"""Where some contacts of a tenant are reached, by their ids: one statement on the driver's connection."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries messages of a way."""

    channel: str
    """Its name in the register of channels."""
    places: Places | None = None
    """None: at the number or mailbox of the contact."""


_carriers = {Way.SMS: Carrier("sms"), Way.MAIL: Carrier("mail")}


def register(way: Way, carrier: Carrier) -> None:
    """Have messages of a way carried; a way that nobody carries reaches nobody."""
    _carriers[way] = carrier


def channel_of(way: Way) -> str:
    """The channel that a way takes.

    :raises KeyError: for a way that nobody carries
    """
    return _carriers[way].channel


def reached(
    driver: Any, tenant_id: int, contacts: Iterable[tuple[UUID, Sequence[Mapping[str, Any]], str | None]]
) -> dict[UUID, dict[Way, str]]:
    """Where each contact can be reached by ways that work.

    :param contacts: ids, numbers and mail addresses
    """
    found = {contact: addresses.of_contact(numbers, email) for contact, numbers, email in contacts}
    for way, carrier in _carriers.items():
        if carrier.places is not None:
            for contact, place in carrier.places(driver, tenant_id, list(found)).items():
                found[contact][way] = place
    return {
        contact: {way: place for way, place in places.items() if _takes(way, place)}
        for contact, places in found.items()
    }


def _takes(way: Way, place: str) -> bool:
    carrier = _carriers.get(way)
    return carrier is not None and carrier.channel in CHANNELS and outgoing(carrier.channel).takes(place)
