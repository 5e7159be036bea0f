"""/mobile/v1/approvals: an approval with all its screen shows, and one's word on it."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from app.access.actor import Actor
from app.approvals import queries
from app.approvals.cards.whole import shown
from app.approvals.loaded import Loaded
from app.approvals.services import batches, deciding
from app.approvals.services.deciding import Word
from app.http import answers, etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.insights.submitted import quote_of
from mobile_api.v1.quotes import offer
from mobile_api.v1.schemas import approvals as shapes

blp = Blueprint("phone-approvals", __name__, url_prefix="/mobile/v1", description="Approvals on a phone.")

_SHOWN = (
    "id", "version", "kind", "title", "state", "stuck", "subject_id", "link", "flow", "submitter",
    "submitted_at", "ended_at", "facts", "described", "seat", "steps", "log", "files", "copies",
)  # fmt: skip
_CAN = ("decide", "withdraw", "resubmit", "nudge", "copy")


def _screen(actor: Actor, loaded: Loaded) -> dict[str, Any]:
    card = shown(actor, loaded)
    quote = quote_of(actor, loaded.approval, card["facts"])
    return {
        **{name: card[name] for name in _SHOWN},
        "can": {name: card["can"][name] for name in _CAN},
        "quote": offer(quote) if quote else None,
    }


@blp.route("/approvals/<uuid:approval_id>")
class PhoneApprovalPage(MethodView):
    """An approval."""

    @signed_in
    @blp.response(200, shapes.PhoneApproval)
    def get(self, approval_id: UUID) -> Response:
        """An approval with what it is about, its way and its history."""
        actor = current_actor()
        return answers.ready(_screen(actor, Loaded(queries.get(actor, approval_id))))


@blp.route("/approval-seats/<uuid:seat_id>/decision")
class PhoneSeatDecision(MethodView):
    """One's word."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(shapes.PhoneDecision)
    @blp.response(200, shapes.PhoneApproval)
    def post(self, sent: dict[str, Any], seat_id: UUID) -> Response:
        """Approve, reject or send back; once. The answer is the screen as it is then."""
        actor, word = current_actor(), Word.of(sent)
        running, seat = queries.own_seat(actor, seat_id)
        etag.check(seat, {}, lambda: {"state": seat.state})
        deciding.decide(actor, running, seat, word)
        return answers.ready(_screen(actor, running))


@blp.route("/approval-decisions")
class PhoneDecisionsPage(MethodView):
    """Several words at a time."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.PhoneDecisions)
    @blp.response(200, shapes.PhoneOutcomes)
    def post(self, sent: dict[str, Any]) -> Response:
        """Say the same on several of one's seats; each is decided, or tells why it is not."""
        seats, word = [(one["id"], one["version"]) for one in sent.pop("seats")], Word.of(sent)
        return answers.ready({"items": batches.decide_many(current_actor(), seats, word)})
