"""/api/v1/webhooks: other systems that are told what happens here."""

from typing import Any
from uuid import UUID

import orjson
from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import webhooks as shapes
from api.v1.schemas.paging import PageQuery
from app.access.queries.trail import last_change
from app.core.keyset import read_id_cursor
from app.http import etag, idempotency
from app.http.blueprint import Blueprint
from app.http.door import in_person, signed_in
from app.http.identity import current_actor
from app.webhooks import queries, services
from app.webhooks.kinds import KINDS
from app.webhooks.models import Webhook
from app.webhooks.trail import SUBJECT

blp = Blueprint("webhooks", __name__, url_prefix="/api/v1", description="Telling other systems.")
_one, _page, _secret = shapes.WebhookOut(), shapes.WebhookPage(), shapes.WebhookSecret()
_delivery, _deliveries, _detail = shapes.DeliveryOut(), shapes.DeliveryPage(), shapes.DeliveryDetail()


def _answer(webhook: Webhook) -> Response:
    return etag.tag(jsonify(_one.dump(webhook)), webhook)


def _with_secret(webhook: Webhook, secret: str, status: int) -> Response:
    """The webhook with a secret that is shown now, and kept nowhere."""
    shown = {**_one.dump(webhook), "secret": None}
    idempotency.keep_instead(orjson.dumps(shown))
    response = etag.tag(jsonify({**shown, "secret": secret}), webhook)
    response.status_code = status
    return response


@blp.route("/webhooks")
class Webhooks(MethodView):
    """Webhooks."""

    @in_person
    @blp.arguments(PageQuery, location="query")
    @blp.response(200, shapes.WebhookPage)
    def get(self, asked: dict[str, Any]) -> Response:
        """The company's webhooks, the newest first."""
        limit = asked["limit"]
        found = queries.page(current_actor(), after=read_id_cursor(asked["cursor"]), limit=limit + 1)
        last = found[limit - 1].id.hex if len(found) > limit else None
        return jsonify(_page.dump({"items": found[:limit], "next_cursor": last}))

    @in_person
    @blp.takes_key
    @blp.arguments(shapes.WebhookIn)
    @blp.response(201, shapes.WebhookSecret)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a webhook; the secret that signs what it is told is shown now, and never again."""
        return _with_secret(*services.create(current_actor(), **sent), 201)


@blp.route("/webhooks/<uuid:webhook_id>")
class OneWebhook(MethodView):
    """One webhook."""

    @in_person
    @blp.response(200, shapes.WebhookOut)
    def get(self, webhook_id: UUID) -> Response:
        """A webhook."""
        return _answer(queries.get(current_actor(), webhook_id))

    @in_person
    @blp.needs_version
    @blp.arguments(shapes.WebhookPatch)
    @blp.response(200, shapes.WebhookOut)
    def patch(self, sent: dict[str, Any], webhook_id: UUID) -> Response:
        """Tell a webhook other things, elsewhere, or nothing for a while; what happens meanwhile waits."""
        actor = current_actor()
        webhook = queries.get(actor, webhook_id)
        etag.check(webhook, sent, lambda: _one.dump(webhook), lambda: last_change(SUBJECT, webhook_id))
        services.change(actor, webhook, sent)
        return _answer(webhook)

    @in_person
    @blp.response(204)
    def delete(self, webhook_id: UUID) -> None:
        """Remove a webhook, with what it was told and was still to be told."""
        actor = current_actor()
        services.remove(actor, queries.get(actor, webhook_id))


@blp.route("/webhooks/<uuid:webhook_id>/secret")
class Secret(MethodView):
    """What signs what a webhook is told."""

    @in_person
    @blp.takes_key
    @blp.response(201, shapes.WebhookSecret)
    def post(self, webhook_id: UUID) -> Response:
        """Replace the secret; for a day, the one before signs as well."""
        actor = current_actor()
        webhook = queries.get(actor, webhook_id)
        return _with_secret(webhook, services.renew_secret(actor, webhook), 201)


@blp.route("/webhooks/<uuid:webhook_id>/test")
class Test(MethodView):
    """Trying a webhook out."""

    @in_person
    @blp.takes_key
    @blp.response(202, shapes.DeliveryOut)
    def post(self, webhook_id: UUID) -> Response:
        """Send a test event."""
        actor = current_actor()
        response = jsonify(_delivery.dump(services.test(actor, queries.get(actor, webhook_id))))
        response.status_code = 202
        return response


@blp.route("/webhooks/<uuid:webhook_id>/deliveries")
class Deliveries(MethodView):
    """What a webhook was told."""

    @in_person
    @blp.arguments(shapes.DeliveryQuery, location="query")
    @blp.response(200, shapes.DeliveryPage)
    def get(self, asked: dict[str, Any], webhook_id: UUID) -> Response:
        """The events a webhook was told or is to be told, the newest first; kept for thirty days."""
        actor, limit = current_actor(), asked["limit"]
        found = queries.deliveries(
            actor,
            queries.get(actor, webhook_id),
            state=asked.get("state"),
            after=read_id_cursor(asked["cursor"]),
            limit=limit + 1,
        )
        last = found[limit - 1].id.hex if len(found) > limit else None
        return jsonify(_deliveries.dump({"items": found[:limit], "next_cursor": last}))


@blp.route("/webhook-deliveries/<uuid:webhook_delivery_id>")
class OneDelivery(MethodView):
    """One event."""

    @in_person
    @blp.response(200, shapes.DeliveryDetail)
    def get(self, webhook_delivery_id: UUID) -> Response:
        """An event with what is sent, and every try at it."""
        actor = current_actor()
        told = queries.delivery(actor, webhook_delivery_id)
        tries = queries.attempts(actor, told)
        return jsonify({**_detail.dump(told), "tries": shapes.AttemptOut(many=True).dump(tries)})


@blp.route("/webhook-deliveries/<uuid:webhook_delivery_id>/resend")
class Resend(MethodView):
    """Telling an event once more."""

    @in_person
    @blp.takes_key
    @blp.response(202, shapes.DeliveryOut)
    def post(self, webhook_delivery_id: UUID) -> Response:
        """Send an event again, under the same event id."""
        actor = current_actor()
        told = queries.delivery(actor, webhook_delivery_id)
        services.resend(actor, queries.get(actor, told.webhook_id), told)
        response = jsonify(_delivery.dump(told))
        response.status_code = 202
        return response


@blp.route("/webhook-events")
class WebhookEvents(MethodView):
    """What there is to be told."""

    @signed_in
    @blp.response(200, shapes.WebhookEvents)
    def get(self) -> dict[str, Any]:
        """What webhooks can be told of."""
        return {"items": KINDS}
