"""/api/v1/advance-payouts and what follows: money that is lent, and comes back."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import advances as shapes
from app.advances import cards, ledger, queries
from app.http import answers, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor

blp = Blueprint("advance-money", __name__, url_prefix="/api/v1", description="What is lent, and comes back.")

_MINE = paging.parameter("mine", {"type": "boolean", "default": False}, "Only what one owes oneself")


@blp.route("/advance-totals")
class Totals(MethodView):
    """What is owed."""

    @hot_read
    @blp.doc(parameters=[_MINE])
    @blp.response(200, shapes.OwedTotals)
    def get(self) -> Response:
        """What is owed of all advances one may see, or of one's own, currency by currency."""
        mine = paging.yes(paging.only("mine"), "mine")
        return answers.ready({"items": cards.totals(identity.hot_driver(), current_actor(), mine=mine)})


@blp.route("/advance-payouts")
class Payouts(MethodView):
    """That advances were paid out."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.PayoutIn)
    @blp.response(201, shapes.PaidAdvances)
    def post(self, sent: dict[str, Any]) -> Response:
        """Write down that approved advances were paid out, as they were seen: all of them, or none."""
        actor = current_actor()
        seen = {one["id"]: one["version"] for one in sent["advances"]}
        ledger.pay_out(actor, seen, paid_on=sent["paid_on"], reference=sent["reference"])
        return answers.ready({"items": cards.these_now(actor, list(seen))}, 201)


@blp.route("/advances/<uuid:advance_id>/repayment")
class Repayment(MethodView):
    """That money came back."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.RepaymentIn)
    @blp.response(200, shapes.AdvanceWhole)
    def post(self, sent: dict[str, Any], advance_id: UUID) -> Response:
        """Write down that some of an advance was returned, or all of it: then it is settled."""
        actor = current_actor()
        ledger.give_back(actor, queries.get(actor, advance_id, to_change=True), **sent)
        return answers.ready(cards.whole_now(actor, advance_id))


@blp.route("/advance-entries/<uuid:entry_id>/reversal")
class EntryReversal(MethodView):
    """That a line of a ledger was a mistake."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.EntryReversalIn)
    @blp.response(200, shapes.AdvanceWhole)
    def post(self, sent: dict[str, Any], entry_id: UUID) -> Response:
        """Say that a payout or a return was written down by mistake; both lines stay."""
        actor = current_actor()
        advance, entry = queries.entry(actor, entry_id)
        advance_id = advance.id
        ledger.reverse(actor, advance, entry, reason=sent["reason"])
        return answers.ready(cards.whole_now(actor, advance_id))
