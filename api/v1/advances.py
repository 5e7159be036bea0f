"""/api/v1/advances: what people borrow before they spend it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1 import timelines
from api.v1.schemas import advances as shapes
from api.v1.schemas.approval_flows import SubmissionChoices
from api.v1.schemas.timelines import Timeline
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.advances import cards, progress, queries, services
from app.advances.drafts import AdvanceDraft
from app.advances.models import Advance
from app.advances.trail import SUBJECT
from app.approvals import following
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.insights.timeline_reach import ADVANCE

blp = Blueprint("advances", __name__, url_prefix="/api/v1", description="What is borrowed first.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts)
_as_sent = shapes.AdvancePatch()


def _to_change(actor: Actor, advance_id: UUID, sent: Mapping[str, Any]) -> Advance:
    """The advance, locked, if the caller's change is based on what it is now."""
    advance = queries.get(actor, advance_id, to_change=True)
    etag.check(
        advance,
        _as_sent.dump(sent),
        lambda: cards.flat(cards.whole_now(actor, advance_id)),
        lambda: last_change(SUBJECT, advance_id),
    )
    return advance


@blp.route("/advances")
class Advances(MethodView):
    """Advances."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.AdvancePage)
    def get(self) -> Response:
        """The advances one may see, filtered, sorted, found by any fragment of a number or title."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.AdvanceIn)
    @blp.response(201, shapes.AdvanceWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Draft an advance of one's own."""
        actor = current_actor()
        advance_id = services.create(actor, AdvanceDraft(**sent))
        response = answers.ready(cards.whole_now(actor, advance_id), 201)
        response.headers["Location"] = f"/api/v1/advances/{advance_id}"
        return response


@blp.route("/advances/<uuid:advance_id>")
class OneAdvance(MethodView):
    """An advance."""

    @hot_read
    @blp.response(200, shapes.AdvanceWhole)
    def get(self, advance_id: UUID) -> Response:
        """An advance with its ledger."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), advance_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.AdvancePatch)
    @blp.response(200, shapes.AdvanceWhole)
    def patch(self, sent: dict[str, Any], advance_id: UUID) -> Response:
        """Change a draft, or what was rejected."""
        actor = current_actor()
        services.update(actor, _to_change(actor, advance_id, sent), sent)
        return answers.ready(cards.whole_now(actor, advance_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, advance_id: UUID) -> None:
        """Put an advance into the recycle bin."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, advance_id, {}))


@blp.route("/advances/<uuid:advance_id>/timeline")
class AdvanceTimeline(MethodView):
    """What happened to an advance."""

    @hot_read
    @blp.doc(parameters=timelines.PARAMETERS)
    @blp.response(200, Timeline)
    def get(self, advance_id: UUID) -> Response:
        """What happened to an advance, the latest first."""
        cards.demand(identity.hot_driver(), current_actor(), advance_id)
        return timelines.answer(ADVANCE, advance_id)


@blp.route("/advances/<uuid:advance_id>/submission")
class AdvanceSubmission(MethodView):
    """That an advance is to be paid out."""

    @signed_in
    @blp.response(200, SubmissionChoices)
    def get(self, advance_id: UUID) -> Response:
        """Whom one is to choose when one submits a draft; nobody where no flow asks."""
        actor = current_actor()
        advance = queries.get(actor, advance_id)
        return answers.ready({"choices": following.choices(actor, SUBJECT, advance.id)})

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(shapes.AdvanceSubmissionIn)
    @blp.response(200, shapes.AdvanceWhole)
    def post(self, sent: dict[str, Any], advance_id: UUID) -> Response:
        """Freeze an advance and ask for approval; where nobody need be asked, it is approved at once."""
        actor = current_actor()
        progress.submit(actor, _to_change(actor, advance_id, {}), chosen=sent["chosen"])
        return answers.ready(cards.whole_now(actor, advance_id))

    @signed_in
    @blp.response(200, shapes.AdvanceWhole)
    def delete(self, advance_id: UUID) -> Response:
        """Take back what nobody has decided about yet, or what was granted and is not needed."""
        actor = current_actor()
        progress.withdraw(actor, queries.get(actor, advance_id, to_change=True))
        return answers.ready(cards.whole_now(actor, advance_id))
