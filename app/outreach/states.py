"""The words that messages to people outside are described with."""

from enum import StrEnum


class MessageState(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    """For its time, for an hour at which the company writes, or for the next way to be tried."""
    SENDING = "sending"
    """It is in the outbox."""
    SENT = "sent"
    DELIVERED = "delivered"
    UNCERTAIN = "uncertain"
    """Perhaps sent, perhaps not: it is not sent again by itself."""
    FAILED = "failed"
    """In none of the ways."""
    SUPPRESSED = "suppressed"
    """Whom it was for is not to be written to."""
    EXPIRED = "expired"
    """It would have come too late."""
    CANCELLED = "cancelled"


UNDER_WAY = (MessageState.WAITING, MessageState.SENDING)
GONE_OUT = (MessageState.SENDING, MessageState.SENT, MessageState.DELIVERED, MessageState.UNCERTAIN)
"""What counts when it is asked how many messages somebody got."""


class Held(StrEnum):
    """What a message waits for besides its time."""

    QUIET_HOURS = "quiet-hours"
    CAP = "cap"
    """They have had enough messages lately."""
    RESTING = "resting"
    """What it comes from stands still."""


class Reason(StrEnum):
    """Why a way was not taken, or a message came to nothing.

    What stands against writing to somebody (`Obstacle` of consents) and what providers say are others.
    """

    CONTACT_GONE = "contact-gone"
    TEMPLATE_OFF = "template-off"
    NOT_APPROVED = "not-approved"
    """The vendor has not approved the text."""
    VALUE_MISSING = "value-missing"
    TOO_LATE = "too-late"
    RULE_CHANGED = "rule-changed"
    """Written down again if the rule still says so."""
