"""/api/v1/users: colleagues, and how far each may go."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import users as shapes
from app.access import credentials, logins, policies, second_factor
from app.access.actor import Actor
from app.access.queries import users as queries
from app.access.queries.trail import last_change
from app.access.queries.users import MOST_COUNTED, Colleague, UserFilter
from app.access.services import users as services
from app.core.keyset import Sort, read_cursor, text_key, write_cursor
from app.http import etag
from app.http.blueprint import Blueprint
from app.http.door import in_person, signed_in
from app.http.identity import current_actor

blp = Blueprint("users", __name__, url_prefix="/api/v1", description="Colleagues and what they may do.")
_BY_NAME = Sort(text_key("name", "name_key"), descending=False)
_one, _page, _options = shapes.UserOut(), shapes.UserPage(), shapes.UserOptions()


def _card(actor: Actor, colleague: Colleague) -> dict[str, Any]:
    user, may = colleague.user, policies.manage_user.allows(actor, colleague)
    return {
        "id": user.id,
        "version": user.version,
        "name": user.name,
        "login": logins.shown(user.login),
        "department": user.department,
        "roles": colleague.roles,
        "state": user.state,
        "last_seen_at": user.last_seen_at,
        "created_at": user.created_at,
        "can": {
            "update": may,
            "reset_password": may and user.mail_address is not None,
            "end_sessions": may,
        },
    }


def _shown(actor: Actor, colleague: Colleague) -> dict[str, Any]:
    card: dict[str, Any] = _one.dump(_card(actor, colleague))
    department_id = colleague.user.department_id
    return {
        **card,
        "department_id": str(department_id) if department_id else None,
        "role_ids": [str(role.id) for role in colleague.roles],
    }


def _answer(actor: Actor, colleague: Colleague) -> Response:
    return etag.tag(jsonify(_one.dump(_card(actor, colleague))), colleague.user)


@blp.route("/users")
class Users(MethodView):
    """Colleagues."""

    @signed_in
    @blp.arguments(shapes.UserQuery, location="query")
    @blp.response(200, shapes.UserPage)
    def get(self, asked: dict[str, Any]) -> Response:
        """Colleagues by name."""
        actor, limit = current_actor(), asked["limit"]
        wanted = UserFilter(q=asked["q"], department_id=asked.get("department_id"), state=asked.get("state"))
        place = read_cursor(asked["cursor"], _BY_NAME) if asked["cursor"] else None
        after = (place.value, place.id) if place else None
        found = queries.page(actor, wanted, after=after, limit=limit + 1)
        items, last = found[:limit], found[limit - 1].user if len(found) > limit else None
        page: dict[str, Any] = {
            "items": [_card(actor, colleague) for colleague in items],
            "next_cursor": write_cursor(_BY_NAME, last.name_key, str(last.id)) if last else None,
        }
        if asked["total"]:
            count = queries.count(actor, wanted)
            page["total"] = {"count": count, "capped": count == MOST_COUNTED}
        return jsonify(_page.dump(page))


@blp.route("/users/<uuid:user_id>")
class OneUser(MethodView):
    """One colleague."""

    @signed_in
    @blp.response(200, shapes.UserOut)
    def get(self, user_id: UUID) -> Response:
        """A colleague."""
        actor = current_actor()
        return _answer(actor, queries.get(actor, user_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.UserPatch)
    @blp.response(200, shapes.UserOut)
    def patch(self, sent: dict[str, Any], user_id: UUID) -> Response:
        """Give a colleague another department or other roles, or let them in no more."""
        actor = current_actor()
        colleague = queries.get(actor, user_id)
        etag.check(
            colleague.user,
            shapes.UserPatch().dump(sent),
            lambda: _shown(actor, colleague),
            lambda: last_change("user", user_id),
        )
        return _answer(actor, services.change(actor, colleague, sent))


@blp.route("/users/<uuid:user_id>/password-reset")
class UserPasswordReset(MethodView):
    """A link to a new password."""

    @in_person
    @blp.takes_key
    @blp.response(202)
    def post(self, user_id: UUID) -> Response:
        """Mail a colleague a link to a new password, which only they can use."""
        actor = current_actor()
        credentials.send_reset(actor, queries.get(actor, user_id))
        return Response(status=202)


@blp.route("/users/<uuid:user_id>/second-factor-reset")
class UserSecondFactorReset(MethodView):
    """A link to sign in without a second factor again."""

    @in_person
    @blp.takes_key
    @blp.response(202)
    def post(self, user_id: UUID) -> Response:
        """Mail a colleague a link that takes their lost second factor away; it asks for their password."""
        actor = current_actor()
        second_factor.send_reset(actor, queries.get(actor, user_id))
        return Response(status=202)


@blp.route("/users/<uuid:user_id>/sessions")
class UserSessions(MethodView):
    """A colleague's devices."""

    @in_person
    @blp.response(204)
    def delete(self, user_id: UUID) -> None:
        """Sign a colleague out everywhere."""
        actor = current_actor()
        services.end_sessions(actor, queries.get(actor, user_id))


@blp.route("/user-options")
class UserOptions(MethodView):
    """Colleagues to choose from."""

    @signed_in
    @blp.arguments(shapes.OptionQuery, location="query")
    @blp.response(200, shapes.UserOptions)
    def get(self, asked: dict[str, Any]) -> Response:
        """The first active colleagues that fit what was typed."""
        return jsonify(_options.dump({"items": queries.options(current_actor(), asked["q"])}))
