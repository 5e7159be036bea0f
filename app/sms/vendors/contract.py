"""What a vendor of short messages can do for us, whichever it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from app.sms.states import FilingState

LOST = "undelivered"
"""That a message was taken and has not arrived."""


class About(StrEnum):
    """What a refusal is about: whether another account, or a later try, would help."""

    NUMBER = "number"
    TEXT = "text"
    ACCOUNT = "account"
    PACE = "pace"
    UNCLEAR = "unclear"
    """It may have been taken all the same."""
    LINE = "line"
    """The vendor could not be reached: certainly not taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """An account as its vendor knows it."""

    app_id: str | None
    key_id: str
    secret: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortMessage:
    """What is to be sent."""

    number: str
    """As E.164."""
    code: str
    """The vendor's name of the text."""
    values: Sequence[str]
    reference: str
    """Our name of the message."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The vendor has taken it."""

    serial: str
    """By which name it will tell more."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The vendor has not taken it, or may not have."""

    about: About
    error: str
    """A stable code of ours: it is shown to people in their words."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a vendor says of a text that was handed in."""

    state: FilingState
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a vendor tells of a message that it has taken."""

    serial: str
    reference: str | None
    """Our name of the message, where the vendor tells it."""
    arrived: bool
    error: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody has answered."""

    number: str
    text: str
    at: datetime
    key: str
    """Tells one reply from another."""


class VendorTrouble(Exception):
    """It did not answer, or not as it should; the code is ours."""

    def __init__(self, error: str) -> None:
        self.error = error
        super().__init__(error)


class SmsVendor(Protocol):
    """A vendor, called with one account's credentials."""

    def send(self, message: ShortMessage) -> Taken | Refused:
        """Hand one message over; every way in which that can fail is an answer."""

    def hand_in(self, name: str, text: str, *, advertises: bool) -> str:
        """Hand a text in for approval; returns the vendor's name of it.

        :raises VendorTrouble: if it was not taken
        """

    def look(self, codes: Sequence[str]) -> Mapping[str, Verdict]:
        """What the vendor says of these texts; those it does not know are left out.

        :raises VendorTrouble: if it does not say
        """

    def ask(self, number: str, sent_at: datetime, reference: str) -> Report | None:
        """What has become of a message that was handed over about then; None if the vendor cannot tell (yet).

        :param reference: our name of it
        :raises VendorTrouble: if it does not say
        """


class Callback(Protocol):
    """How a vendor calls back."""

    def read(self, body: Any) -> tuple[list[Report], list[Reply]]:
        """What a body tells.

        :raises (KeyError, TypeError, ValueError, AttributeError): for one that is not the vendor's
        """

    @property
    def thanks(self) -> Mapping[str, Any]:
        """What the vendor wants to hear; otherwise it calls again."""
