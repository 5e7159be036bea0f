"""Purchases as shown: rows of a list and whole ones."""

from app.core.filter_values import Kind
from app.core.filters import Field
from app.core.keyset import day_key
from app.core.quantities import parts_written
from app.hosted.cards import PRODUCT, HostedCards, Item, Look, flat
from app.purchases.policies import HOSTED
from app.purchases.states import Source

_TEXTS = ("name", "unit", "source", "reference", "remark")


def _tell(item: Item) -> None:
    currency = item.pop("currency")
    item["amount"] = None if item["amount"] is None else {"amount": item["amount"], "currency": currency}
    item["quantity"] = None if item["quantity"] is None else parts_written(item["quantity"])


CARDS = HostedCards(
    HOSTED,
    Look(
        columns={
            **{name: f"r.{name}" for name in _TEXTS},
            "quantity": "r.quantity",
            "amount": "r.amount",
            "currency": "r.currency",
            "bought_on": "r.bought_on::text",
            "quote_id": "r.quote_id::text",
            "product": PRODUCT,
        },
        sorts=(day_key("bought_on"),),
        default_sort="-bought_on",
        fields=(
            *(Field(name, Kind.TEXT, f"r.{name}") for name in ("name", "reference", "remark")),
            Field("source", Kind.CHOICE, "r.source", tuple(Source)),
            Field("bought_on", Kind.DATE, "r.bought_on"),
            *(Field(name, Kind.ID, f"r.{name}") for name in ("product_id", "quote_id")),
            Field("amount", Kind.WHOLE, "r.amount"),
        ),
        tell=_tell,
    ),
)
LISTING, page, these, demand = CARDS.listing, CARDS.page, CARDS.these, CARDS.demand
whole, whole_now = CARDS.whole, CARDS.whole_now
__all__ = ["LISTING", "demand", "flat", "page", "these", "whole", "whole_now"]
