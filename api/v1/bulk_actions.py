"""/api/v1/bulk-actions: the same done with many records, by the workers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.v1 import jobs as jobs_door
from api.v1.schemas import bulk_actions as shapes
from api.v1.schemas.jobs import Job as JobShape
from app.bulk_actions import services
from app.bulk_actions.models import Action, Wanted
from app.core import clock
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.jobs import queries as jobs
from app.lists.questions import Question

blp = Blueprint(
    "bulk-actions", __name__, url_prefix="/api/v1", description="The same done with many records."
)


def _kept(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes as a job keeps them."""
    moments = {name: one.isoformat() for name, one in changes.items() if isinstance(one, datetime)}
    ids = {name: str(one) for name, one in changes.items() if isinstance(one, UUID)}
    return {**changes, **moments, **ids}


def _said(consent: Mapping[str, Any] | None) -> dict[str, Any]:
    """A consent as a job keeps it; what has no moment was said now, not when the job comes to it."""
    if consent is None:
        return {}
    said_at = consent["said_at"] or clock.now()
    return {**consent, "said_at": said_at.isoformat(), "evidence": consent["evidence"] or None}


@blp.route("/bulk-actions")
class BulkActions(MethodView):
    """What is to be done with many records."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.BulkActionIn)
    @blp.response(202, JobShape)
    def post(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Begin; the job tells how far it is, and what became of each record."""
        actor, record_ids = current_actor(), sent["record_ids"]
        question = Question(q=sent["q"], filter=sent["filter"], sort=sent["sort"])
        wanted = Wanted(
            type=sent["type"],
            action=Action(sent["action"]),
            changes=_kept(sent["changes"]),
            tags_added=tuple(sent["tags_added"]),
            tags_removed=tuple(sent["tags_removed"]),
            owner_id=sent["owner_id"],
            days=sent["days"],
            said=_said(sent["consent"]),
            question=question if record_ids is None else None,
        )
        job = services.start(actor, wanted, record_ids)
        return jobs_door.begun(actor, job)


@blp.route("/jobs/<uuid:job_id>/undo")
class JobUndo(MethodView):
    """Taking back what a job has done."""

    @signed_in
    @blp.takes_key
    @blp.response(202, JobShape)
    def post(self, job_id: UUID) -> dict[str, Any]:
        """Begin to put back what nobody has changed since; the job tells what could not be."""
        actor = current_actor()
        job = services.undo(actor, jobs.get(actor, job_id))
        return jobs_door.begun(actor, job)
