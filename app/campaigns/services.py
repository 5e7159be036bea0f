"""Making campaigns, starting them, and having them rest, go on or end."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.campaigns import audience, checking, drafts, planning, policies, trail
from app.campaigns.foreseeing import ORIGIN
from app.campaigns.models import Campaign, CampaignUnderWay
from app.campaigns.planning import QUEUE
from app.campaigns.states import OVER, CampaignState
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.ids import new_id
from app.outreach import planning as outreach
from tenants import agenda
from tenants.context import require_tenant_id

MOST_DRAFTS, ASK_FROM = 200, 500
CANCELLED = "campaign-cancelled"


class TooManyCampaignDrafts(Conflict):
    """Nobody finds the right one among more of them."""

    code = "too-many-campaign-drafts"


class CountUnconfirmed(Conflict):
    """So many people are to be named by whoever writes to them."""

    code = "campaign-count-unconfirmed"


@permitted(Permission.MESSAGE_MANAGE)
def create(actor: Actor, wanted: Mapping[str, Any]) -> UUID:
    """A new campaign, which is a draft until it is started.

    :param wanted: the parts of a campaign
    :raises Invalid: naming every part that cannot be taken
    """
    return _add(actor, drafts.demand(actor, wanted)).id


@guarded(policies.manage)
def copy(actor: Actor, campaign: Campaign, name: str) -> UUID:
    """A draft that is like a campaign, and begins when somebody starts it."""
    told = {part: getattr(campaign, part) for part in drafts.PARTS}
    return _add(actor, drafts.demand(actor, {**told, "name": name, "start_at": None})).id


def _add(by: Actor, values: Mapping[str, Any]) -> Campaign:
    asked = select(func.count()).select_from(Campaign)
    drafted = asked.where(Campaign.state == CampaignState.DRAFT, Campaign.deleted_at.is_(None))
    if (db.session.scalar(drafted) or 0) >= MOST_DRAFTS:
        raise TooManyCampaignDrafts
    at = clock.now()
    campaign = Campaign(
        tenant_id=require_tenant_id(), id=new_id(), owner_id=by.id, state=CampaignState.DRAFT,
        created_at=at, updated_at=at, **values,
    )  # fmt: skip
    db.session.add(campaign)
    db.session.flush()
    facts = [one for one in audit.differences({}, trail.shown(campaign)) if one["after"]]
    audit.record(by, trail.entry(campaign, "created", facts))
    return campaign


@guarded(policies.manage)
def change(actor: Actor, campaign: Campaign, changes: Mapping[str, Any]) -> None:
    """Change a draft.

    :raises CampaignBegun: if it was started
    :raises Invalid: naming every part that cannot be taken
    """
    campaign.demand_draft()
    before = trail.shown(campaign)
    for name, value in drafts.demand(actor, changes, campaign).items():
        setattr(campaign, name, value)
    if told := audit.differences(before, trail.shown(campaign)):
        campaign.updated_at = clock.now()
        db.session.flush()
        audit.record(actor, trail.entry(campaign, "updated", told))


@guarded(policies.manage)
def delete(actor: Actor, campaign: Campaign) -> None:
    """Remove a draft, or a campaign that is over; its messages stay.

    :raises CampaignUnderWay: if it is neither
    """
    if campaign.state != CampaignState.DRAFT and campaign.state not in OVER:
        raise CampaignUnderWay
    campaign.deleted_at = campaign.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(campaign, "deleted"))


@guarded(policies.manage)
def start(actor: Actor, campaign: Campaign, *, confirmed: int | None) -> None:
    """Have a campaign begin at its moment, or now.

    :param confirmed: how many people whoever starts it knows it is for; asked for if they are many
    :raises CampaignBegun: if it was started before
    :raises Invalid: naming everything that keeps it from being started
    :raises CountUnconfirmed: when they are many, and `confirmed` is another number
    """
    campaign.demand_draft()
    if problems := checking.problems(actor, campaign):
        raise Invalid(*problems)
    count = audience.count(actor, campaign.audience)
    if count >= ASK_FROM and confirmed != count:
        raise CountUnconfirmed(count=count)
    campaign.schedule(at=clock.now())
    _told(actor, campaign, CampaignState.DRAFT)
    agenda.note(QUEUE, campaign.due_at or clock.now())


@guarded(policies.manage)
def pause(actor: Actor, campaign: Campaign) -> None:
    """Let nothing more of a campaign go out for now.

    :raises CampaignNotSending: unless it is sending
    """
    before = campaign.state
    campaign.pause()
    planning.give_back(campaign)
    _told(actor, campaign, before)


@guarded(policies.manage)
def resume(actor: Actor, campaign: Campaign) -> None:
    """Have a campaign go on, as fast as it may.

    :raises CampaignNotSending: unless it is paused
    """
    before, at = campaign.state, clock.now()
    campaign.resume(at=at)
    _told(actor, campaign, before)
    agenda.note(QUEUE, at)
    outreach.wake(ORIGIN, campaign.id)


@guarded(policies.manage)
def cancel(actor: Actor, campaign: Campaign) -> None:
    """End a campaign before its time: nothing more of it goes out, in whichever way.

    :raises CampaignOver: if it is over
    """
    before = campaign.state
    campaign.cancel(at=clock.now())
    outreach.withdraw(ORIGIN, campaign.id, reason=CANCELLED)
    _told(actor, campaign, before)


def _told(by: Actor, campaign: Campaign, before: str) -> None:
    campaign.updated_at = clock.now()
    db.session.flush()
    planning.tell_state(by, campaign, before)
