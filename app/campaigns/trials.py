"""Trying out how a campaign arrives, by sending it to colleagues with samples filled in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import User, UserState
from app.access.rules import guarded
from app.audit import services as audit
from app.campaigns import policies, trail
from app.campaigns.models import Campaign
from app.consents.states import Way
from app.core import phones
from app.core.db import db
from app.core.errors import Conflict, FieldProblem, Invalid
from app.core.ids import new_id
from app.message_templates import enclosed
from app.message_templates import queries as templates
from app.message_templates.models import MessageTemplate
from app.message_templates.own_variables import samples
from app.message_templates.rendering import filled, render
from app.messaging import services as messaging
from app.messaging import written
from app.messaging.channels.contract import Envelope, Message
from app.outreach import ways

MOST = 5
_MARK = {"zh-CN": "【试发】", "en": "[Trial] "}


class TrialReachesNobody(Conflict):
    """None of the colleagues has an address for the ways of the campaign."""

    code = "campaign-trial-nowhere"


class TrialWithoutWords(Conflict):
    """No template of the campaign is in use."""

    code = "campaign-trial-wordless"


@guarded(policies.manage)
def send(actor: Actor, campaign: Campaign, user_ids: Sequence[UUID]) -> int:
    """Send a campaign to colleagues in each way that they can be reached in; how many messages that is.

    :param user_ids: never more than `MOST`
    :raises Invalid: naming those who are no colleagues
    :raises TrialWithoutWords: when no template is in use
    :raises TrialReachesNobody: when nobody of them has an address
    """
    people = _people(user_ids)
    usable = templates.usable({choice.template_id for choice in campaign.options})
    words = [usable[choice.template_id] for choice in campaign.options if choice.template_id in usable]
    if not words:
        raise TrialWithoutWords
    count = 0
    files = enclosed.of([one.id for one in words])
    for template in words:
        letters = list(_letters(actor, template, people, files.get(template.id)))
        messaging.enqueue(ways.channel_of(Way(template.way)), letters)
        count += len(letters)
    if not count:
        raise TrialReachesNobody
    audit.record(actor, trail.entry(campaign, "tried-out"))
    return count


def _people(user_ids: Sequence[UUID]) -> Sequence[User]:
    asked = select(User).where(User.id.in_(user_ids), User.state == UserState.ACTIVE).order_by(User.id)
    people = db.session.scalars(asked).all()
    known = {one.id for one in people}
    wrong = [place for place, one in enumerate(user_ids) if one not in known]
    if wrong:
        raise Invalid(*(FieldProblem(f"user_ids.{place}", "unknown-reference") for place in wrong))
    return people


def _letters(
    actor: Actor, template: MessageTemplate, people: Sequence[User], files: Mapping[str, Any] | None
) -> Iterator[Message]:
    values = samples(actor, template.locale)
    words = render(template, values)
    facts: Mapping[str, Any] = {
        "subject": _MARK[template.locale] + words.subject if words.subject else None,
        "text": words.text,
        "html": words.html,
        "template": str(template.id),
        "values": filled(template, values),
    }
    for one in people:
        if address := _address(one, Way(template.way)):
            yield Message(
                kind=written.TRIAL,
                facts=facts,
                to=address,
                envelope=Envelope(to=[address], enclosed=files) if template.way == Way.MAIL else None,
                locale=template.locale,
                dedupe_key=f"{written.TRIAL}:{new_id()}",
                sender_id=actor.id,
            )


def _address(user: User, way: Way) -> str | None:
    if way is Way.MAIL:
        return user.mail_address
    return user.login if way is Way.SMS and phones.is_mobile(user.login) else None
