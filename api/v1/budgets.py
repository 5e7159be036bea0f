"""/api/v1/budgets: how much may be spent, what of it is gone and what is left."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1 import timelines
from api.v1.schemas import budgets as shapes
from api.v1.schemas.timelines import Timeline
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.budgets import cards, queries, services
from app.budgets.models import Budget
from app.budgets.trail import SUBJECT
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.insights import budget_outlays
from app.insights.timeline_reach import BUDGET

blp = Blueprint("budgets", __name__, url_prefix="/api/v1", description="What may be spent, and is left.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts, searchable=False)
_OUTLAYS = paging.parameters(budget_outlays.LISTING.fields, budget_outlays.LISTING.sorts, searchable=False)
_as_sent = shapes.BudgetPatch()


def _to_change(actor: Actor, budget_id: UUID, sent: Mapping[str, Any]) -> Budget:
    """The budget, locked, if the caller's change is based on what it is now."""
    budget = queries.get(actor, budget_id, to_change=True)
    etag.check(
        budget,
        _as_sent.dump(sent),
        lambda: cards.flat(cards.whole_now(actor, budget_id)),
        lambda: last_change(SUBJECT, budget_id),
    )
    return budget


@blp.route("/budgets")
class Budgets(MethodView):
    """Budgets."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.BudgetPage)
    def get(self) -> Response:
        """The budgets one may see, filtered and sorted, each with what is used, reserved and left."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.BudgetIn)
    @blp.response(201, shapes.BudgetOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a budget; what was submitted before within its days counts too."""
        actor = current_actor()
        budget_id = services.create(actor, sent)
        response = answers.ready(cards.whole_now(actor, budget_id), 201)
        response.headers["Location"] = f"/api/v1/budgets/{budget_id}"
        return response


@blp.route("/budgets/<uuid:budget_id>")
class OneBudget(MethodView):
    """A budget."""

    @hot_read
    @blp.response(200, shapes.BudgetOut)
    def get(self, budget_id: UUID) -> Response:
        """A budget with what is used, reserved and left."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), budget_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.BudgetPatch)
    @blp.response(200, shapes.BudgetOut)
    def patch(self, sent: dict[str, Any], budget_id: UUID) -> Response:
        """Change what a budget says, archive it or take it up again."""
        actor = current_actor()
        services.change(actor, _to_change(actor, budget_id, sent), sent)
        return answers.ready(cards.whole_now(actor, budget_id))


@blp.route("/budgets/<uuid:budget_id>/timeline")
class BudgetTimeline(MethodView):
    """What happened to a budget."""

    @hot_read
    @blp.doc(parameters=timelines.PARAMETERS)
    @blp.response(200, Timeline)
    def get(self, budget_id: UUID) -> Response:
        """What happened to a budget, the latest first."""
        cards.demand(identity.hot_driver(), current_actor(), budget_id)
        return timelines.answer(BUDGET, budget_id)


@blp.route("/budgets/<uuid:budget_id>/months")
class Months(MethodView):
    """What of a budget is gone, month by month."""

    @hot_read
    @blp.response(200, shapes.BudgetMonths)
    def get(self, budget_id: UUID) -> Response:
        """What of a budget is used and reserved, month by month."""
        return answers.ready({"items": cards.months(identity.hot_driver(), current_actor(), budget_id)})


@blp.route("/budgets/<uuid:budget_id>/outlays")
class Outlays(MethodView):
    """What is charged to a budget."""

    @hot_read
    @blp.doc(parameters=_OUTLAYS)
    @blp.response(200, shapes.BudgetOutlayPage)
    def get(self, budget_id: UUID) -> Response:
        """What is charged to a budget: claims and requests, named where one may see them."""
        asked = paging.asked(budget_outlays.LISTING)
        return answers.ready(budget_outlays.page(identity.hot_driver(), current_actor(), budget_id, asked))
