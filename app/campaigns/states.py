"""The words that campaigns are described with."""

from enum import StrEnum


class CampaignState(StrEnum):
    """How far a campaign has come."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    """It begins at its moment."""
    SENDING = "sending"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


OVER = frozenset({CampaignState.FINISHED, CampaignState.CANCELLED})
PURPOSES = ("marketing", "service")
"""What many may be written to for at once; greetings have rules of their own."""


class PacePer(StrEnum):
    """In how long so many messages go out."""

    MINUTE = "minute"
    HOUR = "hour"
