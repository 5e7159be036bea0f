"""/api/v1/profile/second-factor: the second step of one's own signing in."""

from typing import Any

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import second_factor as shapes
from app.access import second_factor as services
from app.http.blueprint import Blueprint
from app.http.door import on_threshold, on_threshold_once, public
from app.http.identity import current_actor

blp = Blueprint("second-factor", __name__, url_prefix="/api/v1", description="Two-step sign-in.")
_standing, _begun, _codes = shapes.SecondFactorStanding(), shapes.SecondFactorBegun(), shapes.RecoveryCodes()


@blp.route("/profile/second-factor")
class SecondFactor(MethodView):
    """One's own second factor."""

    @on_threshold
    @blp.response(200, shapes.SecondFactorStanding)
    def get(self) -> Response:
        """Whether there is one, and how many recovery codes are left."""
        return jsonify(_standing.dump(services.standing(current_actor())))

    @on_threshold_once
    @blp.arguments(shapes.PasswordOnly)
    @blp.response(200, shapes.SecondFactorBegun)
    def post(self, sent: dict[str, Any]) -> Response:
        """Begin to set one up; beginning again replaces what was not confirmed."""
        return jsonify(_begun.dump(services.begin(current_actor(), **sent)))


@blp.route("/profile/second-factor/confirmation")
class Confirmation(MethodView):
    """That the authenticator works."""

    @on_threshold_once
    @blp.arguments(shapes.CodeOnly)
    @blp.response(200, shapes.RecoveryCodes)
    def post(self, sent: dict[str, Any]) -> Response:
        """Confirm with the first code; from now on signing in asks for one. Recovery codes are shown once."""
        return jsonify(_codes.dump({"items": services.confirm(current_actor(), **sent)}))


@blp.route("/profile/second-factor/recovery-codes")
class RecoveryCodes(MethodView):
    """Codes for a day without the authenticator."""

    @on_threshold_once
    @blp.arguments(shapes.CodeOnly)
    @blp.response(200, shapes.RecoveryCodes)
    def post(self, sent: dict[str, Any]) -> Response:
        """Replace the recovery codes; the new ones are shown once."""
        return jsonify(_codes.dump({"items": services.renew_recovery_codes(current_actor(), **sent)}))


@blp.route("/profile/second-factor/removal")
class Removal(MethodView):
    """The end of one's second factor."""

    @on_threshold_once
    @blp.arguments(shapes.PasswordAndCode)
    @blp.response(204)
    def post(self, sent: dict[str, Any]) -> None:
        """Sign in without a second factor from now on."""
        services.remove(current_actor(), **sent)


@blp.route("/second-factor-reset-confirmations")
class ResetConfirmations(MethodView):
    """Lost authenticators."""

    @public("the link that was mailed, and the password, are the proof")
    @blp.arguments(shapes.SecondFactorResetConfirmation)
    @blp.response(204)
    def post(self, sent: dict[str, Any]) -> None:
        """Take the second factor away; all sessions of the person end."""
        services.reset(sent["token"], sent["password"])
