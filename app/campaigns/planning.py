"""Campaigns at work: who is meant is settled once, then so many messages are written as may go out now.

Every slice is a transaction of its own: a worker that is killed leaves whole slices, and the next goes on
behind them. A locked campaign is passed by, so two schedulers share the work and never do it twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, update

from app.access.actor import Actor
from app.audit import services as audit
from app.campaigns import audience, foreseeing, trail
from app.campaigns.foreseeing import ORIGIN
from app.campaigns.models import Campaign, CampaignPerson
from app.campaigns.pacing import allowance
from app.campaigns.states import CampaignState
from app.consents.models import current_policy
from app.consents.states import Purpose
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import Invalid
from app.core.ids import new_id
from app.outreach import planning as outreach
from app.outreach.models import OutreachMessage
from app.outreach.states import UNDER_WAY
from tenants import agenda, calendar
from tenants.context import require_tenant_id

QUEUE = "campaigns"
SLICE = 500
LOOKED_AGAIN = timedelta(minutes=1)
"""How often it is asked whether everything has come of a campaign that will."""


def take_next() -> bool:
    """Go on with a campaign of the current company that it is time for; False when there is none."""
    at = clock.now()
    campaign = db.session.scalars(
        select(Campaign)
        .where(Campaign.state.in_([CampaignState.SCHEDULED, CampaignState.SENDING]), Campaign.due_at <= at)
        .order_by(Campaign.due_at, Campaign.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if campaign is None:
        return False
    if campaign.state == CampaignState.SCHEDULED:
        _begin(campaign, at)
    else:
        _go_on(campaign, at)
    return True


def next_due() -> datetime | None:
    """When it is time for a campaign of the current company."""
    under_way = [CampaignState.SCHEDULED, CampaignState.SENDING]
    return db.session.scalar(select(func.min(Campaign.due_at)).where(Campaign.state.in_(under_way)))


def give_back(campaign: Campaign) -> None:
    """Have the messages of a campaign that have not gone out written anew when it goes on."""
    outreach.unwrite(ORIGIN, campaign.id)
    db.session.execute(
        update(CampaignPerson)
        .where(
            CampaignPerson.campaign_id == campaign.id,
            CampaignPerson.planned_at.is_not(None),
            ~exists().where(*_messages_of(campaign), OutreachMessage.contact_id == CampaignPerson.contact_id),
        )
        .values(planned_at=None)
        .execution_options(synchronize_session=False)
    )


def _begin(campaign: Campaign, at: datetime) -> None:
    system, before = Actor.system(require_tenant_id()), campaign.state
    try:
        meant = audience.people(system, campaign.audience, [choice.way for choice in campaign.options])
    except Invalid:
        # A field that it goes by was removed since it was started: better nobody than everybody.
        campaign.cancel(at=at)
    else:
        campaign.begin(at=at)
        rows = [
            {
                "tenant_id": campaign.tenant_id, "id": new_id(), "campaign_id": campaign.id,
                "contact_id": one.contact_id, "place": place, "same_address": one.same_address,
            }
            for place, one in enumerate(meant)
        ]  # fmt: skip
        for start in range(0, len(rows), SLICE):
            insert_many(CampaignPerson, rows[start : start + SLICE])
    campaign.updated_at = at
    db.session.flush()
    tell_state(system, campaign, before)


def _go_on(campaign: Campaign, at: datetime) -> None:
    over = campaign.expires_at is not None and at >= campaign.expires_at
    if not over and (opening := _opening(campaign, at)) > at:
        _look_again(campaign, min(opening, campaign.expires_at or opening))
        return
    count, until = SLICE, at
    if campaign.speed and not over:
        allowed = allowance(campaign.speed, campaign.paced_at, at, most=SLICE)
        count, until = allowed.count, allowed.until
        if not count:
            _look_again(campaign, until + campaign.speed.interval)
            return
    people = _next(campaign, count)
    if not people:
        _end(campaign, at)
        return
    _write(campaign, people, at)
    again = until + campaign.speed.interval if campaign.speed and not over else at
    _look_again(campaign, again, paced_at=until)


def _opening(campaign: Campaign, at: datetime) -> datetime:
    """When the company may write for this purpose: what is written earlier would all go out at once then."""
    return current_policy().calm(Purpose(campaign.purpose)).next_moment(at, calendar.zone())


def _next(campaign: Campaign, count: int) -> Sequence[CampaignPerson]:
    asked = (
        select(CampaignPerson)
        .where(
            CampaignPerson.campaign_id == campaign.id,
            CampaignPerson.planned_at.is_(None),
            CampaignPerson.same_address.is_(False),
        )
        .order_by(CampaignPerson.place)
        .limit(count)
    )
    return db.session.scalars(asked).all()


def _write(campaign: Campaign, people: Sequence[CampaignPerson], at: datetime) -> None:
    # Somebody who got theirs and became one with another since then is the same person.
    had = select(OutreachMessage.contact_id).where(
        *_messages_of(campaign), OutreachMessage.contact_id.in_([one.contact_id for one in people])
    )
    done: set[UUID] = set(db.session.scalars(had))
    outreach.plan(
        foreseeing.occasions(campaign, [one.contact_id for one in people if one.contact_id not in done])
    )
    db.session.execute(
        update(CampaignPerson)
        .where(CampaignPerson.id.in_([one.id for one in people]))
        .values(planned_at=at)
        .execution_options(synchronize_session=False)
    )


def _end(campaign: Campaign, at: datetime) -> None:
    open_ones = select(OutreachMessage.id).where(
        *_messages_of(campaign), OutreachMessage.state.in_(UNDER_WAY)
    )
    if db.session.scalar(open_ones.limit(1)) is not None:
        _look_again(campaign, at + LOOKED_AGAIN)
        return
    before = campaign.state
    campaign.finish(at=at)
    campaign.updated_at = at
    db.session.flush()
    tell_state(Actor.system(require_tenant_id()), campaign, before)


def tell_state(by: Actor, campaign: Campaign, before: str) -> None:
    """Have the trail know that a campaign has come further."""
    changes = [{"field": "state", "before": before, "after": str(campaign.state)}]
    audit.record(by, trail.entry(campaign, "updated", changes))


def _look_again(campaign: Campaign, due_at: datetime, *, paced_at: datetime | None = None) -> None:
    paced = {} if paced_at is None else {"paced_at": paced_at}
    # How far it has come is no change of it: whoever looks at its page may still pause it.
    db.session.execute(
        update(Campaign)
        .where(Campaign.id == campaign.id)
        .values(due_at=due_at, **paced)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(campaign)
    agenda.note(QUEUE, due_at)


def _messages_of(campaign: Campaign) -> tuple[ColumnElement[bool], ...]:
    return (
        OutreachMessage.tenant_id == campaign.tenant_id,
        OutreachMessage.origin_type == ORIGIN,
        OutreachMessage.origin_id == campaign.id,
    )
