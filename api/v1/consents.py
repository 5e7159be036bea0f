"""/api/v1/contacts/{id}/consents and what contacts say themselves on a page of their own."""

from typing import Any
from uuid import UUID

import orjson
from flask import Response, current_app, jsonify
from flask.views import MethodView

from api.v1.schemas import consents as shapes
from app.consents import cards, ledger, preferences
from app.consents.ledger import Noting
from app.consents.states import About, Purpose, Source, Way
from app.contacts import queries as contacts
from app.http import answers, idempotency
from app.http.blueprint import Blueprint
from app.http.door import public, signed_in
from app.http.identity import current_actor

blp = Blueprint("consents", __name__, url_prefix="/api/v1", description="What people want to hear.")
_whole, _page = shapes.Consents(), shapes.Preferences()
_HOLDER = "contacts have no account; the link is the proof, and opens what they are written to about"


@blp.route("/contacts/<uuid:contact_id>/consents")
class ContactConsents(MethodView):
    """Whether a contact may be written to."""

    @signed_in
    @blp.response(200, shapes.Consents)
    def get(self, contact_id: UUID) -> Response:
        """For what and in which way a contact may be written to, and all that was said about it."""
        actor = current_actor()
        return jsonify(_whole.dump(cards.of_contact(actor, contacts.get(actor, contact_id))))


@blp.route("/contacts/<uuid:contact_id>/consent-entries")
class ContactConsentEntries(MethodView):
    """The ledger of a contact."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ConsentEntryIn)
    @blp.response(201, shapes.Consents)
    def post(self, sent: dict[str, Any], contact_id: UUID) -> Response:
        """Note what a contact has said, or what is known of them; it is added, nothing is changed."""
        actor = current_actor()
        contact = contacts.get(actor, contact_id, to_change=True)
        noting = Noting(
            about=About(sent["about"]),
            holds=sent["holds"],
            source=Source(sent["source"]),
            evidence=sent["evidence"] or None,
            said_at=sent["said_at"],
            purposes=[Purpose(one) for one in sent["purposes"]],
            ways=[Way(one) for one in sent["ways"]],
        )
        ledger.note(actor, contact, noting)
        return answers.ready(_whole.dump(cards.of_contact(actor, contact)), 201)


@blp.route("/contacts/<uuid:contact_id>/preference-links")
class PreferenceLinks(MethodView):
    """The way to a contact's own page."""

    @signed_in
    @blp.takes_key
    @blp.response(201, shapes.PreferenceLink)
    def post(self, contact_id: UUID) -> Response:
        """The link by which a contact says what they want to hear; to be sent to them, and to nobody else."""
        actor = current_actor()
        token = preferences.link(actor, contacts.get(actor, contact_id))
        idempotency.keep_instead(orjson.dumps({"address": None}))
        base = current_app.config["SETTINGS"].public_url
        return answers.ready({"address": f"{base}/p#token={token}"}, 201)


@blp.route("/preference-lookups")
class PreferenceLookups(MethodView):
    """Opening that page."""

    @public(_HOLDER)
    @blp.arguments(shapes.PreferenceLookup)
    @blp.response(200, shapes.Preferences)
    def post(self, sent: dict[str, Any]) -> Response:
        """What the holder is written to about, and where."""
        return jsonify(_page.dump(preferences.look(sent["token"])))


@blp.route("/preference-changes")
class PreferenceChanges(MethodView):
    """What a contact says."""

    @public(_HOLDER)
    @blp.arguments(shapes.PreferenceWord)
    @blp.response(200, shapes.Preferences)
    def post(self, sent: dict[str, Any]) -> Response:
        """Take the holder's word: it holds at once, and saying it again changes nothing."""
        said = preferences.say(sent["token"], sent["choices"], nothing_at_all=sent["nothing_at_all"])
        return jsonify(_page.dump(said))
