"""/api/v1/audit-records: who did what."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import audit_records as shapes
from app.access.actor import SYSTEM_ID, Actor
from app.access.queries import trail
from app.audit.models import AuditRecord
from app.audit.queries import TrailFilter
from app.core.keyset import Sort, instant_key, read_cursor, write_cursor
from app.fields import rights
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("audit-records", __name__, url_prefix="/api/v1", description="Who did what.")
_LATEST_FIRST = Sort(instant_key("at"), descending=True)
_FILTERS = ("actor_id", "action", "subject_type", "subject_id", "since", "until")
_page, _seal = shapes.AuditPage(), shapes.AuditSealOut()


def _shown(actor: Actor, record: AuditRecord, tokens: Mapping[UUID | None, str]) -> dict[str, Any]:
    by_somebody = record.actor_id not in {None, SYSTEM_ID}
    return {
        "id": record.id,
        "at": record.at,
        "actor": {"id": record.actor_id, "name": record.actor_name} if by_somebody else None,
        "via": {"id": token, "name": tokens[token]} if (token := record.session_id) in tokens else None,
        "ip": record.ip,
        "user_agent": record.user_agent,
        "action": record.action,
        "subject_type": record.subject_type,
        "subject_id": record.subject_id,
        "subject_label": record.subject_label,
        "changes": rights.visible(actor, record.subject_type, record.changes),
    }


@blp.route("/audit-records")
class AuditRecords(MethodView):
    """The trail."""

    @signed_in
    @blp.arguments(shapes.AuditQuery, location="query")
    @blp.response(200, shapes.AuditPage)
    def get(self, asked: dict[str, Any]) -> Response:
        """Who did what, the latest first."""
        limit = asked["limit"]
        place = read_cursor(asked["cursor"], _LATEST_FIRST) if asked["cursor"] else None
        found = trail.page(
            current_actor(),
            TrailFilter(**{name: asked.get(name) for name in _FILTERS}, label=asked["q"]),
            after=(place.value, place.id) if place else None,
            limit=limit + 1,
        )
        last = found[limit - 1] if len(found) > limit else None
        tokens = trail.tokens_behind(found[:limit])
        page = {
            "items": [_shown(current_actor(), record, tokens) for record in found[:limit]],
            "next_cursor": write_cursor(_LATEST_FIRST, last.at.isoformat(), str(last.id)) if last else None,
        }
        return jsonify(_page.dump(page))


@blp.route("/audit-seal")
class AuditSeal(MethodView):
    """The seal on the trail."""

    @signed_in
    @blp.response(200, shapes.AuditSealOut)
    def get(self) -> Response:
        """How far the trail is sealed."""
        return jsonify(_seal.dump(trail.sealed(current_actor())))
