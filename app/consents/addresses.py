"""Addresses in the one form in which they are compared, and which of a contact's is written to."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from app.consents.states import Way
from app.core import phones
from app.core.errors import invalid

ADDRESSED = (Way.SMS, Way.MAIL)
"""The ways that go to an address which could be anybody's."""
_MOBILE = re.compile(r"\+861[3-9][0-9]{9}")
_MAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}\.[^@\s,;<>\".]{2,}")
LONGEST = 254


def compared(way: Way, address: str, *, field: str) -> str:
    """An address as it is compared.

    :raises Invalid: naming `field`, for what nothing could be sent to
    """
    if way is Way.SMS:
        number = phones.normalise(address, field=field)
        if not _MOBILE.fullmatch(number):
            raise invalid(field, "not-a-mobile")
        return number
    if not _MAIL.fullmatch(address.strip()):
        raise invalid(field, "invalid-email")
    return address.strip().lower()


def of_contact(numbers: Iterable[Mapping[str, Any]], email: str | None) -> dict[Way, str]:
    """Where a contact can be written to, by way: the first mobile number, and the mail address."""
    mobile = next((one["number"] for one in numbers if _MOBILE.fullmatch(one["number"])), None)
    found = {Way.SMS: mobile, Way.MAIL: email.lower() if email else None}
    return {way: address for way, address in found.items() if address}


def masked(way: Way, address: str) -> str:
    """An address as it is shown to whoever may not be its owner: `138****1234`, `z***@x.cn`."""
    if way is Way.SMS:
        bare = address.removeprefix("+86")
        return f"{bare[:3]}****{bare[-4:]}"
    name, _, host = address.partition("@")
    return f"{name[:1]}***@{host}"
