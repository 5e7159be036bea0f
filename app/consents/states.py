"""The words that consents are described with."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why somebody outside is written to."""

    MARKETING = "marketing"
    """Offers, events and news."""
    CARE = "care"
    """Birthdays, festivals and the like."""
    SERVICE = "service"
    """What somebody needs to know of what they have bought."""


class Way(StrEnum):
    """By which channel somebody outside is written to."""

    SMS = "sms"
    MAIL = "mail"
    WECHAT = "wechat"


class About(StrEnum):
    """What an entry of the ledger says of a contact."""

    CONSENT = "consent"
    """That they may be written to for a purpose in a way, or may not."""
    DO_NOT_CONTACT = "do-not-contact"
    """That they want to hear nothing at all."""
    MINOR = "minor"
    """That they are a child."""


class Source(StrEnum):
    """How it is known."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    FORM = "form"
    IMPORT = "import"
    REPLY = "reply"
    LINK = "link"
    """They said it themselves, on their own page."""
    MAIL_HEADER = "mail-header"
    """They pressed the unsubscribe button of their mail programme."""


BY_HAND = (Source.SPOKEN, Source.WRITTEN, Source.FORM)
"""What colleagues note."""


class Reason(StrEnum):
    """Why nothing is sent to an address."""

    BY_HAND = "by-hand"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    REPLIED = "replied"
    UNREACHABLE = "unreachable"


class Obstacle(StrEnum):
    """Why somebody must not be written to."""

    DO_NOT_CONTACT = "do-not-contact"
    MINOR = "minor"
    NO_ADDRESS = "no-address"
    SUPPRESSED = "suppressed"
    WITHDRAWN = "withdrawn"
    NO_CONSENT = "no-consent"
