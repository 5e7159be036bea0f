"""/api/v1/fields: what a company adds to its records, and how their pages are laid out."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import fields as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.core.messages import say
from app.core.origin import current_origin
from app.fields import layouts, queries, rights, services, trying
from app.fields.models import FieldDefinition
from app.fields.services import SUBJECT, FieldDraft
from app.fields.states import FieldKind
from app.http import answers, etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("fields", __name__, url_prefix="/api/v1", description="The company's own fields.")
_KIND = f"/record-kinds/<any({','.join(map(repr, shapes.ENTITIES))}):entity>"


def _card(definition: FieldDefinition) -> dict[str, Any]:
    names = (
        "id",
        "version",
        "entity",
        "key",
        "label",
        "help",
        "kind",
        "settings",
        "rules",
        "required",
        "filterable",
    )
    shown = {name: getattr(definition, name) for name in names}
    shown |= {name: getattr(definition, name) for name in ("retired_at", "created_at", "updated_at")}
    shown |= {"default": definition.default_value, "unique": definition.is_unique}
    card: dict[str, Any] = shapes.FieldOut().dump({**shown, "ready": definition.ready_at is not None})
    return card


def _to_change(actor: Actor, field_id: UUID, sent: dict[str, Any]) -> FieldDefinition:
    definition = queries.get(actor, field_id, to_change=True)
    etag.check(definition, sent, lambda: _card(definition), lambda: last_change(SUBJECT, field_id))
    return definition


@blp.route(_KIND)
class RecordKind(MethodView):
    """What a kind of record is made of."""

    @signed_in
    @blp.response(200, shapes.Description)
    def get(self, entity: str) -> Response:
        """Sections, fields, filters and sorts of customers, contacts or activities, as pages draw them."""
        return answers.ready(queries.description(current_actor(), entity))


@blp.route(f"{_KIND}/layout")
class RecordKindLayout(MethodView):
    """The order of its fields."""

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.LayoutIn)
    @blp.response(200, shapes.Description)
    def put(self, sent: dict[str, Any], entity: str) -> Response:
        """Put the fields of a kind of record in sections and in order."""
        actor = current_actor()
        layout = layouts.get(entity)
        etag.check(layout, sent, lambda: {"sections": layout.sections})
        services.arrange(actor, layout, sent["sections"])
        return answers.ready(queries.description(actor, entity))


@blp.route(f"{_KIND}/rights")
class RecordKindRights(MethodView):
    """Who may read and write its fields."""

    @signed_in
    @blp.response(200, shapes.Rights)
    def get(self, entity: str) -> Response:
        """What roles may not do with the fields of a kind of record."""
        return answers.ready({"rights": queries.rights_of(current_actor(), entity)})

    @signed_in
    @blp.arguments(shapes.Rights)
    @blp.response(200, shapes.Rights)
    def put(self, sent: dict[str, Any], entity: str) -> Response:
        """Say what roles may do with the fields of a kind of record; it holds from the next request on."""
        actor = current_actor()
        rights.decide(actor, entity, sent["rights"])
        return answers.ready({"rights": queries.rights_of(actor, entity)})


@blp.route(f"{_KIND}/fields")
class RecordKindFields(MethodView):
    """Its own fields."""

    @signed_in
    @blp.response(200, shapes.FieldList)
    def get(self, entity: str) -> Response:
        """All fields that the company has added to a kind of record, retired ones too."""
        return jsonify({"items": [_card(one) for one in queries.definitions(current_actor(), entity)]})


@blp.route(f"{_KIND}/formula-trials")
class FormulaTrials(MethodView):
    """Formulas that are being written."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.FormulaIn)
    @blp.response(200, shapes.FormulaTrial)
    def post(self, sent: dict[str, Any], entity: str) -> Response:
        """Try a formula: whether it can be read, and what it comes to for the latest record one sees."""
        actor = current_actor()
        trial = trying.run(actor, entity, sent.pop("key"), sent)
        fault = trial.fault and say(trial.fault.code, current_origin().locale, **dict(trial.fault.facts))
        return answers.ready({"fault": fault, "at": trial.at, "record": trial.record, "value": trial.value})


@blp.route("/fields")
class Fields(MethodView):
    """Adding fields."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.FieldIn)
    @blp.response(201, shapes.FieldOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Add a field to a kind of record."""
        draft = FieldDraft(**{**sent, "kind": FieldKind(sent["kind"])})
        return _answer(services.create(current_actor(), draft), 201)


@blp.route("/fields/<uuid:field_id>")
class OneField(MethodView):
    """A field."""

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.FieldPatch)
    @blp.response(200, shapes.FieldOut)
    def patch(self, sent: dict[str, Any], field_id: UUID) -> Response:
        """Change a field; its kind and key stay."""
        actor = current_actor()
        definition = _to_change(actor, field_id, sent)
        services.change(actor, definition, sent)
        return _answer(definition)


@blp.route("/fields/<uuid:field_id>/retirement")
class FieldRetirement(MethodView):
    """Whether a field is in use."""

    @signed_in
    @blp.needs_version
    @blp.response(200, shapes.FieldOut)
    def put(self, field_id: UUID) -> Response:
        """Take a field off all pages; what is filled in stays."""
        actor = current_actor()
        definition = _to_change(actor, field_id, {})
        services.retire(actor, definition)
        return _answer(definition)

    @signed_in
    @blp.needs_version
    @blp.response(200, shapes.FieldOut)
    def delete(self, field_id: UUID) -> Response:
        """Put a retired field back on its pages."""
        actor = current_actor()
        definition = _to_change(actor, field_id, {})
        services.bring_back(actor, definition)
        return _answer(definition)


def _answer(definition: FieldDefinition, status: int = 200) -> Response:
    return answers.ready(_card(definition), status)
