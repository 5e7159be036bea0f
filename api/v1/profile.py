"""/api/v1/profile: what people change about themselves."""

from typing import Any

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import session as shapes
from app.access import credentials, queries
from app.access.services import profile as services
from app.http.blueprint import Blueprint
from app.http.door import in_person
from app.http.identity import current_actor, current_session_id

blp = Blueprint("profile", __name__, url_prefix="/api/v1", description="What people change about themselves.")


@blp.route("/profile")
class Profile(MethodView):
    """Oneself."""

    @in_person
    @blp.arguments(shapes.ProfileIn)
    @blp.response(200, shapes.Me)
    def patch(self, sent: dict[str, Any]) -> Response:
        """Take another name, or read in another language."""
        actor = current_actor()
        services.change(actor, **sent)
        return jsonify(shapes.Me().dump(queries.me(actor.id)))


@blp.route("/profile/password")
class ProfilePassword(MethodView):
    """One's own password."""

    @in_person
    @blp.takes_key
    @blp.arguments(shapes.PasswordIn)
    @blp.response(204)
    def post(self, sent: dict[str, Any]) -> None:
        """Change the password; all other sessions end."""
        credentials.change_password(current_actor(), current_session_id(), **sent)
