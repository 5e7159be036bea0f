"""/api/v1/sms-accounts: through whom a company sends short messages, and how vendors call back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from flask import Response, current_app, jsonify, request
from flask.views import MethodView
from werkzeug.exceptions import RequestEntityTooLarge

from api.v1.schemas import sms_accounts as shapes
from app.access.actor import Actor
from app.access.queries.standing import tenant_of
from app.access.queries.trail import last_change
from app.consents import addresses
from app.consents.states import Way
from app.core.errors import invalid
from app.http import etag
from app.http.blueprint import Blueprint
from app.http.door import in_person, public
from app.http.identity import current_actor
from app.message_templates import queries as templates
from app.message_templates.own_variables import samples
from app.sms import calling_back, queries, secrets, services
from app.sms.models import SmsAccount
from app.sms.services import AccountDraft
from app.sms.trail import SUBJECT

blp = Blueprint("sms", __name__, url_prefix="/api/v1", description="Short messages.")
_one, _list, _filings, _as_sent = (
    shapes.SmsAccountOut(),
    shapes.SmsAccountList(),
    shapes.SmsFilingList(),
    shapes.SmsAccountPatch(),
)


def _shown(actor: Actor, account: SmsAccount) -> dict[str, Any]:
    token = secrets.callback_token(tenant_of(actor).slug, actor.tenant_id, account.id)
    base = current_app.config["SETTINGS"].public_url
    told: dict[str, Any] = _one.dump(account)
    return {**told, "callback_url": f"{base}/api/v1/sms-callbacks?token={token}"}


def _answer(actor: Actor, account: SmsAccount, status: int = 200) -> Response:
    response = etag.tag(jsonify(_shown(actor, account)), account)
    response.status_code = status
    return response


def _to_change(actor: Actor, account_id: UUID, sent: Mapping[str, Any]) -> SmsAccount:
    """The account, locked, if the caller's change is based on what it is now."""
    account = queries.get(actor, account_id, to_change=True)
    etag.check(
        account,
        _as_sent.dump(sent),
        lambda: _shown(actor, account),
        lambda: last_change(SUBJECT, account_id),
    )
    return account


@blp.route("/sms-accounts")
class SmsAccounts(MethodView):
    """Accounts."""

    @in_person
    @blp.response(200, shapes.SmsAccountList)
    def get(self) -> Response:
        """The company's accounts, in the order in which they are tried."""
        actor = current_actor()
        return jsonify({"items": [_shown(actor, one) for one in queries.accounts(actor)]})

    @in_person
    @blp.takes_key
    @blp.arguments(shapes.SmsAccountIn)
    @blp.response(201, shapes.SmsAccountOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Enter an account; its secret is kept encrypted and never shown again."""
        actor = current_actor()
        return _answer(actor, services.create(actor, AccountDraft(**sent)), 201)


@blp.route("/sms-accounts/<uuid:account_id>")
class OneSmsAccount(MethodView):
    """An account."""

    @in_person
    @blp.response(200, shapes.SmsAccountOut)
    def get(self, account_id: UUID) -> Response:
        """An account."""
        actor = current_actor()
        return _answer(actor, queries.get(actor, account_id))

    @in_person
    @blp.needs_version
    @blp.arguments(shapes.SmsAccountPatch)
    @blp.response(200, shapes.SmsAccountOut)
    def patch(self, sent: dict[str, Any], account_id: UUID) -> Response:
        """Change an account; a secret that is not sent stays."""
        actor = current_actor()
        account = _to_change(actor, account_id, sent)
        services.change(actor, account, sent)
        return _answer(actor, account)

    @in_person
    @blp.needs_version
    @blp.response(204)
    def delete(self, account_id: UUID) -> None:
        """Take an account away."""
        actor = current_actor()
        services.remove(actor, _to_change(actor, account_id, {}))


@blp.route("/sms-accounts/<uuid:account_id>/filings")
class SmsFilings(MethodView):
    """Texts that the vendor is to approve."""

    @in_person
    @blp.response(200, shapes.SmsFilingList)
    def get(self, account_id: UUID) -> Response:
        """What was handed in at an account, and what has become of it."""
        actor = current_actor()
        found = queries.filings(actor, queries.get(actor, account_id))
        return jsonify(_filings.dump({"items": found}))

    @in_person
    @blp.takes_key
    @blp.arguments(shapes.SmsFilingIn)
    @blp.response(201, shapes.SmsFilingList)
    def post(self, sent: dict[str, Any], account_id: UUID) -> Response:
        """Have a template approved, or note under which name it is."""
        actor = current_actor()
        account = queries.get(actor, account_id, to_change=True)
        services.hand_in(actor, account, templates.get(actor, sent["template_id"]), code=sent["code"])
        response = jsonify(_filings.dump({"items": queries.filings(actor, account)}))
        response.status_code = 201
        return response


@blp.route("/sms-accounts/<uuid:account_id>/tests")
class SmsTests(MethodView):
    """Trying an account out."""

    @in_person
    @blp.takes_key
    @blp.arguments(shapes.SmsTestIn)
    @blp.response(204)
    def post(self, sent: dict[str, Any], account_id: UUID) -> None:
        """Send one message with sample values; how it went shows at the account, and under one's bell."""
        actor = current_actor()
        account = queries.get(actor, account_id)
        template = templates.get(actor, sent["template_id"])
        number = addresses.compared(Way.SMS, sent["number"], field="number")
        services.test(actor, account, template, number, samples(actor, template.locale))


@blp.route("/sms-callbacks")
class SmsCallbacks(MethodView):
    """How vendors call back."""

    @public("vendors have no account; the address is sealed, and known to the company's vendor alone")
    @blp.arguments(shapes.SmsCallbackQuery, location="query")
    @blp.response(200, shapes.SmsThanks)
    def post(self, asked: dict[str, Any]) -> Response:
        """Receipts, and what people have answered; told twice, it counts once."""
        request.max_content_length = calling_back.LARGEST_BYTES
        try:
            body = orjson.loads(request.get_data(cache=False))
        except (orjson.JSONDecodeError, RequestEntityTooLarge):
            raise invalid("body", "callback-unreadable") from None
        return jsonify(calling_back.take(asked["token"], body).thanks)
