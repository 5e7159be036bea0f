"""/api/v1/recycle-bin: what was deleted can come back, or be removed for ever."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import recycle_bin as shapes
from app.access.actor import Actor
from app.activities import cards as activity_cards
from app.activities import queries as activity_queries
from app.activities import services as activities
from app.advances import cards as advance_cards
from app.advances import queries as advance_queries
from app.advances import services as advances
from app.assets import cards as asset_cards
from app.assets import queries as asset_queries
from app.assets import services as assets
from app.contacts import cards as contact_cards
from app.contacts import queries as contact_queries
from app.contacts import services as contacts
from app.core.errors import invalid
from app.customers import cards as customer_cards
from app.customers import queries as customer_queries
from app.customers import services as customers
from app.expense_requests import cards as request_cards
from app.expense_requests import queries as request_queries
from app.expense_requests import services as requests
from app.expenses import cards as expense_cards
from app.expenses import queries as expense_queries
from app.expenses import services as expenses
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.insights import recycle_bin
from app.products import cards as product_cards
from app.products import queries as product_queries
from app.products import services as products
from app.purchases import cards as purchase_cards
from app.purchases import queries as purchase_queries
from app.purchases import services as purchases
from app.quotes import cards as quote_cards
from app.quotes import queries as quote_queries
from app.quotes import services as quotes
from app.service_records import cards as service_cards
from app.service_records import queries as service_queries
from app.service_records import services as service_records

blp = Blueprint("recycle-bin", __name__, url_prefix="/api/v1", description="What was deleted.")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What can be done with a deleted record of one kind."""

    in_bin: Callable[[Actor, UUID], Any]
    restore: Callable[[Actor, Any], None]
    purge: Callable[[Actor, Any], None]
    shown: Callable[[Actor, UUID], dict[str, Any]]


_KINDS = {
    "customer": _Kind(customer_queries.in_bin, customers.restore, customers.purge, customer_cards.whole_now),
    "contact": _Kind(contact_queries.in_bin, contacts.restore, contacts.purge, contact_cards.whole_now),
    "activity": _Kind(
        activity_queries.in_bin, activities.restore, activities.purge, activity_cards.whole_now
    ),
    "product": _Kind(product_queries.in_bin, products.restore, products.purge, product_cards.whole_now),
    "expense-request": _Kind(
        request_queries.in_bin, requests.restore, requests.purge, request_cards.whole_now
    ),
    "advance": _Kind(advance_queries.in_bin, advances.restore, advances.purge, advance_cards.whole_now),
    "expense-claim": _Kind(expense_queries.in_bin, expenses.restore, expenses.purge, expense_cards.whole_now),
    "asset": _Kind(asset_queries.in_bin, assets.restore, assets.purge, asset_cards.whole_now),
    "service-record": _Kind(
        service_queries.in_bin, service_records.restore, service_records.purge, service_cards.whole_now
    ),
    "purchase": _Kind(purchase_queries.in_bin, purchases.restore, purchases.purge, purchase_cards.whole_now),
    "quote": _Kind(quote_queries.in_bin, quotes.restore, quotes.purge, quote_cards.whole_now),
}
_ONE_KIND = {"type": "string", "enum": list(recycle_bin.KINDS)}
_PATH = (
    "/recycle-bin/<any(customer, contact, activity, product, quote, asset, 'service-record', "
    "purchase, 'expense-claim', 'expense-request', advance):type>"
    "/<uuid:record_id>"
)
_SHOWN = (
    "CustomerWhole",
    "ContactWhole",
    "ActivityOut",
    "ProductWhole",
    "QuoteWhole",
    "AssetWhole",
    "ServiceRecordWhole",
    "PurchaseWhole",
    "ExpenseClaimWhole",
    "ExpenseRequestWhole",
    "AdvanceWhole",
)
_RESTORED = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in _SHOWN]}


@blp.route("/recycle-bin")
class RecycleBin(MethodView):
    """The recycle bin."""

    @hot_read
    @blp.doc(parameters=[paging.parameter("type", _ONE_KIND, "One kind only"), paging.Q, *paging.PAGE])
    @blp.response(200, shapes.BinPage)
    def get(self) -> Response:
        """What was deleted and one may delete oneself, the latest first."""
        sent = paging.only("type", "q", "limit", "cursor")
        kind = sent.get("type")
        if kind is not None and kind not in recycle_bin.KINDS:
            raise invalid("type", "not-a-choice", choices=", ".join(recycle_bin.KINDS))
        page = recycle_bin.page(
            identity.hot_driver(),
            current_actor(),
            kind=kind,
            query=paging.query(sent),
            after=paging.after(sent, recycle_bin.SORT),
            limit=paging.limit(sent),
        )
        return answers.ready(page)


@blp.route(_PATH + "/restoration")
class Restoration(MethodView):
    """Taking something out of the recycle bin."""

    @signed_in
    @blp.takes_key
    @blp.response(200, _RESTORED)
    def post(self, type: str, record_id: UUID) -> Response:  # noqa: A002
        """Take a record out of the recycle bin; contacts that went with a customer come back with it."""
        actor, kind = current_actor(), _KINDS[type]
        kind.restore(actor, kind.in_bin(actor, record_id))
        return answers.ready(kind.shown(actor, record_id))


@blp.route(_PATH)
class Deleted(MethodView):
    """Something in the recycle bin."""

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, type: str, record_id: UUID) -> None:  # noqa: A002
        """Remove a record for ever."""
        actor, kind = current_actor(), _KINDS[type]
        record = kind.in_bin(actor, record_id)
        etag.check(record, {}, lambda: {"id": str(record.id), "version": record.version})
        kind.purge(actor, record)
