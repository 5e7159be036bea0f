"""/api/v1/expense-claims/{id}/submission and what follows: how a claim goes on, until it is paid."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.expense_claims import to_change
from api.v1.schemas import expenses as shapes
from api.v1.schemas import payment_previews as previews
from api.v1.schemas.approval_flows import SubmissionChoices
from app.approvals import following
from app.expenses import cards, paying, payment_cards, progress, queries
from app.expenses.trail import SUBJECT
from app.http import answers
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("expense-claim-states", __name__, url_prefix="/api/v1", description="How claims go on.")


@blp.route("/expense-claims/<uuid:claim_id>/submission")
class ClaimSubmission(MethodView):
    """That a claim is to be paid."""

    @signed_in
    @blp.response(200, SubmissionChoices)
    def get(self, claim_id: UUID) -> Response:
        """Whom one is to choose when one submits a draft; nobody where no flow asks."""
        actor = current_actor()
        claim = queries.get(actor, claim_id)
        return answers.ready({"choices": following.choices(actor, SUBJECT, claim.id)})

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(shapes.ClaimSubmissionIn)
    @blp.response(200, shapes.ExpenseClaimWhole)
    def post(self, sent: dict[str, Any], claim_id: UUID) -> Response:
        """Freeze a claim and ask for approval; where nobody need be asked, it is approved at once."""
        actor = current_actor()
        progress.submit(actor, to_change(actor, claim_id, {}), chosen=sent["chosen"])
        return answers.ready(cards.whole_now(actor, claim_id))

    @signed_in
    @blp.response(200, shapes.ExpenseClaimWhole)
    def delete(self, claim_id: UUID) -> Response:
        """Take back what nobody has decided about yet: it is a draft again."""
        actor = current_actor()
        progress.withdraw(actor, queries.get(actor, claim_id, to_change=True))
        return answers.ready(cards.whole_now(actor, claim_id))


@blp.route("/expense-payments")
class Payments(MethodView):
    """That claims were paid."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.PaymentIn)
    @blp.response(201, shapes.PaidClaims)
    def post(self, sent: dict[str, Any]) -> Response:
        """Write down that approved claims were paid, as they were seen: all of them, or none."""
        actor = current_actor()
        seen = {one["id"]: one["version"] for one in sent["claims"]}
        off = {one["id"]: one["write_off"] for one in sent["claims"]}
        paying.pay(actor, seen, paid_on=sent["paid_on"], reference=sent["reference"], write_off=off)
        return answers.ready({"items": cards.these_now(actor, list(seen))}, 201)


@blp.route("/expense-payment-previews")
class PaymentPreviews(MethodView):
    """What paying claims would come to."""

    @signed_in
    @blp.takes_key
    @blp.arguments(previews.PaymentPreviewIn)
    @blp.response(200, previews.PaymentPreview)
    def post(self, sent: dict[str, Any]) -> Response:
        """What would be written off against advances, and what paid out, if these were paid; nothing is."""
        actor = current_actor()
        shares = paying.preview(actor, {one["id"]: one["write_off"] for one in sent["claims"]})
        return answers.ready(payment_cards.of(actor, shares))


@blp.route("/expense-claims/<uuid:claim_id>/payment-reversal")
class PaymentReversal(MethodView):
    """That a payment was none."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ReversalIn)
    @blp.response(200, shapes.ExpenseClaimWhole)
    def post(self, sent: dict[str, Any], claim_id: UUID) -> Response:
        """Say that a payment was written down by mistake; the claim is due again."""
        actor = current_actor()
        paying.reverse(actor, queries.get(actor, claim_id, to_change=True), reason=sent["reason"])
        return answers.ready(cards.whole_now(actor, claim_id))
