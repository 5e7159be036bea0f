"""/api/v1/letters: what is written to many on paper."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1 import jobs as jobs_door
from api.v1.schemas import letters as shapes
from api.v1.schemas.jobs import Job as JobShape
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.letters import cards, queries, services
from app.letters.models import Letter
from app.letters.services import Wanted
from app.letters.states import Form
from app.letters.trail import SUBJECT
from app.papers import pictures

blp = Blueprint("letters", __name__, url_prefix="/api/v1", description="Letters: on paper, to many.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts, searchable=False)
_forecast = shapes.LetterForecast()


def _wanted(sent: Mapping[str, Any]) -> Wanted:
    return Wanted(form=Form(sent["paper"]), first=sent["first"], boxes=sent["boxes"])


def _to_change(actor: Actor, letter_id: UUID, sent: Mapping[str, Any]) -> Letter:
    """The letter, locked, if the caller's change is based on what it is now."""
    letter = queries.get(actor, letter_id, to_change=True)
    etag.check(
        letter,
        sent,
        lambda: cards.flat(cards.whole_now(actor, letter_id)),
        lambda: last_change(SUBJECT, letter_id),
    )
    return letter


def _made(actor: Actor, letter_id: UUID) -> Response:
    response = answers.ready(cards.whole_now(actor, letter_id), 201)
    response.headers["Location"] = f"/api/v1/letters/{letter_id}"
    return response


@blp.route("/letters")
class Letters(MethodView):
    """Letters."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.LetterPage)
    def get(self) -> Response:
        """The company's letters, each with the last time it was printed."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.PostalLetterIn)
    @blp.response(201, shapes.LetterOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Write a letter; nothing is printed yet."""
        actor = current_actor()
        return _made(actor, services.create(actor, sent))


@blp.route("/letters/<uuid:letter_id>")
class OneLetter(MethodView):
    """A letter."""

    @hot_read
    @blp.response(200, shapes.LetterOut)
    def get(self, letter_id: UUID) -> Response:
        """A letter, whole."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), letter_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.LetterPatch)
    @blp.response(200, shapes.LetterOut)
    def patch(self, sent: dict[str, Any], letter_id: UUID) -> Response:
        """Change a letter; what was printed stays as it was."""
        actor = current_actor()
        services.change(actor, _to_change(actor, letter_id, sent), sent)
        return answers.ready(cards.whole_now(actor, letter_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, letter_id: UUID) -> None:
        """Remove a letter; files that were made of it stay as long as they are kept."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, letter_id, {}))


@blp.route("/letters/<uuid:letter_id>/copies")
class LetterCopies(MethodView):
    """Letters that are like another."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.LetterCopyIn)
    @blp.response(201, shapes.LetterOut)
    def post(self, sent: dict[str, Any], letter_id: UUID) -> Response:
        """Make a letter that is like another."""
        actor = current_actor()
        return _made(actor, services.copy(actor, queries.get(actor, letter_id), sent["name"]))


@blp.route("/letters/<uuid:letter_id>/forecast")
class LetterForecasts(MethodView):
    """What would come of printing a letter."""

    @signed_in
    @blp.response(200, shapes.LetterForecast)
    def get(self, letter_id: UUID) -> Response:
        """How many would get a letter if it were printed now, and who would not, and why."""
        actor = current_actor()
        return jsonify(_forecast.dump(services.foresee(actor, queries.get(actor, letter_id))))


@blp.route("/letters/<uuid:letter_id>/printings")
class LetterPrintings(MethodView):
    """Printing a letter."""

    @hot_read
    @blp.response(200, shapes.LetterPrintings)
    def get(self, letter_id: UUID) -> Response:
        """When a letter was printed, by whom, and what became of it, the newest first."""
        return answers.ready(cards.printings(identity.hot_driver(), current_actor(), letter_id))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.LetterPrintIn)
    @blp.response(202, JobShape)
    def post(self, sent: dict[str, Any], letter_id: UUID) -> dict[str, Any]:
        """Print letters, envelopes or labels; the job tells how far it is, and has the PDF at its end."""
        actor = current_actor()
        job = services.print_out(actor, queries.get(actor, letter_id), _wanted(sent))
        return jobs_door.begun(actor, job)


@blp.route("/letter-previews")
class LetterPreviews(MethodView):
    """Looking at a letter."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.LetterPreviewIn)
    @blp.response(200, shapes.LetterPreview)
    def post(self, sent: dict[str, Any]) -> Response:
        """How a letter that is being written looks for a made-up person; nothing is kept."""
        page = services.look(current_actor(), sent, _wanted(sent))
        return answers.ready({"page": pictures.shown(page)})
