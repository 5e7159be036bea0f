"""/api/v1/roles and /api/v1/permissions: what colleagues may do."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import roles as shapes
from app.access import permission_words, policies
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.queries import roles as queries
from app.access.queries.roles import RoleCard
from app.access.queries.trail import last_change
from app.access.services import roles as services
from app.http import etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("roles", __name__, url_prefix="/api/v1", description="What colleagues may do.")
_one, _permissions = shapes.RoleOut(), shapes.PermissionList()


def _shown(actor: Actor, card: RoleCard) -> dict[str, Any]:
    role, may = card.role, policies.manage_role.allows(actor, card.role)
    shown: dict[str, Any] = _one.dump(
        {
            "id": role.id,
            "version": role.version,
            "name": role.name,
            "code": role.code,
            "description": role.description,
            "permissions": role.granted,
            "requires_second_factor": role.requires_second_factor,
            "user_count": card.user_count,
            "built_in": role.built_in,
            "can": {
                "update": may and not role.is_administrator,
                "require_second_factor": may,
                "delete": may and not role.built_in,
            },
        }
    )
    return shown


def _answer(actor: Actor, card: RoleCard, status: int = 200) -> Response:
    response = jsonify(_shown(actor, card))
    response.status_code = status
    return etag.tag(response, card.role)


@blp.route("/roles")
class Roles(MethodView):
    """All roles."""

    @signed_in
    @blp.response(200, shapes.RoleList)
    def get(self) -> Response:
        """All roles, the built-in ones first."""
        actor = current_actor()
        return jsonify({"items": [_shown(actor, card) for card in queries.every(actor)]})

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.RoleIn)
    @blp.response(201, shapes.RoleOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a role; it grants at most what one has oneself."""
        actor = current_actor()
        role = services.create(actor, **sent)
        return _answer(actor, queries.get(actor, role.id), 201)


@blp.route("/roles/<uuid:role_id>")
class OneRole(MethodView):
    """One role."""

    @signed_in
    @blp.response(200, shapes.RoleOut)
    def get(self, role_id: UUID) -> Response:
        """A role."""
        actor = current_actor()
        return _answer(actor, queries.get(actor, role_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.RolePatch)
    @blp.response(200, shapes.RoleOut)
    def patch(self, sent: dict[str, Any], role_id: UUID) -> Response:
        """Change a role; that holds at the next request of everyone who has it."""
        actor = current_actor()
        card = queries.get(actor, role_id)
        etag.check(card.role, sent, lambda: _shown(actor, card), lambda: last_change("role", role_id))
        services.change(actor, card.role, sent)
        return _answer(actor, card)

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, role_id: UUID) -> None:
        """Delete a role that nobody has."""
        actor = current_actor()
        card = queries.get(actor, role_id)
        etag.check(card.role, {}, lambda: _shown(actor, card), lambda: last_change("role", role_id))
        services.remove(actor, card.role)


@blp.route("/permissions")
class Permissions(MethodView):
    """Every permission there is."""

    @signed_in
    @blp.response(200, shapes.PermissionList)
    def get(self) -> Response:
        """All permissions, in the reader's words."""
        locale = current_actor().locale
        items = [
            {
                "code": permission.value,
                "group": permission_words.group(permission, locale),
                "label": permission_words.label(permission, locale),
                "description": permission_words.description(permission, locale),
                "scoped": permission.scoped,
            }
            for permission in sorted(Permission, key=permission_words.place)
        ]
        return jsonify(_permissions.dump({"items": items}))
