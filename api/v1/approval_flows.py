"""/api/v1/approval-flows: how things are granted, as an administrator draws it."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import approval_flows as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.approvals.cards import flows as cards
from app.approvals.flow_models import ApprovalFlow
from app.approvals.flow_schema import SCHEMA
from app.approvals.services import flows
from app.http import answers, etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("approval-flows", __name__, url_prefix="/api/v1", description="How things are granted.")

_SCHEMA = {"application/json": {"schema": {"type": "object"}}}


def _to_change(actor: Actor, flow_id: UUID, sent: dict[str, Any]) -> ApprovalFlow:
    """The flow, locked, if the caller's change is based on what it is now."""
    flow = cards.get(actor, flow_id, to_change=True)
    etag.check(flow, sent, lambda: cards.card(flow), lambda: last_change(flows.SUBJECT, flow_id))
    return flow


@blp.route("/approval-kinds")
class Kinds(MethodView):
    """What can be granted."""

    @signed_in
    @blp.response(200, shapes.Kinds)
    def get(self) -> Response:
        """Every kind of subject, with what a flow can ask of it."""
        return answers.ready(cards.all_kinds(current_actor()))


@blp.route("/approval-flow-schema")
class FlowSchema(MethodView):
    """What can be drawn."""

    @signed_in
    @blp.doc(responses={"200": {"description": "A JSON Schema", "content": _SCHEMA}})
    def get(self) -> Response:
        """The JSON Schema of a flow's definition, for programs that draw flows themselves."""
        return answers.ready(SCHEMA)


@blp.route("/approval-flows")
class Flows(MethodView):
    """Flows."""

    @signed_in
    @blp.response(200, shapes.Flows)
    def get(self) -> Response:
        """All flows, by name."""
        return answers.ready(cards.all_of(current_actor()))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.FlowIn)
    @blp.response(201, shapes.FlowWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Begin a flow, with nothing drawn yet."""
        flow = flows.create(current_actor(), **sent)
        response = answers.ready(cards.whole(flow), 201)
        response.headers["Location"] = f"/api/v1/approval-flows/{flow.id}"
        return response


@blp.route("/approval-flows/<uuid:flow_id>")
class OneFlow(MethodView):
    """A flow."""

    @signed_in
    @blp.response(200, shapes.FlowWhole)
    def get(self, flow_id: UUID) -> Response:
        """A flow with what is drawn, or else in force."""
        return answers.ready(cards.whole(cards.get(current_actor(), flow_id)))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.FlowPatch)
    @blp.response(200, shapes.FlowWhole)
    def patch(self, sent: dict[str, Any], flow_id: UUID) -> Response:
        """Call a flow otherwise, or open it to more or fewer readers."""
        actor = current_actor()
        flow = _to_change(actor, flow_id, sent)
        flows.update(actor, flow, sent)
        return answers.ready(cards.whole(flow))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, flow_id: UUID) -> None:
        """Delete a flow that was never in force."""
        actor = current_actor()
        flows.delete(actor, _to_change(actor, flow_id, {}))


@blp.route("/approval-flows/<uuid:flow_id>/draft")
class Draft(MethodView):
    """What is drawn."""

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.DraftIn)
    @blp.response(200, shapes.FlowWhole)
    def put(self, sent: dict[str, Any], flow_id: UUID) -> Response:
        """Keep what is drawn, though it be unfinished; tells what is still wrong with it."""
        actor = current_actor()
        flow = _to_change(actor, flow_id, {})
        flows.draw(actor, flow, sent["definition"])
        return answers.ready(cards.whole(flow))


@blp.route("/approval-flows/<uuid:flow_id>/publication")
class Publication(MethodView):
    """In force."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.response(200, shapes.FlowWhole)
    def post(self, flow_id: UUID) -> Response:
        """Put what is drawn in force; what is on its way finishes with the version it began with."""
        actor = current_actor()
        flow = _to_change(actor, flow_id, {})
        flows.publish(actor, flow)
        return answers.ready(cards.whole(flow))


@blp.route("/approval-flows/<uuid:flow_id>/retirement")
class Retirement(MethodView):
    """Not in force any more."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.response(200, shapes.FlowWhole)
    def post(self, flow_id: UUID) -> Response:
        """Let nothing new begin with a flow; what is on its way finishes."""
        actor = current_actor()
        flow = _to_change(actor, flow_id, {})
        flows.retire(actor, flow)
        return answers.ready(cards.whole(flow))


@blp.route("/approval-flows/<uuid:flow_id>/simulation")
class Simulation(MethodView):
    """A flow tried."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.SimulationIn)
    @blp.response(200, shapes.WayOut)
    def post(self, sent: dict[str, Any], flow_id: UUID) -> Response:
        """The way something would take, and whom it would meet, if everybody agreed."""
        actor = current_actor()
        found = flows.simulate(actor, cards.get(actor, flow_id), **sent)
        return answers.ready(cards.way(found))


@blp.route("/approval-flows/<uuid:flow_id>/versions")
class Versions(MethodView):
    """What was in force."""

    @signed_in
    @blp.response(200, shapes.FlowVersions)
    def get(self, flow_id: UUID) -> Response:
        """The published versions of a flow, the latest first."""
        return answers.ready(cards.versions(cards.get(current_actor(), flow_id)))


@blp.route("/approval-flow-versions/<uuid:version_id>")
class OneVersion(MethodView):
    """What was in force."""

    @signed_in
    @blp.response(200, shapes.FlowVersionOut)
    def get(self, version_id: UUID) -> Response:
        """A published version with its definition."""
        return answers.ready(cards.version_whole(cards.version(current_actor(), version_id)))
