"""/api/v1/api-tokens: what programs show in place of their owners."""

from typing import Any
from uuid import UUID

import orjson
from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import api_tokens as shapes
from app.access.api_tokens import AREAS
from app.access.permission_words import area
from app.access.queries import api_tokens as queries
from app.access.queries.api_tokens import TokenCard
from app.access.services import api_tokens as services
from app.core.keyset import read_id_cursor
from app.http import idempotency
from app.http.blueprint import Blueprint
from app.http.door import in_person
from app.http.identity import current_actor

blp = Blueprint("api-tokens", __name__, url_prefix="/api/v1", description="Tokens for programs.")
_page, _made = shapes.ApiTokenPage(), shapes.ApiTokenMade()
_SHOWN = ("id", "name", "read_only", "created_at", "expires_at")


def _card(card: TokenCard) -> dict[str, Any]:
    token = card.token
    return {
        **{name: getattr(token, name) for name in _SHOWN},
        "areas": token.areas or None,
        "owner": token.user,
        "state": card.state,
        "last_used_at": card.last_used_at,
        "last_used_ip": card.last_used_ip,
    }


@blp.route("/api-tokens")
class ApiTokens(MethodView):
    """Tokens."""

    @in_person
    @blp.arguments(shapes.ApiTokenQuery, location="query")
    @blp.response(200, shapes.ApiTokenPage)
    def get(self, asked: dict[str, Any]) -> Response:
        """One's own tokens, or everyone's, the newest first."""
        pages = queries.page if asked["everyone"] else queries.own_page
        actor, limit = current_actor(), asked["limit"]
        found = pages(actor, after=read_id_cursor(asked["cursor"]), limit=limit + 1)
        page = {
            "allowed": actor.entry.tokens_allowed,
            "areas": [{"name": name, "label": area(name, actor.locale)} for name in AREAS],
            "items": [_card(card) for card in found[:limit]],
            "next_cursor": found[limit - 1].token.id.hex if len(found) > limit else None,
        }
        return jsonify(_page.dump(page))

    @in_person
    @blp.takes_key
    @blp.arguments(shapes.ApiTokenIn)
    @blp.response(201, shapes.ApiTokenMade)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a token for oneself; its secret is shown now, and never again."""
        made = services.create(current_actor(), **sent)
        shown = _made.dump({**_card(made.card), "secret": None})
        idempotency.keep_instead(orjson.dumps(shown))
        response = jsonify({**shown, "secret": made.secret})
        response.status_code = 201
        return response


@blp.route("/api-tokens/<uuid:api_token_id>")
class OneApiToken(MethodView):
    """One token."""

    @in_person
    @blp.response(204)
    def delete(self, api_token_id: UUID) -> None:
        """Revoke a token; it opens nothing from the next request on."""
        actor = current_actor()
        services.revoke(actor, queries.get(actor, api_token_id))
