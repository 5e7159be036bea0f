"""/mobile/v1/quotes: a quote to be read with one thumb."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from app.http import answers, identity
from app.http.blueprint import Blueprint
from app.http.door import hot_read
from app.http.identity import current_actor
from app.quotes import cards
from mobile_api.v1.schemas import quotes as shapes

blp = Blueprint("phone-quotes", __name__, url_prefix="/mobile/v1", description="Quotes on a phone.")

_OFFERED = (
    "number", "revision", "title", "customer", "currency", "with_tax", "valid_until", "net", "tax", "gross",
    "margin", "margin_rate", "off_list", "below_floor", "terms",
)  # fmt: skip
_IN_LINE = (
    "name", "specification", "unit", "quantity", "unit_price", "list_price", "net", "gross", "margin",
    "below_floor",
)  # fmt: skip


def offer(whole: Mapping[str, Any]) -> dict[str, Any]:
    """What the phone shows of what a quote says; its lines keep their order."""
    lines = [{name: line[name] for name in _IN_LINE} for line in whole["lines"]]
    return {**{name: whole[name] for name in _OFFERED}, "lines": lines}


@blp.route("/quotes/<uuid:quote_id>")
class PhoneQuotePage(MethodView):
    """A quote."""

    @hot_read
    @blp.response(200, shapes.PhoneQuote)
    def get(self, quote_id: UUID) -> Response:
        """A quote with its lines, without what the reader may not know."""
        found = cards.whole(identity.hot_driver(), current_actor(), quote_id)
        live = {name: found[name] for name in ("id", "version", "state", "owner")}
        return answers.ready({**live, **offer(found)})
