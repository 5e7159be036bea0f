"""/api/v1/exports: whole lists as files, written by the workers."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1 import jobs as jobs_door
from api.v1.schemas import exports as shapes
from api.v1.schemas.jobs import Job as JobShape
from app.exports import services
from app.exports.models import Format, Wanted
from app.http import downloads
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.jobs import queries as jobs
from app.lists.questions import Question
from app.spreadsheets.registry import fields_of

blp = Blueprint("exports", __name__, url_prefix="/api/v1", description="Taking lists out as files.")

_FILE = {"type": "string", "format": "binary"}


@blp.route("/exports")
class Exports(MethodView):
    """Lists to be written down."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ExportIn)
    @blp.response(202, JobShape)
    def post(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Begin; the job tells how far it is, and has the file at its end."""
        actor = current_actor()
        wanted = Wanted(
            type=sent["type"],
            format=Format(sent["format"]),
            fields=sent["field_names"] or list(fields_of(actor, sent["type"])),
            question=Question(q=sent["q"], filter=sent["filter"], sort=sent["sort"]),
        )
        job = services.start(actor, wanted)
        return jobs_door.begun(actor, job)


@blp.route("/export-columns")
class Columns(MethodView):
    """The columns there are."""

    @signed_in
    @blp.arguments(shapes.ExportColumnsQuery, location="query")
    @blp.response(200, shapes.ExportColumns)
    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What can stand in the columns of a file."""
        actor = current_actor()
        known = fields_of(actor, asked["type"]).values()
        return {"items": [{"name": field.name, "label": field.label(actor.locale)} for field in known]}


@blp.route("/jobs/<uuid:job_id>/file")
class JobFile(MethodView):
    """The file that a job has made."""

    @signed_in
    @blp.response(200, _FILE, content_type="application/octet-stream")
    def get(self, job_id: UUID) -> Response:
        """Fetch it: only whoever asked for it can, for a week."""
        actor = current_actor()
        job = jobs.get(actor, job_id)
        path = services.fetch(actor, job)
        return downloads.attachment(path.open("rb"), job.title, downloads.ANYTHING)
