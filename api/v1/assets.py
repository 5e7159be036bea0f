"""/api/v1/assets: what stands at customers and is looked after."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1 import timelines
from api.v1.schemas import assets as shapes
from api.v1.schemas.timelines import Timeline
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.assets import cards, queries, services
from app.assets.drafts import AssetDraft
from app.assets.models import Asset
from app.assets.policies import SUBJECT
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.insights.timeline_reach import ASSET

blp = Blueprint("assets", __name__, url_prefix="/api/v1", description="What stands at customers.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts)
_as_sent = shapes.AssetPatch()


def _to_change(actor: Actor, asset_id: UUID, sent: Mapping[str, Any]) -> Asset:
    """The asset, locked, if the caller's change is based on what it is now."""
    asset = queries.get(actor, asset_id, to_change=True)
    etag.check(
        asset,
        _as_sent.dump(sent),
        lambda: cards.flat(cards.whole_now(actor, asset_id)),
        lambda: last_change(SUBJECT, asset_id),
    )
    return asset


@blp.route("/assets")
class Assets(MethodView):
    """Assets."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.AssetPage)
    def get(self) -> Response:
        """The assets one may see, filtered, sorted, found by any fragment of a name or serial number."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.AssetIn)
    @blp.response(201, shapes.AssetWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Note what stands at a customer."""
        actor = current_actor()
        asset_id = services.create(actor, AssetDraft(**sent))
        response = answers.ready(cards.whole_now(actor, asset_id), 201)
        response.headers["Location"] = f"/api/v1/assets/{asset_id}"
        return response


@blp.route("/assets/<uuid:asset_id>")
class OneAsset(MethodView):
    """An asset."""

    @hot_read
    @blp.response(200, shapes.AssetWhole)
    def get(self, asset_id: UUID) -> Response:
        """An asset with everything its page shows."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), asset_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.AssetPatch)
    @blp.response(200, shapes.AssetWhole)
    def patch(self, sent: dict[str, Any], asset_id: UUID) -> Response:
        """Change an asset; until when its warranty lasts and when it is due is worked out anew."""
        actor = current_actor()
        services.update(actor, _to_change(actor, asset_id, sent), sent)
        return answers.ready(cards.whole_now(actor, asset_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, asset_id: UUID) -> None:
        """Put an asset into the recycle bin; what was done on it stays with its customer."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, asset_id, {}))


@blp.route("/assets/<uuid:asset_id>/timeline")
class AssetTimeline(MethodView):
    """What happened to an asset."""

    @hot_read
    @blp.doc(parameters=timelines.PARAMETERS)
    @blp.response(200, Timeline)
    def get(self, asset_id: UUID) -> Response:
        """What happened to an asset and was done on it, the latest first."""
        cards.demand(identity.hot_driver(), current_actor(), asset_id)
        return timelines.answer(ASSET, asset_id)
