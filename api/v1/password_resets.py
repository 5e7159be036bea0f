"""/api/v1/password-resets: a way back in for those who forgot."""

from typing import Any

from flask import Response
from flask.views import MethodView

from api.v1.schemas import session as shapes
from app.access import credentials
from app.http.blueprint import Blueprint
from app.http.door import public

blp = Blueprint("password-resets", __name__, url_prefix="/api/v1", description="Forgotten passwords.")


@blp.route("/password-resets")
class PasswordResets(MethodView):
    """Links to a new password."""

    @public("whoever forgot their password has no session")
    @blp.arguments(shapes.ResetIn)
    @blp.response(202)
    def post(self, sent: dict[str, Any]) -> Response:
        """Mail a link to a new password, if there is such an account; the answer does not say."""
        credentials.ask_for_reset(sent["login"])
        return Response(status=202)


@blp.route("/password-reset-confirmations")
class PasswordResetConfirmations(MethodView):
    """New passwords."""

    @public("the link that was mailed is the proof")
    @blp.arguments(shapes.ResetConfirmationIn)
    @blp.response(204)
    def post(self, sent: dict[str, Any]) -> None:
        """Replace the password; all sessions of the person end."""
        credentials.reset_password(sent["token"], sent["password"])
