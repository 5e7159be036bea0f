"""/api/v1/expense-claims: what was spent for the company, and is wanted back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1 import timelines
from api.v1.schemas import expenses as shapes
from api.v1.schemas.timelines import Timeline
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.expenses import cards, queries, services
from app.expenses.drafts import ClaimDraft, LineDraft, ReceiptDraft
from app.expenses.models import ExpenseClaim
from app.expenses.trail import SUBJECT
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.insights.timeline_reach import EXPENSE_CLAIM

blp = Blueprint(
    "expense-claims", __name__, url_prefix="/api/v1", description="What was spent, and is wanted back."
)

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts)
_as_sent = shapes.ExpenseClaimPatch()


def _drafted(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, in the words of the domain."""
    values = dict(sent)
    if "lines" in sent:
        values["lines"] = [
            LineDraft(**{**line, "receipts": [ReceiptDraft(**one) for one in line["receipts"]]})
            for line in sent["lines"]
        ]
    return values


def to_change(actor: Actor, claim_id: UUID, sent: Mapping[str, Any]) -> ExpenseClaim:
    """The claim, locked, if the caller's change is based on what it is now."""
    claim = queries.get(actor, claim_id, to_change=True)
    etag.check(
        claim,
        _as_sent.dump(sent),
        lambda: cards.flat(cards.whole_now(actor, claim_id)),
        lambda: last_change(SUBJECT, claim_id),
    )
    return claim


@blp.route("/expense-claims")
class ExpenseClaims(MethodView):
    """Expense claims."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.ExpenseClaimPage)
    def get(self) -> Response:
        """The claims one may see, filtered, sorted, found by any fragment of a number or title."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ExpenseClaimIn)
    @blp.response(201, shapes.ExpenseClaimWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a claim of one's own, as a draft."""
        actor = current_actor()
        claim_id = services.create(actor, ClaimDraft(**_drafted(sent)))
        response = answers.ready(cards.whole_now(actor, claim_id), 201)
        response.headers["Location"] = f"/api/v1/expense-claims/{claim_id}"
        return response


@blp.route("/expense-claims/<uuid:claim_id>")
class OneExpenseClaim(MethodView):
    """An expense claim."""

    @hot_read
    @blp.response(200, shapes.ExpenseClaimWhole)
    def get(self, claim_id: UUID) -> Response:
        """A claim with its lines, receipts and payments."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), claim_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.ExpenseClaimPatch)
    @blp.response(200, shapes.ExpenseClaimWhole)
    def patch(self, sent: dict[str, Any], claim_id: UUID) -> Response:
        """Change a draft, or what was rejected; lines, if any are sent, are sent all."""
        actor = current_actor()
        claim = to_change(actor, claim_id, sent)
        services.update(actor, claim, _drafted(sent))
        return answers.ready(cards.whole_now(actor, claim_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, claim_id: UUID) -> None:
        """Put a claim into the recycle bin."""
        actor = current_actor()
        services.delete(actor, to_change(actor, claim_id, {}))


@blp.route("/expense-claims/<uuid:claim_id>/timeline")
class ExpenseClaimTimeline(MethodView):
    """What happened to a claim."""

    @hot_read
    @blp.doc(parameters=timelines.PARAMETERS)
    @blp.response(200, Timeline)
    def get(self, claim_id: UUID) -> Response:
        """What happened to a claim, the latest first."""
        cards.demand(identity.hot_driver(), current_actor(), claim_id)
        return timelines.answer(EXPENSE_CLAIM, claim_id)
