"""The words that activities are described with."""

from enum import StrEnum


class ActivityKind(StrEnum):
    """How one was in touch with a customer."""

    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    MAIL = "mail"
    NOTE = "note"
