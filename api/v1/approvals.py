"""/api/v1/approvals: what is to be granted, and who says so."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import approval_words as words
from api.v1.schemas import approvals as shapes
from api.v1.schemas.approval_flows import SubmissionPreviewIn, SubmissionPreviewOut
from app.access.actor import Actor
from app.approvals import queries
from app.approvals.cards import boxes, flows
from app.approvals.cards.about import about
from app.approvals.cards.boxes import BOXES
from app.approvals.cards.whole import shown, whole
from app.approvals.services import steering, submitting
from app.http import answers, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor

blp = Blueprint("approvals", __name__, url_prefix="/api/v1", description="What is to be granted.")


def _shown(actor: Actor, approval_id: UUID, status: int = 200) -> Response:
    return answers.ready(whole(actor, approval_id), status)


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
    @blp.arguments(words.SubmissionIn)
    @blp.response(201, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Ask for something to be granted, through the flow in force for its kind."""
        actor = current_actor()
        word, subject_id = sent.pop("kind"), sent.pop("subject_id")
        approval = submitting.submit(actor, word, subject_id, **sent)
        response = _shown(actor, approval.id, 201)
        response.headers["Location"] = f"/api/v1/approvals/{approval.id}"
        return response


@blp.route("/approval-previews")
class Previews(MethodView):
    """What would become of something."""

    @signed_in
    @blp.takes_key
    @blp.arguments(SubmissionPreviewIn)
    @blp.response(200, SubmissionPreviewOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """The way something would take if one submitted it now, and whom one is to choose."""
        found = submitting.preview(current_actor(), sent["kind"], sent["subject_id"], chosen=sent["chosen"])
        return answers.ready({**flows.way(found), "choices": flows.choices(found)})


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


@blp.route("/approvals/about")
class About(MethodView):
    """Where a subject stands."""

    @signed_in
    @blp.arguments(shapes.SubjectAsked, location="query")
    @blp.response(200, shapes.ApprovalsOfSubject)
    def get(self, asked: dict[str, Any]) -> Response:
        """The approvals of one thing that one has part in or may look at, the last one first."""
        return answers.ready({"items": about(current_actor(), asked["kind"], asked["subject_id"])})


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
    @blp.arguments(words.ResubmissionIn)
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
    @blp.arguments(words.RemarkIn)
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
    @blp.arguments(words.RemarkIn)
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
    @blp.arguments(words.CopiesIn)
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


@blp.route("/approvals/<uuid:approval_id>/ending")
class Ending(MethodView):
    """The end, says the administrator."""

    @signed_in
    @blp.takes_key
    @blp.arguments(words.EndingIn)
    @blp.response(200, shapes.ApprovalOut)
    def post(self, sent: dict[str, Any], approval_id: UUID) -> Response:
        """End an approval as if its submitter had taken it back."""
        actor = current_actor()
        running = queries.running(actor, approval_id)
        steering.stop(actor, running, **sent)
        return answers.ready(shown(actor, running))
