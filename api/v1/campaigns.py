"""/api/v1/campaigns: one message to many people."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import campaigns as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.campaigns import cards, checking, foreseeing, queries, responses, services, trials
from app.campaigns.models import Campaign
from app.campaigns.states import CampaignState
from app.campaigns.trail import SUBJECT
from app.core.messages import say
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor

blp = Blueprint("campaigns", __name__, url_prefix="/api/v1", description="Campaigns: one message to many.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts, searchable=False)
_preview = shapes.CampaignPreview()
_MOVES = {
    CampaignState.SENDING: services.resume,
    CampaignState.PAUSED: services.pause,
    CampaignState.CANCELLED: services.cancel,
}


def _to_change(actor: Actor, campaign_id: UUID, sent: Mapping[str, Any]) -> Campaign:
    """The campaign, locked, if the caller's change is based on what it is now."""
    campaign = queries.get(actor, campaign_id, to_change=True)
    etag.check(
        campaign,
        sent,
        lambda: cards.flat(cards.whole_now(actor, campaign_id)),
        lambda: last_change(SUBJECT, campaign_id),
    )
    return campaign


def _made(actor: Actor, campaign_id: UUID) -> Response:
    response = answers.ready(cards.whole_now(actor, campaign_id), 201)
    response.headers["Location"] = f"/api/v1/campaigns/{campaign_id}"
    return response


@blp.route("/campaigns")
class Campaigns(MethodView):
    """Campaigns."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.CampaignPage)
    def get(self) -> Response:
        """The company's campaigns, each with what has come of it."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CampaignIn)
    @blp.response(201, shapes.CampaignOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a campaign; it is a draft until it is started."""
        actor = current_actor()
        return _made(actor, services.create(actor, sent))


@blp.route("/campaigns/<uuid:campaign_id>")
class OneCampaign(MethodView):
    """A campaign."""

    @hot_read
    @blp.response(200, shapes.CampaignOut)
    def get(self, campaign_id: UUID) -> Response:
        """A campaign with what has come of it."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), campaign_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.CampaignPatch)
    @blp.response(200, shapes.CampaignOut)
    def patch(self, sent: dict[str, Any], campaign_id: UUID) -> Response:
        """Change a draft."""
        actor = current_actor()
        services.change(actor, _to_change(actor, campaign_id, sent), sent)
        return answers.ready(cards.whole_now(actor, campaign_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, campaign_id: UUID) -> None:
        """Remove a draft, or a campaign that is over; its messages stay."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, campaign_id, {}))


@blp.route("/campaigns/<uuid:campaign_id>/start")
class CampaignStart(MethodView):
    """Having a campaign begin."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CampaignStartIn)
    @blp.response(200, shapes.CampaignOut)
    def post(self, sent: dict[str, Any], campaign_id: UUID) -> Response:
        """Have a campaign begin at its moment, or now; what keeps it from that is named."""
        actor = current_actor()
        campaign = queries.get(actor, campaign_id, to_change=True)
        services.start(actor, campaign, confirmed=sent["confirmed_count"])
        return answers.ready(cards.whole_now(actor, campaign_id))


@blp.route("/campaigns/<uuid:campaign_id>/state")
class CampaignMove(MethodView):
    """How a campaign goes on."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CampaignStateIn)
    @blp.response(200, shapes.CampaignOut)
    def post(self, sent: dict[str, Any], campaign_id: UUID) -> Response:
        """Pause a campaign, go on with it, or cancel it."""
        actor = current_actor()
        _MOVES[CampaignState(sent["state"])](actor, queries.get(actor, campaign_id, to_change=True))
        return answers.ready(cards.whole_now(actor, campaign_id))


@blp.route("/campaigns/<uuid:campaign_id>/copies")
class CampaignCopies(MethodView):
    """Drafts that are like a campaign."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CampaignCopyIn)
    @blp.response(201, shapes.CampaignOut)
    def post(self, sent: dict[str, Any], campaign_id: UUID) -> Response:
        """Make a draft that is like a campaign."""
        actor = current_actor()
        return _made(actor, services.copy(actor, queries.get(actor, campaign_id), sent["name"]))


@blp.route("/campaigns/<uuid:campaign_id>/check")
class CampaignChecks(MethodView):
    """What keeps a campaign from being started."""

    @signed_in
    @blp.response(200, shapes.CampaignCheck)
    def get(self, campaign_id: UUID) -> Response:
        """What keeps a campaign from being started; nothing: it can be."""
        actor = current_actor()
        found = checking.problems(actor, queries.get(actor, campaign_id))
        items = [
            {
                "field": one.field,
                "code": one.code,
                "message": say(one.code, actor.locale, **dict(one.facts)),
            }
            for one in found
        ]
        return jsonify({"items": items})


@blp.route("/campaigns/<uuid:campaign_id>/preview")
class CampaignPreviews(MethodView):
    """What would become of a campaign."""

    @signed_in
    @blp.response(200, shapes.CampaignPreview)
    def get(self, campaign_id: UUID) -> Response:
        """Whom a campaign would reach and in which ways if it began now, and what some would read."""
        actor = current_actor()
        return jsonify(_preview.dump(foreseeing.preview(actor, queries.get(actor, campaign_id))))


@blp.route("/campaigns/<uuid:campaign_id>/response")
class CampaignResponses(MethodView):
    """What those did who got a campaign."""

    @hot_read
    @blp.response(200, shapes.CampaignResponse)
    def get(self, campaign_id: UUID) -> Response:
        """How many followed a link, answered, or want no more of it; links by how many followed them."""
        return answers.ready(responses.of(identity.hot_driver(), current_actor(), campaign_id))


@blp.route("/campaigns/<uuid:campaign_id>/trials")
class CampaignTrials(MethodView):
    """Trying a campaign out on colleagues."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CampaignTrialIn)
    @blp.response(201, shapes.CampaignTrial)
    def post(self, sent: dict[str, Any], campaign_id: UUID) -> Response:
        """Send a campaign to colleagues, with samples filled in, in each way that they can be reached in."""
        actor = current_actor()
        count = trials.send(actor, queries.get(actor, campaign_id), sent["user_ids"])
        return answers.ready({"count": count}, 201)
