"""/api/v1/suppressions and /api/v1/calm-policy: what is sent to nobody, and when anybody is written to."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import consents as shapes
from app.access.queries.trail import last_change
from app.access.services.tenant import SUBJECT_ID
from app.consents import models, policy, queries, suppressing
from app.consents.models import CalmPolicy
from app.consents.states import Way
from app.core.keyset import read_id_cursor
from app.http import answers, etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("suppressions", __name__, url_prefix="/api/v1", description="Whom nothing is sent to.")
_page, _one, _added = shapes.SuppressionPage(), shapes.SuppressionOut(), shapes.SuppressionsAdded()


def _shown(calm: CalmPolicy) -> dict[str, Any]:
    return {"version": calm.version, "rules": policy.rules_of(calm)}


def _answer(calm: CalmPolicy) -> Response:
    return etag.tag(answers.ready(_shown(calm)), calm)


@blp.route("/suppressions")
class Suppressions(MethodView):
    """Addresses that nothing is sent to."""

    @signed_in
    @blp.arguments(shapes.SuppressionQuery, location="query")
    @blp.response(200, shapes.SuppressionPage)
    def get(self, asked: dict[str, Any]) -> Response:
        """Suppressed addresses, or those that were taken off the list, the newest first."""
        actor, limit = current_actor(), asked["limit"]
        found = queries.page(
            actor,
            way=Way(asked["way"]) if asked["way"] else None,
            lifted=asked["lifted"],
            address=asked["address"],
            after=read_id_cursor(asked["cursor"]),
            limit=limit + 1,
        )
        more = found[limit - 1].id.hex if len(found) > limit else None
        return jsonify(_page.dump({"items": queries.shown(actor, found[:limit]), "next_cursor": more}))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.SuppressionsIn)
    @blp.response(201, shapes.SuppressionsAdded)
    def post(self, sent: dict[str, Any]) -> Response:
        """Send nothing to these addresses any more."""
        typed = sent["addresses"]
        added = suppressing.add(current_actor(), Way(sent["way"]), typed, note=sent["note"] or None)
        return answers.ready(_added.dump({"added": added, "known": len(typed) - added}), 201)


@blp.route("/suppressions/<uuid:suppression_id>/lifting")
class SuppressionLifting(MethodView):
    """Taking an address off the list."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.LiftingIn)
    @blp.response(200, shapes.SuppressionOut)
    def post(self, sent: dict[str, Any], suppression_id: UUID) -> Response:
        """Let an address be written to again; what people have refused themselves stays refused."""
        actor = current_actor()
        found = queries.get(actor, suppression_id)
        suppressing.lift(actor, found, because=sent["because"])
        return jsonify(_one.dump(queries.shown(actor, [found])[0]))


@blp.route("/calm-policy")
class OneCalmPolicy(MethodView):
    """When and how often people outside are written to."""

    @signed_in
    @blp.response(200, shapes.CalmPolicyOut)
    def get(self) -> Response:
        """When and how often people outside are written to, and whether they are asked first."""
        return _answer(models.current_policy())

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.CalmPolicyPatch)
    @blp.response(200, shapes.CalmPolicyOut)
    def patch(self, sent: dict[str, Any]) -> Response:
        """Write at other hours, more often or less."""
        calm = models.current_policy()
        etag.check(calm, sent, lambda: _shown(calm), lambda: last_change(policy.SUBJECT, SUBJECT_ID))
        return _answer(policy.change(current_actor(), sent["rules"]))
