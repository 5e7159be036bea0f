"""/api/v1/approval-seats: one's part in what is to be granted."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import approval_words as words
from api.v1.schemas import approvals as shapes
from app.access.actor import Actor
from app.approvals import queries
from app.approvals.cards.whole import shown
from app.approvals.models import Seat
from app.approvals.running import Running
from app.approvals.services import batches, deciding, steering
from app.approvals.services.deciding import Word
from app.approvals.services.steering import When
from app.http import answers, downloads, etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("approval-seats", __name__, url_prefix="/api/v1", description="Saying yes or no.")

_PNG = {"description": "OK", "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}
_UNCHANGED = {"description": "The reader has it already"}


def _own_seat(actor: Actor, seat_id: UUID, sent: dict[str, Any]) -> tuple[Running, Seat]:
    """One's own seat, locked with its approval, if what one says is based on what it is now."""
    running, seat = queries.own_seat(actor, seat_id)
    etag.check(seat, sent, lambda: {"state": seat.state})
    return running, seat


@blp.route("/approval-steps/<uuid:step_id>/rerouting")
class Rerouting(MethodView):
    """Who decides, says the administrator."""

    @signed_in
    @blp.takes_key
    @blp.arguments(words.ReroutingIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], step_id: UUID) -> Response:
        """Say who decides at an open step, in place of everybody who was asked there."""
        actor = current_actor()
        running, step = queries.step(actor, step_id)
        steering.reroute(actor, running, step, sent["user_ids"], comment=sent["comment"])
        return answers.ready(shown(actor, running))


@blp.route("/approval-seats/<uuid:seat_id>/decision")
class SeatDecision(MethodView):
    """One's word."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(words.DecisionIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], seat_id: UUID) -> Response:
        """Approve, reject or send back; once."""
        actor, word = current_actor(), Word.of(sent)
        running, seat = _own_seat(actor, seat_id, {})
        deciding.decide(actor, running, seat, word)
        return answers.ready(shown(actor, running))


@blp.route("/approval-seats/<uuid:seat_id>/signature")
class SeatSignature(MethodView):
    """What was signed by hand."""

    @signed_in
    @blp.doc(responses={"200": _PNG, "304": _UNCHANGED})
    def get(self, seat_id: UUID) -> Response:
        """What somebody has signed on their seat, as a picture, for those who see the approval."""
        signed = queries.signature(current_actor(), seat_id)
        return downloads.safely(
            lambda: iter([signed.picture]), "signature.png", tag=str(signed.id), shown_as="image/png"
        )


@blp.route("/approval-seats/<uuid:seat_id>/transfer")
class SeatTransfer(MethodView):
    """Somebody else's word."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(words.SeatTransferIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], seat_id: UUID) -> Response:
        """Have a colleague decide in one's place."""
        actor = current_actor()
        running, seat = _own_seat(actor, seat_id, {})
        steering.transfer(actor, running, seat, sent["to"], comment=sent["comment"])
        return answers.ready(shown(actor, running))


@blp.route("/approval-seats/<uuid:seat_id>/addition")
class SeatAddition(MethodView):
    """Further words."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(words.AdditionIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], seat_id: UUID) -> Response:
        """Have colleagues decide besides: before it is one's own turn again, or once one has agreed."""
        actor = current_actor()
        running, seat = _own_seat(actor, seat_id, {})
        when, comment = When(sent["when"]), sent["comment"]
        steering.add(actor, running, seat, sent["user_ids"], when=when, comment=comment)
        return answers.ready(shown(actor, running))


@blp.route("/approval-decisions")
class Decisions(MethodView):
    """Several words at a time."""

    @signed_in
    @blp.takes_key
    @blp.arguments(words.DecisionsIn)
    @blp.response(200, words.DecisionsOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Say the same on several of one's seats; each is decided, or tells why it is not."""
        seats, word = [(one["id"], one["version"]) for one in sent.pop("seats")], Word.of(sent)
        return answers.ready({"items": batches.decide_many(current_actor(), seats, word)})
