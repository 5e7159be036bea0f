"""Campaigns as the trail tells of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.audit.services import Entry
from app.campaigns.models import Campaign

SUBJECT = "campaign"
_TOLD = ("name", "purpose", "state", "audience", "choices", "start_at", "lasts_hours", "pace", "pace_per")


def shown(campaign: Campaign) -> dict[str, Any]:
    """What of a campaign people are told when it changes."""
    return {name: getattr(campaign, name) for name in _TOLD}


def entry(campaign: Campaign, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about a campaign."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=campaign.id,
        subject_label=campaign.name,
        changes=changes,
    )
