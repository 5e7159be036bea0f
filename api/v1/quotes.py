"""/api/v1/quotes: what is offered to customers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1 import timelines
from api.v1.schemas import quote_versions as kept
from api.v1.schemas import quotes as shapes
from api.v1.schemas.timelines import Timeline
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.core.filters import Op, Test
from app.customers.cards import demand as demand_customer
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.insights.timeline_reach import QUOTE
from app.quotes import cards, previews, queries, services, versions
from app.quotes.arithmetic import Discount
from app.quotes.drafts import LineDraft, QuoteDraft
from app.quotes.models import Quote
from app.quotes.previews import Asked
from app.quotes.trail import SUBJECT

blp = Blueprint("quotes", __name__, url_prefix="/api/v1", description="What is offered to customers.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts)
_as_sent, _preview = shapes.QuotePatch(), shapes.Preview()
_versions = kept.VersionList()


def _drafted(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, in the words of the domain."""
    values = dict(sent)
    if "discount" in sent:
        values["discount"] = Discount(**sent["discount"])
    if "lines" in sent:
        values["lines"] = [
            LineDraft(**{**line, "discount": Discount(**line["discount"])}) for line in sent["lines"]
        ]
    return values


def to_change(actor: Actor, quote_id: UUID, sent: Mapping[str, Any]) -> Quote:
    """The quote, locked, if the caller's change is based on what it is now."""
    quote = queries.get(actor, quote_id, to_change=True)
    etag.check(
        quote,
        # Two hundred lines are not written down again only to be looked at by nobody.
        sent if etag.demand_version() == quote.version else _as_sent.dump(sent),
        lambda: cards.flat(cards.whole_now(actor, quote_id)),
        lambda: last_change(SUBJECT, quote_id),
    )
    return quote


@blp.route("/quotes")
class Quotes(MethodView):
    """Quotes."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.QuotePage)
    def get(self) -> Response:
        """The quotes one may see, filtered, sorted, found by any fragment of a number or title."""
        asked = paging.asked(cards.LISTING)
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), asked))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.QuoteIn)
    @blp.response(201, shapes.QuoteWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a quote, as a draft; prices that are left out are those that hold."""
        actor = current_actor()
        made = services.create(actor, QuoteDraft(**_drafted(sent)))
        response = answers.ready(cards.whole_now(actor, made.id, made.lines), 201)
        response.headers["Location"] = f"/api/v1/quotes/{made.id}"
        return response


@blp.route("/quotes/<uuid:quote_id>")
class OneQuote(MethodView):
    """A quote."""

    @hot_read
    @blp.response(200, shapes.QuoteWhole)
    def get(self, quote_id: UUID) -> Response:
        """A quote with its lines and what they come to."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), quote_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.QuotePatch)
    @blp.response(200, shapes.QuoteWhole)
    def patch(self, sent: dict[str, Any], quote_id: UUID) -> Response:
        """Change a draft; lines, if any are sent, are sent all."""
        actor = current_actor()
        quote = to_change(actor, quote_id, sent)
        changed = services.update(actor, quote, _drafted(sent))
        return answers.ready(cards.whole_now(actor, quote_id, changed.lines))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, quote_id: UUID) -> None:
        """Put a quote into the recycle bin."""
        actor = current_actor()
        services.delete(actor, to_change(actor, quote_id, {}))


@blp.route("/quotes/<uuid:quote_id>/timeline")
class QuoteTimeline(MethodView):
    """What happened to a quote."""

    @hot_read
    @blp.doc(parameters=timelines.PARAMETERS)
    @blp.response(200, Timeline)
    def get(self, quote_id: UUID) -> Response:
        """What happened to a quote, the latest first."""
        cards.demand(identity.hot_driver(), current_actor(), quote_id)
        return timelines.answer(QUOTE, quote_id)


@blp.route("/customers/<uuid:customer_id>/quotes")
class CustomerQuotes(MethodView):
    """The quotes to a customer."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.QuotePage)
    def get(self, customer_id: UUID) -> Response:
        """What was quoted to a customer."""
        actor = current_actor()
        demand_customer(identity.hot_driver(), actor, customer_id)
        there = Test(cards.LISTING.fields["customer_id"], Op.EQ, customer_id)
        return answers.ready(cards.page(identity.hot_driver(), actor, paging.asked(cards.LISTING, there)))


@blp.route("/quotes/<uuid:quote_id>/versions")
class Versions(MethodView):
    """What a quote said before."""

    @signed_in
    @blp.response(200, kept.VersionList)
    def get(self, quote_id: UUID) -> Response:
        """The versions of a quote, the latest first, and what became of each."""
        actor = current_actor()
        found = versions.listed(actor, queries.get(actor, quote_id))
        return jsonify(_versions.dump({"items": found}))


@blp.route("/quotes/<uuid:quote_id>/versions/<int:revision>")
class OneVersion(MethodView):
    """What a quote said at a time."""

    @signed_in
    @blp.response(200, kept.VersionWhole)
    def get(self, quote_id: UUID, revision: int) -> Response:
        """A version of a quote, whole."""
        actor = current_actor()
        return answers.ready(versions.body_of(actor, queries.get(actor, quote_id), revision))


@blp.route("/quotes/<uuid:quote_id>/differences")
class VersionDifferences(MethodView):
    """How two versions differ."""

    @signed_in
    @blp.arguments(kept.DifferencesQuery, location="query")
    @blp.response(200, kept.Differences)
    def get(self, asked: dict[str, Any], quote_id: UUID) -> Response:
        """What of one version of a quote is other in another."""
        actor = current_actor()
        quote = queries.get(actor, quote_id)
        then, now = (versions.body_of(actor, quote, asked[name]) for name in ("before", "after"))
        return answers.ready(versions.differences(then, now))


@blp.route("/quote-previews")
class Previews(MethodView):
    """What lines would come to."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.PreviewIn)
    @blp.response(200, shapes.Preview)
    def post(self, sent: dict[str, Any]) -> Response:
        """Work lines out as if they were kept; nothing is."""
        given = _drafted(sent)
        lines = given.pop("lines")
        return jsonify(_preview.dump(previews.work_out(current_actor(), lines, Asked(**given))))
