"""/api/v1/imports: from a file to customers, in four steps."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from uuid import UUID

from flask import Response, jsonify, request
from flask.views import MethodView

from api.v1 import jobs as jobs_door
from api.v1.schemas import imports as shapes
from api.v1.schemas.jobs import Job as JobShape
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.core.errors import NotFound
from app.core.messages import say
from app.core.uow import unit_of_work
from app.http import downloads, etag, identity
from app.http.blueprint import Blueprint
from app.http.door import Door, current_door, signed_in
from app.http.identity import current_actor
from app.imports import cells, drafting, keeping, kept_mappings, queries, reports, services, templates
from app.imports.models import Import
from app.imports.plan import Row
from app.imports.services import Upload
from app.jobs import queries as jobs
from app.spreadsheets import own_fields, values
from app.spreadsheets.registry import ASSET, CONTACT, CUSTOMER, PRODUCT, PURCHASE, imported_of
from app.spreadsheets.vocabulary import Field, Reader

LARGEST_FILE = 200 * 1024 * 1024
_AROUND_A_FILE = 64 * 1024
_CSV = {"type": "string"}
_FILE = {"type": "string", "format": "binary"}

blp = Blueprint("imports", __name__, url_prefix="/api/v1", description="Bringing files in.")


@blp.before_request
def _receive() -> None:
    """Take an upload in: only from those who may, and with no transaction open, as it can last minutes.

    The view asks again who is calling, in the round trip that begins its transaction: much can have changed.
    """
    if request.endpoint != f"{blp.name}.{Imports.__name__}" or request.method != "POST":
        return
    with unit_of_work():
        identity.admit(current_door() or Door("signed-in"), reading=False)
        actor = identity.current_actor()
    if not actor.may(Permission.CUSTOMER_IMPORT):
        raise refuse(actor, Permission.CUSTOMER_IMPORT)
    # Only an upload may be larger than other requests.
    request.max_content_length = LARGEST_FILE + _AROUND_A_FILE
    request.files  # noqa: B018  (reads the body)


@blp.route("/imports")
class Imports(MethodView):
    """Files to be brought in."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.UploadIn, location="form", content_type="multipart/form-data")
    @blp.response(201, shapes.ImportOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Upload a workbook (XLSX, XLS), or separated text in UTF-8, GBK, Big5 or UTF-16; up to 200 MB."""
        actor, file = current_actor(), sent["file"]
        wanted = services.upload(actor, Upload(file.filename, file.stream), type=sent["type"])
        response = _answer(actor, wanted)
        response.status_code = 201
        return response


@blp.route("/imports/<uuid:import_id>")
class OneImport(MethodView):
    """A file and what is to be done with it."""

    @signed_in
    @blp.response(200, shapes.ImportOut)
    def get(self, import_id: UUID) -> Response:
        """What the file looks like, and what was decided so far."""
        actor = current_actor()
        return _answer(actor, queries.get(actor, import_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, import_id: UUID) -> None:
        """Forget a file that was not brought in."""
        actor = current_actor()
        wanted = queries.get(actor, import_id)
        etag.check(wanted, {}, lambda: _shown(actor, wanted))
        services.discard(actor, wanted)


@blp.route("/imports/<uuid:import_id>/mapping")
class ImportMapping(MethodView):
    """Which column goes where."""

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.MappingShape)
    @blp.response(200, shapes.ImportOut)
    def put(self, sent: dict[str, Any], import_id: UUID) -> Response:
        """Decide; the answer shows the first rows as they would come in."""
        actor = current_actor()
        wanted = queries.get(actor, import_id)
        etag.check(wanted, {"mapping": sent}, lambda: _shown(actor, wanted))
        services.set_mapping(actor, wanted, sent)
        return _answer(actor, wanted)


@blp.route("/imports/<uuid:import_id>/used-mapping")
class UsedMapping(MethodView):
    """The mapping with which a file is read."""

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.UsedMappingIn)
    @blp.response(200, shapes.ImportOut)
    def put(self, sent: dict[str, Any], import_id: UUID) -> Response:
        """Read it as another file was read."""
        actor = current_actor()
        wanted = queries.get(actor, import_id)
        etag.check(wanted, sent, lambda: _shown(actor, wanted))
        services.use_mapping(actor, wanted, kept_mappings.get(sent["mapping_id"]))
        return _answer(actor, wanted)


@blp.route("/imports/<uuid:import_id>/sheet")
class ImportSheet(MethodView):
    """Which sheet of a workbook it is."""

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.SheetIn)
    @blp.response(200, shapes.ImportOut)
    def put(self, sent: dict[str, Any], import_id: UUID) -> Response:
        """Choose another; its columns are guessed anew."""
        actor = current_actor()
        wanted = queries.get(actor, import_id)
        etag.check(wanted, sent, lambda: _shown(actor, wanted))
        services.choose_sheet(actor, wanted, sent["sheet"])
        return _answer(actor, wanted)


@blp.route("/imports/<uuid:import_id>/run")
class ImportRun(MethodView):
    """The bringing in."""

    @signed_in
    @blp.takes_key
    @blp.response(202, JobShape)
    def post(self, import_id: UUID) -> dict[str, Any]:
        """Begin; the job tells how far it is."""
        actor = current_actor()
        job = services.run(actor, queries.get(actor, import_id))
        return jobs_door.begun(actor, job)


@blp.route("/imports/<uuid:import_id>/check")
class ImportCheck(MethodView):
    """Trying it out."""

    @signed_in
    @blp.takes_key
    @blp.response(202, JobShape)
    def post(self, import_id: UUID) -> dict[str, Any]:
        """Find out what would become of every row, writing nothing; the job tells it row by row."""
        actor = current_actor()
        job = services.check(actor, queries.get(actor, import_id))
        return jobs_door.begun(actor, job)


@blp.route("/imports/<uuid:import_id>/undo")
class ImportUndo(MethodView):
    """Taking it back."""

    @signed_in
    @blp.takes_key
    @blp.response(202, JobShape)
    def post(self, import_id: UUID) -> dict[str, Any]:
        """Take back what it did, where nobody has touched it since; within a week. A result per row."""
        actor = current_actor()
        job = services.undo(actor, queries.get(actor, import_id))
        return jobs_door.begun(actor, job)


@blp.route("/imports/<uuid:import_id>/alike")
class ImportAlike(MethodView):
    """Rows that may speak of the same as others do."""

    @signed_in
    @blp.response(200, shapes.AlikeList)
    def get(self, import_id: UUID) -> dict[str, Any]:
        """What trying it out has found: the same number, address, code or name in the file, or with us."""
        actor = current_actor()
        wanted = queries.get(actor, import_id)
        job = jobs.get(actor, wanted.check_id) if wanted.check_id else None
        return {"items": job.position.get("alike", []) if job else []}


@blp.route("/imports/<uuid:import_id>/errors.csv")
class ImportErrors(MethodView):
    """The rows that failed."""

    @signed_in
    @blp.response(200, _CSV, content_type="text/csv")
    def get(self, import_id: UUID) -> Response:
        """The rows that failed as they stood in the file, with the reasons in a last column."""
        actor = current_actor()
        wanted = queries.get(actor, import_id)
        if wanted.job_id is None:
            raise NotFound
        file = reports.errors(wanted, jobs.get(actor, wanted.job_id), actor.locale)
        name = say("errors-filename", actor.locale, filename=wanted.filename.rsplit(".", 1)[0])
        return downloads.csv(file, name)


@blp.route("/import-template")
class ImportTemplate(MethodView):
    """A file to fill in."""

    @signed_in
    @blp.arguments(shapes.TemplateQuery, location="query")
    @blp.response(200, _FILE, content_type="application/octet-stream")
    def get(self, asked: dict[str, Any]) -> Response:
        """A workbook with a heading for every field, lists to pick from and an explanation; or CSV."""
        actor = current_actor()
        name = say(_TEMPLATES[asked["type"]], actor.locale, suffix=asked["format"])
        made = templates.workbook if asked["format"] == "xlsx" else reports.template
        return downloads.attachment(made(actor, asked["type"]), name, downloads.ANYTHING)


_TEMPLATES = {
    CUSTOMER: "template-filename",
    CONTACT: "template-filename-contact",
    PRODUCT: "template-filename-product",
    ASSET: "template-filename-asset",
    PURCHASE: "template-filename-purchase",
}
_out = shapes.ImportOut()
_PLAIN = (
    "id", "version", "type", "filename", "size", "encoding", "delimiter", "sheets", "sheet",
    "row_count_estimate", "columns", "mapping", "unmapped_values", "job_id", "check_id", "undo_id",
    "origin", "used_mapping",
)  # fmt: skip


def _answer(actor: Actor, wanted: Import) -> Response:
    return etag.tag(jsonify(_shown(actor, wanted)), wanted)


def _shown(actor: Actor, wanted: Import) -> dict[str, Any]:
    fields = imported_of(actor, wanted.type)
    shown: dict[str, Any] = _out.dump(
        {
            **{name: getattr(wanted, name) for name in _PLAIN},
            "field_list": [_field(field, actor.locale) for field in fields.values()],
            "undo_until": keeping.undo_until(wanted),
            "preview": [_preview(row, fields, actor.locale) for row in queries.preview(actor, wanted)],
        }
    )
    return shown


def _field(field: Field, locale: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": field.name, "label": field.label(locale), "required": field.required}
    if field.choices:
        shown["choices"] = [
            {"value": choice.value, "label": choice.label(locale)} for choice in field.choices
        ]
    return shown


def _value(field: Field, value: Any, locale: str) -> str:
    if field.own:
        return str(own_fields.cell(field.own, value, Reader(locale, UTC)))
    if field.kind == "percent":
        return values.percent(value)
    labels = {choice.value: choice.label(locale) for choice in field.choices}
    return labels.get(value, "") if labels else cells.shown(value)


def _preview(row: Row, fields: Mapping[str, Field], locale: str) -> dict[str, Any]:
    return {
        "row": row.number,
        "values": {name: _value(fields[name], value, locale) for name, value in row.all_values.items()},
        "errors": [
            {
                "field": drafting.field_of(p.field),
                "code": p.code,
                "message": say(p.code, locale, **dict(p.facts)),
            }
            for p in row.all_problems
        ],
    }
