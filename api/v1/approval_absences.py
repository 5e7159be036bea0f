"""/api/v1/approval-absences: being away, and who decides meanwhile."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import approval_absences as shapes
from app.approvals import queries
from app.approvals.models import Absence
from app.approvals.people import Company
from app.approvals.services import absences
from app.http import answers, etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.lists.instants import utc

blp = Blueprint("approval-absences", __name__, url_prefix="/api/v1", description="Being away.")


def _shown(found: Sequence[Absence]) -> list[dict[str, Any]]:
    called = Company().of(one.delegate_id for one in found if one.delegate_id)
    return [
        {
            "id": one.id,
            "version": one.version,
            "starts_at": utc(one.starts_at),
            "ends_at": utc(one.ends_at),
            "delegate": {"id": one.delegate_id, "name": called[one.delegate_id].name}
            if one.delegate_id
            else None,
            "kinds": one.kinds,
        }
        for one in found
    ]


@blp.route("/approval-absences")
class Absences(MethodView):
    """When one is away."""

    @signed_in
    @blp.response(200, shapes.Absences)
    def get(self) -> Response:
        """When one is away, now or later, the next first."""
        return answers.ready({"items": _shown(queries.absences(current_actor()))})

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.AbsenceIn)
    @blp.response(201, shapes.AbsenceOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Say when one is away, and who decides meanwhile, if anybody."""
        words = sent.pop("kinds")
        absence = absences.announce(current_actor(), words=words, **sent)
        return answers.ready(_shown([absence])[0], 201)


@blp.route("/approval-absences/<uuid:absence_id>")
class OneAbsence(MethodView):
    """An absence of one's own."""

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, absence_id: UUID) -> None:
        """Be there again before it was said."""
        actor = current_actor()
        absence = queries.own_absence(actor, absence_id)
        etag.check(absence, {}, lambda: _shown([absence])[0])
        absences.be_back(actor, absence)
