"""/api/v1/session and its kin: signing up, in and out, and one's own devices."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, jsonify, request
from flask.views import MethodView

from api.v1.schemas import session as shapes
from app.access import devices, entrance, queries, sessions, signups, tokens
from app.access.entrance import Challenge, WrongCredentials
from app.access.permissions import Permission
from app.access.proofs import WrongCode
from app.access.sessions import Opened, RefreshReused
from app.core.errors import DomainError, Unauthenticated
from app.core.origin import current_origin
from app.http import idempotency, session_tokens
from app.http.blueprint import Blueprint
from app.http.door import in_person, on_threshold, on_threshold_once, public
from app.http.identity import current_actor, current_session_id
from app.http.problem import refusal
from tenants.provisioning import LoginExists

_PATIENCE = int(tokens.CHALLENGE_LIFETIME.total_seconds())
_SHOWN_OF_SESSION = ("id", "created_at", "last_seen_at", "expires_at", "ip", "user_agent")
blp = Blueprint("session", __name__, url_prefix="/api/v1", description="Signing up, in and out.")


def opened_session(opened: Opened, *, transport: str = "cookie", status: int = 200) -> Response:
    """The answer that begins or renews a session."""
    access_token = session_tokens.issue(opened)
    body: dict[str, Any] = {
        "access_token": access_token,
        "expires_in": int(session_tokens.LIFETIME_OF_ACCESS.total_seconds()),
        "user": queries.me(opened.user.id),
        "tenant": opened.tenant,
    }
    if transport == "bearer":
        body["refresh_token"] = opened.refresh_token
    response = jsonify(shapes.SessionOut().dump(body))
    response.status_code = status
    if transport == "cookie":
        session_tokens.set_cookies(
            response,
            access_token,
            opened.refresh_token,
            secure=current_app.config["SETTINGS"].cookie_secure,
        )
    return response


def _failed(error: DomainError) -> Response:
    """A refusal of a known person that is returned, not raised: the attempt stays in the trail."""
    person_id = error.facts.get("person_id")
    if not isinstance(person_id, UUID):
        raise error
    entrance.note_failed_sign_in(person_id)
    return refusal(error)


@blp.route("/signups")
class SignUps(MethodView):
    """Companies signing up."""

    @public("a visitor has no session yet")
    @blp.takes_key
    @blp.arguments(shapes.SignUpIn)
    @blp.response(201, shapes.SessionOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Sign a company up; its first user is signed in as administrator."""
        locale = sent.pop("locale") or current_origin().locale
        try:
            opened = signups.sign_up(**sent, locale=locale, idempotency_key=idempotency.sent_key())
        except (LoginExists, WrongCode) as error:
            return _failed(error)
        response = opened_session(opened, status=201)
        if opened.replayed:
            response.headers[idempotency.REPLAYED] = "true"
        return response


@blp.route("/session")
class Session(MethodView):
    """The session at hand."""

    @public("whoever signs in has no session yet")
    @blp.arguments(shapes.SignInIn)
    @blp.response(200, shapes.SessionOut)
    @blp.alt_response(202, schema=shapes.ChallengeOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Sign in; opens the tenant last used. 202: the second factor is to follow."""
        try:
            opened = entrance.sign_in(login=sent["login"], password=sent["password"])
        except WrongCredentials as error:
            return _failed(error)
        if isinstance(opened, Challenge):
            response = jsonify(
                shapes.ChallengeOut().dump({"challenge": opened.token, "expires_in": _PATIENCE})
            )
            response.status_code = 202
            return response
        return opened_session(opened, transport=sent["transport"])

    @on_threshold
    @blp.response(200, shapes.Standing)
    def get(self) -> dict[str, Any]:
        """Who is signed in, where, and what they may do."""
        actor = current_actor()
        return {
            "must_enrol": actor.must_enrol,
            "user": queries.me(actor.id),
            "tenant": queries.tenant_of(actor),
            "tenants": queries.tenants_of(actor),
            "permissions": {
                permission.value: actor.grants[permission].word
                for permission in Permission
                if actor.may(permission)
            },
        }

    @on_threshold
    @blp.response(204)
    def delete(self) -> Response:
        """Sign out."""
        entrance.sign_out(current_actor(), current_session_id())
        response = Response(status=204)
        session_tokens.clear_cookies(response)
        return response


@blp.route("/session/second-factor")
class SecondFactor(MethodView):
    """The second step of signing in."""

    @public("whoever signs in has no session yet")
    @blp.arguments(shapes.SecondFactorIn)
    @blp.response(200, shapes.SessionOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Prove the second factor by the authenticator's code, or a recovery code; each works once."""
        try:
            opened = entrance.sign_in_further(challenge=sent["challenge"], code=sent["code"])
        except WrongCode as error:
            return _failed(error)
        return opened_session(opened, transport=sent["transport"])


@blp.route("/session/refresh")
class Refresh(MethodView):
    """The next pair of tokens."""

    @public("the refresh token itself is the proof")
    @blp.arguments(shapes.RefreshIn)
    @blp.response(200, shapes.SessionOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Exchange the refresh token, from the cookie or the body, for new tokens; each works once."""
        in_body = sent["refresh_token"]
        token = in_body or request.cookies.get(session_tokens.REFRESH_COOKIE)
        if not token:
            raise Unauthenticated
        refreshed = entrance.refresh(token)
        if refreshed.opened is None:
            # Returned, not raised: the end of the session must be committed.
            return refusal(RefreshReused())
        return opened_session(refreshed.opened, transport="bearer" if in_body else "cookie")


@blp.route("/session/tenant")
class SessionTenant(MethodView):
    """The tenant of the session."""

    @on_threshold_once
    @blp.arguments(shapes.SwitchIn)
    @blp.response(200, shapes.SessionOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Go to another company one belongs to."""
        opened = entrance.switch_tenant(current_actor(), current_session_id(), sent["tenant"])
        by_cookie = "Authorization" not in request.headers
        return opened_session(opened, transport="cookie" if by_cookie else "bearer")


@blp.route("/sessions")
class Sessions(MethodView):
    """One's own devices."""

    @in_person
    @blp.response(200, shapes.SessionList)
    def get(self) -> dict[str, Any]:
        """The devices signed in to this company as oneself."""
        current = current_session_id()
        items = [
            {
                **{name: getattr(s, name) for name in _SHOWN_OF_SESSION},
                "device": devices.called(s.user_agent),
                "current": s.id == current,
            }
            for s in queries.sessions_of(current_actor().id)
        ]
        return {"items": items}

    @in_person
    @blp.response(204)
    def delete(self) -> None:
        """Sign all other devices out."""
        sessions.end_own(current_actor(), keep=current_session_id())


@blp.route("/sessions/<uuid:session_id>")
class OneSession(MethodView):
    """One of one's own devices."""

    @in_person
    @blp.response(204)
    def delete(self, session_id: UUID) -> None:
        """Sign a device out."""
        sessions.end_own(current_actor(), session_id=session_id)
