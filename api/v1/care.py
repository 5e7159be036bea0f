"""/api/v1/care-rules: when customers hear from us, and the plans that people are in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import care as shapes
from api.v1.schemas import care_runs as run_shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.care import cards, checking, dates_offered, foreseeing, queries, run_cards, services
from app.care.models import CareRule
from app.care.states import RunState
from app.care.trail import SUBJECT
from app.core.messages import say
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor

blp = Blueprint("care", __name__, url_prefix="/api/v1", description="Care: rules, previews and plans.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts, searchable=False)
_RUNS = paging.parameters(run_cards.LISTING.fields, run_cards.LISTING.sorts, searchable=False)
_preview, _dates = shapes.CarePreview(), shapes.CareDates()
_as_sent = shapes.CareRulePatch()
_MOVES = {
    RunState.RUNNING: services.resume,
    RunState.PAUSED: services.pause,
    RunState.ENDED: services.end,
}
_NO_WAYS = {"sms": 0, "mail": 0, "wechat": 0}


def _to_change(actor: Actor, rule_id: UUID, sent: Mapping[str, Any]) -> CareRule:
    """The rule, locked, if the caller's change is based on what it is now."""
    rule = queries.get(actor, rule_id, to_change=True)
    etag.check(
        rule,
        sent,
        lambda: cards.flat(cards.whole_now(actor, rule_id)),
        lambda: last_change(SUBJECT, rule_id),
    )
    return rule


def _shown(preview: dict[str, Any]) -> Response:
    return jsonify(_preview.dump({**preview, "ways": _NO_WAYS | preview["ways"]}))


@blp.route("/care-rules")
class CareRules(MethodView):
    """Rules."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.CareRulePage)
    def get(self) -> Response:
        """The company's rules, each with what comes of it."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CareRuleIn)
    @blp.response(201, shapes.CareRuleOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a rule; it does nothing until it is switched on."""
        actor = current_actor()
        rule_id = services.create(actor, sent)
        response = answers.ready(cards.whole_now(actor, rule_id), 201)
        response.headers["Location"] = f"/api/v1/care-rules/{rule_id}"
        return response


@blp.route("/care-rules/<uuid:care_rule_id>")
class OneCareRule(MethodView):
    """A rule."""

    @hot_read
    @blp.response(200, shapes.CareRuleOut)
    def get(self, care_rule_id: UUID) -> Response:
        """A rule with what comes of it."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), care_rule_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.CareRulePatch)
    @blp.response(200, shapes.CareRuleOut)
    def patch(self, sent: dict[str, Any], care_rule_id: UUID) -> Response:
        """Change a rule; of one that is at work, what has not gone out is planned anew."""
        actor = current_actor()
        services.change(actor, _to_change(actor, care_rule_id, sent), sent)
        return answers.ready(cards.whole_now(actor, care_rule_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, care_rule_id: UUID) -> None:
        """Remove a rule: nothing of it goes out any more, and its plans end."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, care_rule_id, {}))


@blp.route("/care-rules/<uuid:care_rule_id>/switch")
class CareSwitch(MethodView):
    """Whether a rule is at work."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CareSwitchIn)
    @blp.response(200, shapes.CareRuleOut)
    def post(self, sent: dict[str, Any], care_rule_id: UUID) -> Response:
        """Put a rule to work, or let it rest; what keeps it from working is named."""
        actor = current_actor()
        rule = queries.get(actor, care_rule_id, to_change=True)
        (services.switch_on if sent["on"] else services.switch_off)(actor, rule)
        return answers.ready(cards.whole_now(actor, care_rule_id))


@blp.route("/care-rules/<uuid:care_rule_id>/check")
class CareRuleCheck(MethodView):
    """What keeps a rule from working."""

    @signed_in
    @blp.response(200, shapes.CareCheck)
    def get(self, care_rule_id: UUID) -> Response:
        """What keeps a rule from working; nothing: it can be switched on."""
        actor = current_actor()
        found = checking.problems(actor, queries.get(actor, care_rule_id))
        items = [
            {
                "field": one.field,
                "code": one.code,
                "message": say(one.code, actor.locale, **dict(one.facts)),
            }
            for one in found
        ]
        return jsonify({"items": items})


@blp.route("/care-rules/<uuid:care_rule_id>/preview")
class CareRulePreview(MethodView):
    """What a rule would do."""

    @signed_in
    @blp.arguments(shapes.CarePreviewQuery, location="query")
    @blp.response(200, shapes.CarePreview)
    def get(self, asked: dict[str, Any], care_rule_id: UUID) -> Response:
        """Who would get what and when, were the rule at work."""
        actor = current_actor()
        rule = queries.get(actor, care_rule_id)
        return _shown(foreseeing.preview(actor, [rule], days=asked["days"]))


@blp.route("/care-preview")
class CarePreviews(MethodView):
    """What all rules would do."""

    @signed_in
    @blp.arguments(shapes.CarePreviewQuery, location="query")
    @blp.response(200, shapes.CarePreview)
    def get(self, asked: dict[str, Any]) -> Response:
        """Who will get what and when by the rules that are at work."""
        actor = current_actor()
        return _shown(foreseeing.preview(actor, foreseeing.working(), days=asked["days"]))


@blp.route("/care-dates")
class OfferedCareDates(MethodView):
    """The dates that rules can go by."""

    @signed_in
    @blp.response(200, shapes.CareDates)
    def get(self) -> Response:
        """The dates that rules can go by: built in, and those the company has added."""
        return jsonify(_dates.dump({"items": dates_offered.all_of(current_actor())}))


@blp.route("/care-runs")
class CareRuns(MethodView):
    """Plans."""

    @hot_read
    @blp.doc(parameters=_RUNS)
    @blp.response(200, run_shapes.CareRunPage)
    def get(self) -> Response:
        """The plans of those whom one sees: who is where, and what is overdue."""
        asked = paging.asked(run_cards.LISTING)
        return answers.ready(run_cards.page(identity.hot_driver(), current_actor(), asked))


@blp.route("/care-runs/<uuid:care_run_id>/state")
class CareRunState(MethodView):
    """How a plan stands."""

    @signed_in
    @blp.takes_key
    @blp.arguments(run_shapes.CareRunStateIn)
    @blp.response(200, run_shapes.CareRunOut)
    def post(self, sent: dict[str, Any], care_run_id: UUID) -> Response:
        """Let somebody's plan stand still, go on or end."""
        actor = current_actor()
        _MOVES[RunState(sent["state"])](actor, queries.run(actor, care_run_id, to_change=True))
        return answers.ready(run_cards.whole_now(actor, care_run_id))


@blp.route("/care-run-steps/<uuid:care_run_step_id>/skip")
class CareStepSkip(MethodView):
    """Leaving a step out."""

    @signed_in
    @blp.takes_key
    @blp.response(200, run_shapes.CareRunOut)
    def post(self, care_run_step_id: UUID) -> Response:
        """Leave a step of somebody's plan out."""
        actor = current_actor()
        steered, step = queries.step(actor, care_run_step_id)
        services.skip(actor, steered, step)
        return answers.ready(run_cards.whole_now(actor, steered.run.id))
