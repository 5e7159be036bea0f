"""/api/v1/operator: the room of whoever keeps the installation; no door of a company leads here, nor back."""

from typing import Any

from flask import Response, current_app, jsonify
from flask.views import MethodView

from api.v1.schemas import operator as shapes
from app.http import operator_entry
from app.http.blueprint import Blueprint
from app.http.door import operator, public
from app.http.operator_entry import current_keeper
from app.operators import companies_usage, dead_letters, deeds, overview, providers, sessions
from app.operators.companies_usage import Grant
from app.operators.dead_letters import Wanted
from app.operators.models import Ruling

blp = Blueprint("operator", __name__, url_prefix="/api/v1/operator", description="Keeping an installation.")
_KEEPS = "whoever keeps the installation belongs to no company"


@blp.route("/session")
class OperatorSession(MethodView):
    """The session of an operator."""

    @operator(_KEEPS)
    @blp.response(200, shapes.OperatorSession)
    def get(self) -> Any:
        """Who is signed in."""
        return current_keeper()

    @public("signing in comes before being signed in")
    @blp.arguments(shapes.OperatorSignIn)
    @blp.response(200, shapes.OperatorSession)
    def post(self, sent: dict[str, Any]) -> Response:
        """Sign in with password and code; the session lasts a working day, and half an hour of silence."""
        keeper, token = sessions.sign_in(sent["email"], sent["password"], sent["code"])
        response = jsonify(name=keeper.name, email=keeper.email)
        operator_entry.give(response, token, secure=current_app.config["GX_COOKIE_SECURE"])
        return response

    @operator(_KEEPS)
    @blp.response(204)
    def delete(self) -> Response:
        """Sign out."""
        sessions.sign_out(operator_entry.presented())
        response = Response(status=204)
        operator_entry.take(response)
        return response


@blp.route("/overview")
class OperatorOverview(MethodView):
    """How the installation fares."""

    @operator(_KEEPS)
    @blp.response(200, shapes.Overview)
    def get(self) -> dict[str, Any]:
        """Queues, channels, providers and companies, in numbers."""
        return overview.now()


@blp.route("/provider-trials")
class ProviderTrials(MethodView):
    """Providers that are left alone."""

    @operator(_KEEPS)
    @blp.arguments(shapes.ProviderTrial)
    @blp.response(204)
    def post(self, sent: dict[str, Any]) -> None:
        """Have a provider tried at once."""
        providers.try_now(current_keeper(), sent["provider"], sent["reason"])


@blp.route("/dead-letters")
class DeadLetters(MethodView):
    """Messages that did not arrive."""

    @operator(_KEEPS)
    @blp.arguments(shapes.DeadLettersAsked, location="query")
    @blp.response(200, shapes.DeadLetters)
    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        """A company's messages of the last thirty days that did not arrive, the latest first."""
        return dead_letters.listed(asked["company"], before=asked["before"])


@blp.route("/dead-letter-rulings")
class DeadLetterRulings(MethodView):
    """What is decided about them."""

    @operator(_KEEPS)
    @blp.arguments(shapes.DeadLetterRuling)
    @blp.response(200, shapes.Ruled)
    def post(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Send some once more, or give them up, with a reason."""
        wanted = Wanted(
            ids=sent["ids"], ruling=Ruling(sent["ruling"]), reason=sent["reason"], sure=sent["sure"]
        )
        return {"ruled": dead_letters.rule(current_keeper(), sent["company"], wanted)}


@blp.route("/usage")
class OperatorUsage(MethodView):
    """What companies send."""

    @operator(_KEEPS)
    @blp.arguments(shapes.UsageAsked, location="query")
    @blp.response(200, shapes.CompaniesUsage)
    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The companies that have sent something in a month, those with most first."""
        return companies_usage.of_month(asked["month"])


@blp.route("/message-grants")
class MessageGrants(MethodView):
    """How much companies may send."""

    @operator(_KEEPS)
    @blp.arguments(shapes.MessageGrant)
    @blp.response(204)
    def post(self, sent: dict[str, Any]) -> None:
        """Limit what a company may send in a month, with a reason."""
        wanted = Grant(limits={"sms": sent["sms"], "mail": sent["mail"]}, reason=sent["reason"])
        companies_usage.grant(current_keeper(), sent["company"], wanted)


@blp.route("/deeds")
class OperatorDeeds(MethodView):
    """What operators have done."""

    @operator(_KEEPS)
    @blp.response(200, shapes.Deeds)
    def get(self) -> dict[str, Any]:
        """The latest deeds of all operators, the latest first."""
        return {"items": deeds.newest()}
