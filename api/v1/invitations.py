"""/api/v1/invitations: bringing colleagues in."""

from typing import Any
from uuid import UUID

import orjson
from flask import Response, current_app, jsonify
from flask.views import MethodView

from api.v1.schemas import invitations as shapes
from api.v1.schemas.session import SessionOut
from api.v1.session import opened_session
from app.access import acceptance, logins
from app.access.queries import invitations as queries
from app.access.queries.invitations import InvitationCard
from app.access.services import invitations as services
from app.access.services.invitations import Invited
from app.core.keyset import read_id_cursor
from app.core.origin import current_origin
from app.http import idempotency
from app.http.blueprint import Blueprint
from app.http.door import public, signed_in
from app.http.identity import current_actor

blp = Blueprint("invitations", __name__, url_prefix="/api/v1", description="Bringing colleagues in.")
_one, _sent, _page = shapes.InvitationOut(), shapes.InvitationSent(), shapes.InvitationPage()


def _card(card: InvitationCard) -> dict[str, Any]:
    invitation = card.invitation
    return {
        "id": invitation.id,
        "login": logins.shown(invitation.login),
        "name": invitation.name,
        "department": invitation.department,
        "roles": card.roles,
        "state": card.state,
        "expires_at": invitation.expires_at,
        "invited_by": invitation.invited_by,
        "created_at": invitation.created_at,
    }


def _answer(invited: Invited, status: int) -> Response:
    """The invitation with its link, if it is to be handed over: shown now, and kept nowhere."""
    shown = _sent.dump({**_card(invited.card), "link": None})
    idempotency.keep_instead(orjson.dumps(shown))
    if invited.token is not None:
        base = current_app.config["SETTINGS"].public_url
        shown["link"] = f"{base}/accept-invitation#token={invited.token}"
    response = jsonify(shown)
    response.status_code = status
    return response


@blp.route("/invitations")
class Invitations(MethodView):
    """Invitations."""

    @signed_in
    @blp.arguments(shapes.InvitationQuery, location="query")
    @blp.response(200, shapes.InvitationPage)
    def get(self, asked: dict[str, Any]) -> Response:
        """Invitations, the newest first."""
        limit = asked["limit"]
        found = queries.page(
            current_actor(), state=asked.get("state"), after=read_id_cursor(asked["cursor"]), limit=limit + 1
        )
        page = {
            "items": [_card(card) for card in found[:limit]],
            "next_cursor": found[limit - 1].invitation.id.hex if len(found) > limit else None,
        }
        return jsonify(_page.dump(page))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.InvitationIn)
    @blp.response(201, shapes.InvitationSent)
    def post(self, sent: dict[str, Any]) -> Response:
        """Invite a colleague, for seven days; an e-mail address gets a mail."""
        return _answer(services.invite(current_actor(), **sent), 201)


@blp.route("/invitations/<uuid:invitation_id>")
class OneInvitation(MethodView):
    """One invitation."""

    @signed_in
    @blp.response(200, shapes.InvitationOut)
    def get(self, invitation_id: UUID) -> Response:
        """An invitation."""
        return jsonify(_one.dump(_card(queries.get(current_actor(), invitation_id))))

    @signed_in
    @blp.response(204)
    def delete(self, invitation_id: UUID) -> None:
        """Take an invitation back; its link is dead."""
        actor = current_actor()
        services.revoke(actor, queries.get(actor, invitation_id))


@blp.route("/invitations/<uuid:invitation_id>/resend")
class Resend(MethodView):
    """Sending an invitation once more."""

    @signed_in
    @blp.takes_key
    @blp.response(202, shapes.InvitationSent)
    def post(self, invitation_id: UUID) -> Response:
        """Send a new link, good for another seven days; the old one is dead."""
        actor = current_actor()
        return _answer(services.resend(actor, queries.get(actor, invitation_id)), 202)


@blp.route("/invitation-lookups")
class LookUps(MethodView):
    """Looking at an invitation."""

    @public("whoever was invited has no session yet; the token is the proof")
    @blp.arguments(shapes.LookUpIn)
    @blp.response(200, shapes.LookUpOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """What an invitation is to."""
        return jsonify(shapes.LookUpOut().dump(acceptance.look_up(sent["token"])))


@blp.route("/invitation-acceptances")
class Acceptances(MethodView):
    """Accepting an invitation."""

    @public("whoever was invited has no session yet; the token is the proof")
    @blp.arguments(shapes.AcceptIn)
    @blp.response(201, SessionOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Join the company and be signed in."""
        locale = sent.get("locale") or current_origin().locale
        opened = acceptance.accept(
            sent["token"],
            password=sent["password"],
            code=sent.get("code"),
            name=sent.get("name"),
            locale=locale,
        )
        return opened_session(opened, status=201)
