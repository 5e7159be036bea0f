"""/api/v1/approvals: what is to be granted, and who says so."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import approvals as shapes
from app.access.actor import Actor
from app.approvals import queries
from app.approvals.cards import boxes
from app.approvals.cards.boxes import BOXES
from app.approvals.cards.whole import shown, whole
from app.approvals.models import Seat
from app.approvals.running import Running
from app.approvals.services import batches, deciding, steering, submitting
from app.approvals.services.deciding import Word
from app.approvals.services.steering import When
from app.approvals.states import Decision
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor

blp = Blueprint("approvals", __name__, url_prefix="/api/v1", description="What is to be granted.")


def _shown(actor: Actor, approval_id: UUID, status: int = 200) -> Response:
    return answers.ready(whole(actor, approval_id), status)


def _own_seat(actor: Actor, seat_id: UUID, sent: dict[str, Any]) -> tuple[Running, Seat]:
    """One's own seat, locked with its approval, if what one says is based on what it is now."""
    running, seat = queries.own_seat(actor, seat_id)
    etag.check(seat, sent, lambda: {"state": seat.state})
    return running, seat


def _parameters(word: str) -> list[dict[str, Any]]:
    listing = BOXES[word].listing
    return paging.parameters(listing.fields, listing.sorts, searchable=False)


def _page(word: str) -> Response:
    box = BOXES[word]
    asked = paging.asked(box.listing)
    return answers.ready(boxes.page(identity.hot_driver(), current_actor(), box, asked))


@blp.route("/approvals")
class Approvals(MethodView):
    """Approvals."""

    @hot_read
    @blp.doc(parameters=_parameters("all"))
    @blp.response(200, shapes.ApprovalPage)
    def get(self) -> Response:
        """The approvals one may look at by one's role, the latest first."""
        return _page("all")

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.SubmissionIn)
    @blp.response(201, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Ask for something to be granted, through the flow in force for its kind."""
        actor = current_actor()
        word, subject_id = sent.pop("kind"), sent.pop("subject_id")
        approval = submitting.submit(actor, word, subject_id, **sent)
        response = _shown(actor, approval.id, 201)
        response.headers["Location"] = f"/api/v1/approvals/{approval.id}"
        return response


@blp.route("/approvals/to-decide")
class ToDecide(MethodView):
    """What waits for the reader."""

    @hot_read
    @blp.doc(parameters=_parameters("to-decide"))
    @blp.response(200, shapes.ApprovalPage)
    def get(self) -> Response:
        """Where it is one's turn, the latest first."""
        return _page("to-decide")


@blp.route("/approvals/decided")
class Decided(MethodView):
    """What the reader has decided."""

    @hot_read
    @blp.doc(parameters=_parameters("decided"))
    @blp.response(200, shapes.ApprovalPage)
    def get(self) -> Response:
        """Where one had one's word, the latest first."""
        return _page("decided")


@blp.route("/approvals/mine")
class Mine(MethodView):
    """What the reader has submitted."""

    @hot_read
    @blp.doc(parameters=_parameters("mine"))
    @blp.response(200, shapes.ApprovalPage)
    def get(self) -> Response:
        """What one has submitted, the latest first."""
        return _page("mine")


@blp.route("/approvals/copies")
class Copies(MethodView):
    """What the reader was told of."""

    @hot_read
    @blp.doc(parameters=_parameters("copies"))
    @blp.response(200, shapes.ApprovalPage)
    def get(self) -> Response:
        """What was copied to one, the latest first."""
        return _page("copies")


@blp.route("/approvals/counts")
class Counts(MethodView):
    """How much there is."""

    @hot_read
    @blp.response(200, shapes.Counts)
    def get(self) -> Response:
        """How much waits for one."""
        return answers.ready(boxes.counts(identity.hot_driver(), current_actor()))


@blp.route("/approvals/<uuid:approval_id>")
class OneApproval(MethodView):
    """An approval."""

    @signed_in
    @blp.response(200, shapes.ApprovalOut)
    def get(self, approval_id: UUID) -> Response:
        """An approval with its card, its way and its history."""
        return _shown(current_actor(), approval_id)


@blp.route("/approvals/<uuid:approval_id>/resubmission")
class Resubmission(MethodView):
    """On its way again."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ResubmissionIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], approval_id: UUID) -> Response:
        """Send what came back on its way again, as it is now."""
        actor = current_actor()
        running = queries.running(actor, approval_id)
        submitting.resubmit(actor, running, **sent)
        return answers.ready(shown(actor, running))


@blp.route("/approvals/<uuid:approval_id>/withdrawal")
class Withdrawal(MethodView):
    """Taken back."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.RemarkIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], approval_id: UUID) -> Response:
        """Take back what one has submitted."""
        actor = current_actor()
        running = queries.running(actor, approval_id)
        submitting.withdraw(actor, running, **sent)
        return answers.ready(shown(actor, running))


@blp.route("/approvals/<uuid:approval_id>/nudge")
class Nudge(MethodView):
    """Once more, please."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.RemarkIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], approval_id: UUID) -> Response:
        """Remind those whose turn it is; once an hour."""
        actor = current_actor()
        running = queries.running(actor, approval_id)
        steering.nudge(actor, running, **sent)
        return answers.ready(shown(actor, running))


@blp.route("/approvals/<uuid:approval_id>/copies")
class ApprovalCopies(MethodView):
    """Who is told."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CopiesIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], approval_id: UUID) -> Response:
        """Tell colleagues of it, who may read it from then on."""
        actor = current_actor()
        running = queries.running(actor, approval_id)
        steering.copy(actor, running, sent["user_ids"])
        return answers.ready(shown(actor, running))


@blp.route("/approvals/<uuid:approval_id>/reading")
class Reading(MethodView):
    """That one has read it."""

    @signed_in
    @blp.takes_key
    @blp.response(204)
    def post(self, approval_id: UUID) -> None:
        """Note that one has read what was copied to one; doing it again changes nothing."""
        actor = current_actor()
        steering.read(actor, queries.get(actor, approval_id))


@blp.route("/approval-steps/<uuid:step_id>/rerouting")
class Rerouting(MethodView):
    """Who decides, says the administrator."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ReroutingIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], step_id: UUID) -> Response:
        """Say who decides at an open step, in place of everybody who was asked there."""
        actor = current_actor()
        running, step = queries.step(actor, step_id)
        steering.reroute(actor, running, step, sent["user_ids"], comment=sent["comment"])
        return answers.ready(shown(actor, running))


@blp.route("/approvals/<uuid:approval_id>/ending")
class Ending(MethodView):
    """The end, says the administrator."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.EndingIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], approval_id: UUID) -> Response:
        """End an approval as if its submitter had taken it back."""
        actor = current_actor()
        running = queries.running(actor, approval_id)
        steering.stop(actor, running, **sent)
        return answers.ready(shown(actor, running))


@blp.route("/approval-seats/<uuid:seat_id>/decision")
class SeatDecision(MethodView):
    """One's word."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(shapes.DecisionIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], seat_id: UUID) -> Response:
        """Approve, reject or send back; once."""
        actor = current_actor()
        running, seat = _own_seat(actor, seat_id, {})
        word = Word(**{**sent, "decision": Decision(sent["decision"])})
        deciding.decide(actor, running, seat, word)
        return answers.ready(shown(actor, running))


@blp.route("/approval-seats/<uuid:seat_id>/transfer")
class SeatTransfer(MethodView):
    """Somebody else's word."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(shapes.SeatTransferIn)
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
    @blp.arguments(shapes.AdditionIn)
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
    @blp.arguments(shapes.DecisionsIn)
    @blp.response(200, shapes.DecisionsOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Say the same on several of one's seats; each is decided, or tells why it is not."""
        word = Word(decision=Decision(sent["decision"]), comment=sent["comment"])
        seats = [(one["id"], one["version"]) for one in sent["seats"]]
        return answers.ready({"items": batches.decide_many(current_actor(), seats, word)})
