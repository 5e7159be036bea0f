"""/api/v1/service-records: what was done for customers, on what stands there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import service_records as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.core.money import Money
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.service_records import cards, queries, services
from app.service_records.drafts import ServiceDraft
from app.service_records.models import ServiceRecord
from app.service_records.policies import SUBJECT

blp = Blueprint("service-records", __name__, url_prefix="/api/v1", description="What was done for customers.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts, searchable=False)
_as_sent = shapes.ServiceRecordPatch()


def _drafted(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, in the words of the domain."""
    values = dict(sent)
    if values.get("fee") is not None:
        values["fee"] = Money(**values["fee"])
    return values


def _to_change(actor: Actor, record_id: UUID, sent: Mapping[str, Any]) -> ServiceRecord:
    """The record, locked, if the caller's change is based on what it is now."""
    record = queries.get(actor, record_id, to_change=True)
    etag.check(
        record,
        _as_sent.dump(sent),
        lambda: cards.flat(cards.whole_now(actor, record_id)),
        lambda: last_change(SUBJECT, record_id),
    )
    return record


@blp.route("/service-records")
class ServiceRecords(MethodView):
    """Service records."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.ServiceRecordPage)
    def get(self) -> Response:
        """What was done for the customers one may see, filtered and sorted."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ServiceRecordIn)
    @blp.response(201, shapes.ServiceRecordWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Tell what was done; after a maintenance, its asset knows when the next is due."""
        actor = current_actor()
        record_id = services.create(actor, ServiceDraft(**_drafted(sent)))
        response = answers.ready(cards.whole_now(actor, record_id), 201)
        response.headers["Location"] = f"/api/v1/service-records/{record_id}"
        return response


@blp.route("/service-records/<uuid:service_record_id>")
class OneServiceRecord(MethodView):
    """A service record."""

    @hot_read
    @blp.response(200, shapes.ServiceRecordWhole)
    def get(self, service_record_id: UUID) -> Response:
        """What was done once."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), service_record_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.ServiceRecordPatch)
    @blp.response(200, shapes.ServiceRecordWhole)
    def patch(self, sent: dict[str, Any], service_record_id: UUID) -> Response:
        """Change what was told."""
        actor = current_actor()
        services.update(actor, _to_change(actor, service_record_id, sent), _drafted(sent))
        return answers.ready(cards.whole_now(actor, service_record_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, service_record_id: UUID) -> None:
        """Put a service record into the recycle bin."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, service_record_id, {}))
