"""While a campaign is paused, messages of it that are between two ways, or put off, wait with it."""

from sqlalchemy import ColumnElement, exists

from app.campaigns.foreseeing import ORIGIN
from app.campaigns.models import Campaign
from app.campaigns.states import CampaignState
from app.outreach import resting
from app.outreach.models import OutreachMessage


def _paused() -> ColumnElement[bool]:
    paused = exists().where(
        Campaign.tenant_id == OutreachMessage.tenant_id,
        Campaign.id == OutreachMessage.origin_id,
        Campaign.state == CampaignState.PAUSED,
    )
    return (OutreachMessage.origin_type == ORIGIN) & paused


resting.register(_paused)
