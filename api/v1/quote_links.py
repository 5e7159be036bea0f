"""/api/v1/quotes/{id}/links and what their holders do: quotes as customers read and answer them."""

from typing import Any
from uuid import UUID

import orjson
from flask import Response, current_app, jsonify
from flask.views import MethodView

from api.v1.quote_papers import PDF, printed
from api.v1.schemas import quote_links as shapes
from api.v1.schemas.quotes import QuoteWhole
from app.http import answers, idempotency
from app.http.blueprint import Blueprint
from app.http.door import public, signed_in
from app.http.identity import current_actor
from app.quotes import cards, letters, queries
from app.quotes.letters import Letter
from app.quotes.links import making, opening
from app.quotes.links.opening import Word
from app.quotes.states import Outcome

blp = Blueprint("quote-links", __name__, url_prefix="/api/v1", description="Quotes as customers read them.")
_list, _draft = shapes.LinkList(), shapes.LetterDraft()
_HOLDER = "customers have no account; the link is the proof, and opens one version of one quote"
_FILE = {"type": "string", "format": "binary"}


@blp.route("/quotes/<uuid:quote_id>/links")
class QuoteLinks(MethodView):
    """The links to a quote."""

    @signed_in
    @blp.response(200, shapes.LinkList)
    def get(self, quote_id: UUID) -> Response:
        """The links to a quote, the latest first: opened when and how often, and answered how."""
        actor = current_actor()
        return jsonify(_list.dump({"items": making.listed(actor, queries.get(actor, quote_id))}))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.LinkIn)
    @blp.response(201, shapes.LinkMade)
    def post(self, sent: dict[str, Any], quote_id: UUID) -> Response:
        """Make a link by which the customer reads and answers the quote; shown now, kept nowhere."""
        actor = current_actor()
        token = making.make(actor, queries.get(actor, quote_id, to_change=True), **sent)
        idempotency.keep_instead(orjson.dumps({"address": None}))
        base = current_app.config["SETTINGS"].public_url
        return answers.ready({"address": f"{base}/q#token={token}"}, 201)


@blp.route("/quote-links/<uuid:link_id>")
class OneQuoteLink(MethodView):
    """A link."""

    @signed_in
    @blp.response(204)
    def delete(self, link_id: UUID) -> None:
        """Revoke a link: it opens nothing from now on."""
        actor = current_actor()
        quote, link = making.get(actor, link_id)
        making.revoke(actor, quote, link=link)


@blp.route("/quotes/<uuid:quote_id>/letter")
class QuoteLetter(MethodView):
    """The letter that brings a quote."""

    @signed_in
    @blp.arguments(shapes.LetterQuery, location="query")
    @blp.response(200, shapes.LetterDraft)
    def get(self, asked: dict[str, Any], quote_id: UUID) -> Response:
        """Subject and text to begin with, in the language of the paper."""
        actor = current_actor()
        draft = letters.drafted(actor, queries.get(actor, quote_id), layout_id=asked.get("layout_id"))
        return jsonify(_draft.dump(draft))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.LetterIn)
    @blp.response(200, QuoteWhole)
    def post(self, sent: dict[str, Any], quote_id: UUID) -> Response:
        """Mail the quote, as PDF and with a link for each recipient; it counts as sent."""
        actor = current_actor()
        letters.send(actor, queries.get(actor, quote_id, to_change=True), Letter(**sent))
        return answers.ready(cards.whole_now(actor, quote_id))


@blp.route("/quote-link-lookups")
class QuoteLinkLookUps(MethodView):
    """Opening a link."""

    @public(_HOLDER)
    @blp.arguments(shapes.OpeningIn)
    @blp.response(200, shapes.OpenedQuote)
    def post(self, sent: dict[str, Any]) -> Response:
        """What the quote says, and how it stands; the company learns that it was opened."""
        return answers.ready(opening.look(sent["token"], locale=sent["locale"]))


@blp.route("/quote-link-answers")
class QuoteLinkAnswers(MethodView):
    """Answering a quote."""

    @public(_HOLDER)
    @blp.arguments(shapes.AnswerIn)
    @blp.response(200, shapes.OpenedQuote)
    def post(self, sent: dict[str, Any]) -> Response:
        """Accept or decline; saying the same again changes nothing."""
        word = Word(
            outcome=Outcome(sent["outcome"]),
            name=sent["name"] or None,
            note=sent["note"] or None,
            signature=sent["signature"],
        )
        return answers.ready(opening.answer(sent["token"], word, locale=sent["locale"]))


@blp.route("/quote-link-papers")
class QuoteLinkPapers(MethodView):
    """The quote as PDF."""

    @public(_HOLDER)
    @blp.arguments(shapes.OpeningIn, location="query")
    @blp.response(200, _FILE, content_type=PDF)
    def get(self, asked: dict[str, Any]) -> Response:
        """The quote as PDF; phones save what they find under an address."""
        return printed(opening.printed(asked["token"], locale=asked["locale"]))
