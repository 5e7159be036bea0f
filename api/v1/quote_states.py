"""/api/v1/quotes/{id}/submission and what follows: how a quote goes on."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import quotes as shapes
from api.v1.schemas.approval_flows import SubmissionChoices
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.approvals import following
from app.http import answers, etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.quotes import cards, progress, queries
from app.quotes.models import Quote
from app.quotes.states import Outcome
from app.quotes.trail import SUBJECT

blp = Blueprint("quote-states", __name__, url_prefix="/api/v1", description="How quotes go on.")


def _seen(actor: Actor, quote_id: UUID) -> Quote:
    """The quote, locked, if it is what the caller has seen."""
    quote = queries.get(actor, quote_id, to_change=True)
    etag.check(
        quote,
        {},
        lambda: cards.flat(cards.whole_now(actor, quote_id)),
        lambda: last_change(SUBJECT, quote_id),
    )
    return quote


@blp.route("/quotes/<uuid:quote_id>/submission")
class Submission(MethodView):
    """That a quote is to go out."""

    @signed_in
    @blp.response(200, SubmissionChoices)
    def get(self, quote_id: UUID) -> Response:
        """Whom one is to choose when one submits a draft; nobody where no flow asks."""
        actor = current_actor()
        quote = queries.get(actor, quote_id)
        return answers.ready({"choices": following.choices(actor, SUBJECT, quote.id)})

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(shapes.QuoteSubmissionIn, required=False)
    @blp.response(200, shapes.QuoteWhole)
    def post(self, sent: dict[str, Any], quote_id: UUID) -> Response:
        """Freeze a draft and ask for approval; where nobody need be asked, it is approved at once."""
        actor = current_actor()
        progress.submit(actor, _seen(actor, quote_id), chosen=sent["chosen"])
        return answers.ready(cards.whole_now(actor, quote_id))

    @signed_in
    @blp.response(200, shapes.QuoteWhole)
    def delete(self, quote_id: UUID) -> Response:
        """Take back what nobody has decided about yet: it is a draft again, the next version."""
        actor = current_actor()
        progress.withdraw(actor, queries.get(actor, quote_id, to_change=True))
        return answers.ready(cards.whole_now(actor, quote_id))


@blp.route("/quotes/<uuid:quote_id>/sending")
class Sending(MethodView):
    """That a quote has gone out."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.QuoteWhole)
    def post(self, quote_id: UUID) -> Response:
        """Say that an approved quote has gone out to the customer."""
        actor = current_actor()
        progress.send(actor, queries.get(actor, quote_id, to_change=True))
        return answers.ready(cards.whole_now(actor, quote_id))


@blp.route("/quotes/<uuid:quote_id>/outcome")
class QuoteOutcome(MethodView):
    """What the customer says."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.OutcomeIn)
    @blp.response(200, shapes.QuoteWhole)
    def post(self, sent: dict[str, Any], quote_id: UUID) -> Response:
        """Write down that the customer accepts or declines, and why."""
        actor = current_actor()
        quote = queries.get(actor, quote_id, to_change=True)
        progress.decide(actor, quote, outcome=Outcome(sent["outcome"]), reason=sent["reason"])
        return answers.ready(cards.whole_now(actor, quote_id))


@blp.route("/quotes/<uuid:quote_id>/renewal")
class Renewal(MethodView):
    """The next version of a quote."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.QuoteWhole)
    def post(self, quote_id: UUID) -> Response:
        """Begin the next version of what was submitted: a draft that says what went before."""
        actor = current_actor()
        progress.renew(actor, queries.get(actor, quote_id, to_change=True))
        return answers.ready(cards.whole_now(actor, quote_id))
