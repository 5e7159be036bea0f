"""While a campaign is paused or a care rule is off, what waits for its hour or its next way waits with it."""

from sqlalchemy import ColumnElement, exists

from app.campaigns.foreseeing import ORIGIN as CAMPAIGN
from app.campaigns.models import Campaign
from app.campaigns.states import CampaignState
from app.care.models import CareRule
from app.care.planning import ORIGIN as RULE
from app.care.states import RuleState
from app.outreach import resting
from app.outreach.models import OutreachMessage


def _paused() -> ColumnElement[bool]:
    of_it = (Campaign.tenant_id == OutreachMessage.tenant_id) & (Campaign.id == OutreachMessage.origin_id)
    paused = exists().where(of_it, Campaign.state == CampaignState.PAUSED)
    return (OutreachMessage.origin_type == CAMPAIGN) & paused


def _off() -> ColumnElement[bool]:
    of_it = (CareRule.tenant_id == OutreachMessage.tenant_id) & (CareRule.id == OutreachMessage.origin_id)
    off = exists().where(of_it, CareRule.state == RuleState.OFF)
    return (OutreachMessage.origin_type == RULE) & off


resting.register(_paused)
resting.register(_off)
