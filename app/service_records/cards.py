"""Service records as shown: rows of a list and whole ones."""

from typing import Any

from app.core.filter_values import Kind
from app.core.filters import Field
from app.core.keyset import day_key
from app.hosted.cards import HostedCards, Item, Look, flat, ref_of
from app.service_records.models import GIST
from app.service_records.policies import HOSTED
from app.service_records.states import ServiceKind

# What was done on an asset says on which: it is as visible as the asset, whose customer is the same.
_ASSET = (
    "(SELECT ARRAY[a.id::text, a.name, a.serial] FROM assets a "
    "WHERE a.tenant_id = %(tenant)s AND a.id = r.asset_id AND a.deleted_at IS NULL)"
)
_HUNG = (
    "(SELECT count(*) FROM attachments a WHERE a.tenant_id = %(tenant)s "
    "AND a.record_type = 'service-record' AND a.record_id = r.id AND a.deleted_at IS NULL)"
)


def _tell(item: Item) -> None:
    currency = item.pop("currency")
    item["fee"] = None if item["fee"] is None else {"amount": item["fee"], "currency": currency}
    asset: Any = item["asset"]
    item["asset"] = ref_of(asset)
    item["asset_serial"] = asset[2] if asset else None
    item["gist"] = item["content"].split("\n", 1)[0][:GIST]


CARDS = HostedCards(
    HOSTED,
    Look(
        columns={
            "kind": "r.kind",
            "content": "r.content",
            "done_on": "r.done_on::text",
            "done_by": "r.done_by_id::text",
            "done_by_name": "r.done_by_name",
            "next_due_on": "r.next_due_on::text",
            "fee": "r.fee",
            "currency": "r.currency",
            "asset": _ASSET,
            "attachment_count": _HUNG,
        },
        sorts=(day_key("done_on"),),
        default_sort="-done_on",
        fields=(
            Field("kind", Kind.CHOICE, "r.kind", tuple(ServiceKind)),
            Field("content", Kind.TEXT, "r.content"),
            *(Field(name, Kind.DATE, f"r.{name}") for name in ("done_on", "next_due_on")),
            *(Field(name, Kind.ID, f"r.{name}") for name in ("asset_id", "done_by_id")),
            Field("fee", Kind.WHOLE, "r.fee"),
        ),
        tell=_tell,
        people=("done_by",),
    ),
)
LISTING, page, these, demand = CARDS.listing, CARDS.page, CARDS.these, CARDS.demand
whole, whole_now = CARDS.whole, CARDS.whole_now
__all__ = ["LISTING", "demand", "flat", "page", "these", "whole", "whole_now"]
