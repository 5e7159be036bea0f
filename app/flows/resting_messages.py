"""Messages rest, or come to nothing, with the campaign, the care rule or the plan that they come from."""

from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select

from app.campaigns.foreseeing import ORIGIN as CAMPAIGN
from app.campaigns.models import Campaign
from app.campaigns.services import CANCELLED
from app.campaigns.states import CampaignState
from app.care.models import CareRule, CareRun, CareRunStep
from app.care.planning import ORIGIN as RULE
from app.care.services import BY_HAND, RULE_GONE, RUN_ENDED, SKIPPED
from app.care.states import RuleState, RunState, StepState
from app.outreach import resting
from app.outreach.models import OutreachMessage


def _campaign(state: CampaignState) -> Select[Any]:
    of_it = (Campaign.tenant_id == OutreachMessage.tenant_id) & (Campaign.id == OutreachMessage.origin_id)
    from_one = OutreachMessage.origin_type == CAMPAIGN
    return select(literal(1)).select_from(Campaign).where(of_it, from_one, Campaign.state == state)


def _rule(*which: ColumnElement[bool]) -> Select[Any]:
    of_it = (CareRule.tenant_id == OutreachMessage.tenant_id) & (CareRule.id == OutreachMessage.origin_id)
    from_one = OutreachMessage.origin_type == RULE
    return select(literal(1)).select_from(CareRule).where(of_it, from_one, *which)


def _step(*which: ColumnElement[bool]) -> Select[Any]:
    """Those whose message it is among the steps of somebody's plan."""
    of_it = (CareRunStep.tenant_id == OutreachMessage.tenant_id) & (
        CareRunStep.message_id == OutreachMessage.id
    )
    run = (CareRun.tenant_id == CareRunStep.tenant_id) & (CareRun.id == CareRunStep.run_id)
    from_one = OutreachMessage.origin_type == RULE
    return select(literal(1)).select_from(CareRunStep).join(CareRun, run).where(of_it, from_one, *which)


def _left_out() -> Select[Any]:
    # Who deletes the task of a step has not said that its message is not to go out.
    return _step(CareRunStep.state == StepState.SKIPPED, CareRunStep.reason == BY_HAND)


resting.register(lambda: _campaign(CampaignState.PAUSED), Campaign)
resting.register(lambda: _rule(CareRule.state == RuleState.OFF, CareRule.deleted_at.is_(None)), CareRule)
resting.register(lambda: _step(CareRun.state == RunState.PAUSED), CareRun)
resting.register_end(lambda: _campaign(CampaignState.CANCELLED), CANCELLED)
resting.register_end(lambda: _rule(CareRule.deleted_at.is_not(None)), RULE_GONE)
resting.register_end(_left_out, SKIPPED)
resting.register_end(lambda: _step(CareRun.state == RunState.ENDED), RUN_ENDED)
