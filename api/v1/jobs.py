"""/api/v1/jobs: long work with progress, and what became of each row."""

import re
from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.v1.schemas import jobs as shapes
from app.access.actor import Actor
from app.bulk_actions import queries as bulk_actions
from app.core.errors import invalid
from app.core.keyset import read_id_cursor
from app.exports import queries as exports
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.jobs import policies, queries, services, wording
from app.jobs.models import Job, JobRow
from app.jobs.queries import Filter

blp = Blueprint("jobs", __name__, url_prefix="/api/v1", description="Long work and its progress.")

_PLAIN = (
    "id", "kind", "title", "state", "total", "done", "succeeded", "failed", "skipped",
    "created_by", "created_at", "started_at", "finished_at",
)  # fmt: skip


def begun(actor: Actor, job: Job) -> dict[str, Any]:
    """A job that was just asked for, as shown."""
    return shown(actor, queries.get(actor, job.id))


def shown(actor: Actor, job: Job) -> dict[str, Any]:
    """A job as its reader sees it."""
    return {
        **{name: getattr(job, name) for name in _PLAIN},
        "cancelling": job.cancel_requested_at is not None and job.finished_at is None,
        "error": wording.error(job, actor.locale),
        "import_id": job.params.get("import_id"),
        "effects": job.position.get("effects"),
        "file": exports.file_of(actor, job),
        "record_type": bulk_actions.record_type_of(job),
        "import_type": job.params.get("type") if "import_id" in job.params else None,
        "undoes_job_id": job.params.get("undoes_job_id"),
        "undo_job_id": job.position.get("undo_job_id"),
        "can": {
            "cancel": job.can_be_cancelled and policies.may_cancel(actor, job),
            "undo": bulk_actions.can_undo(actor, job),
        },
    }


@blp.route("/jobs")
class Jobs(MethodView):
    """Long work, running and done."""

    @signed_in
    @blp.arguments(shapes.JobQuery, location="query")
    @blp.response(200, shapes.JobList)
    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The jobs one may see, the newest first."""
        actor, limit = current_actor(), asked["limit"]
        wanted = Filter(kind=asked["kind"], state=asked["state"])
        jobs = queries.page(actor, wanted, before=read_id_cursor(asked["cursor"]), limit=limit + 1)
        return {
            "items": [shown(actor, job) for job in jobs[:limit]],
            "next_cursor": jobs[limit - 1].id.hex if len(jobs) > limit else None,
        }


@blp.route("/jobs/<uuid:job_id>")
class OneJob(MethodView):
    """A piece of long work."""

    @signed_in
    @blp.response(200, shapes.Job)
    def get(self, job_id: UUID) -> dict[str, Any]:
        """How far it is; ask again each second while it runs."""
        actor = current_actor()
        return shown(actor, queries.get(actor, job_id))


@blp.route("/jobs/<uuid:job_id>/rows")
class JobRows(MethodView):
    """What became of each row."""

    @signed_in
    @blp.arguments(shapes.JobRowQuery, location="query")
    @blp.response(200, shapes.JobRowList)
    def get(self, asked: dict[str, Any], job_id: UUID) -> dict[str, Any]:
        """The rows that are done, in order."""
        actor, limit = current_actor(), asked["limit"]
        job = queries.get(actor, job_id)
        rows = queries.rows(job, outcome=asked["outcome"], after=_row_after(asked["cursor"]), limit=limit + 1)
        return {
            "items": [_row(actor, job, row) for row in rows[:limit]],
            "next_cursor": str(rows[limit - 1].row) if len(rows) > limit else None,
        }


@blp.route("/jobs/<uuid:job_id>/cancellation")
class JobCancellation(MethodView):
    """The wish that it stop."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.Job)
    def post(self, job_id: UUID) -> dict[str, Any]:
        """Stop it, within a chunk; what was done stays done. Again does no harm."""
        actor = current_actor()
        job = queries.get(actor, job_id)
        services.cancel(actor, job)
        return shown(actor, job)


def _row(actor: Actor, job: Job, row: JobRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "outcome": row.outcome,
        "label": row.label,
        "record_id": row.record_id,
        "messages": wording.told(job.kind, row, reader=actor),
    }


def _row_after(cursor: str | None) -> int:
    if not cursor:
        return 0
    if not re.fullmatch(r"[1-9][0-9]{0,8}", cursor):
        raise invalid("cursor", "bad-cursor")
    return int(cursor)
