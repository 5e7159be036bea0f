"""What keeps a campaign from being started, each with its place."""

from collections.abc import Iterator

from app.access.actor import Actor
from app.campaigns import audience, foreseeing
from app.campaigns.models import Campaign
from app.core import clock
from app.core.errors import FieldProblem, Invalid
from app.message_templates import queries as templates
from app.outreach import foreseeing as outreach
from app.outreach.states import Reason

TRIED = 50
"""For so many it is tried whether a message says all it should."""
_OF_TEXT = {
    Reason.VALUE_MISSING.value: "campaign-value-missing",
    Reason.NOT_APPROVED.value: "campaign-not-approved",
}


def problems(reader: Actor, campaign: Campaign) -> list[FieldProblem]:
    """Everything that keeps a campaign from being started."""
    found = [*_moment(campaign), *_texts(campaign)]
    return found or [*_people(reader, campaign)]


def _moment(campaign: Campaign) -> Iterator[FieldProblem]:
    if campaign.start_at is not None and campaign.start_at <= clock.now():
        yield FieldProblem("start_at", "campaign-moment-past")


def _texts(campaign: Campaign) -> Iterator[FieldProblem]:
    usable = templates.usable({choice.template_id for choice in campaign.options})
    for place, choice in enumerate(campaign.options):
        template, at = usable.get(choice.template_id), f"choices.{place}.template_id"
        if template is None:
            yield FieldProblem(at, "campaign-template-off")
        elif template.way != choice.way:
            yield FieldProblem(at, "campaign-template-of-other-way")
        elif template.purpose != campaign.purpose:
            yield FieldProblem(at, "campaign-template-of-other-purpose")


def _people(reader: Actor, campaign: Campaign) -> Iterator[FieldProblem]:
    try:
        meant = audience.people(reader, campaign.audience, [choice.way for choice in campaign.options])
    except Invalid:
        yield FieldProblem("audience", "campaign-field-gone")
        return
    if not meant:
        yield FieldProblem("audience", "campaign-nobody")
        return
    tried = [one.contact_id for one in meant if not one.same_address][:TRIED]
    foreseen = outreach.foresee(reader, foreseeing.occasions(campaign, tried))
    said = [_OF_TEXT.get(str(one.reason)) for one in foreseen]
    if said and said[0] and all(said):
        yield FieldProblem("choices", said[0])
