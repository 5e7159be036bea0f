"""What stands at customers and was done for them goes where they go, and outlasts contacts and products."""

from typing import Any

from app.assets.policies import HOSTED as ASSETS
from app.assets.policies import SUBJECT as ASSET
from app.core.events import on
from app.events.contacts import ContactsPurged
from app.events.customers import CustomerPurged, CustomersDeleted, CustomersRestored, CustomersTransferred
from app.events.records import RecordsGone
from app.hosted.kinds import Hosted
from app.purchases.policies import HOSTED as PURCHASES
from app.service_records.policies import HOSTED as SERVICE_RECORDS

QUOTE = "quote"
# What was done goes before what it was done on.
_ALL: tuple[Hosted[Any], ...] = (PURCHASES, SERVICE_RECORDS, ASSETS)


@on(CustomersTransferred)
def hand_assets_over(event: CustomersTransferred) -> None:
    """The new owner of a customer goes on with what stands there."""
    for kind in _ALL:
        kind.to_owner(event.customer_ids, owner_id=event.owner_id, department_id=event.department_id)


@on(CustomersDeleted)
def put_assets_into_the_bin(event: CustomersDeleted) -> None:
    """What stands at a deleted customer is not listed."""
    for kind in _ALL:
        kind.into_bin(event.customer_ids, by=event.actor_id)


@on(CustomersRestored)
def take_assets_out_of_the_bin(event: CustomersRestored) -> None:
    """What went with the customer comes back with it."""
    for kind in _ALL:
        kind.out_of_bin(event.customer_ids)


@on(CustomerPurged)
def remove_assets(event: CustomerPurged) -> None:
    """Nothing of a purged customer stays."""
    for kind in _ALL:
        kind.customer_gone(event.customer_id)


@on(ContactsPurged)
def let_assets_stand_without_a_contact(event: ContactsPurged) -> None:
    """What a purged contact answered for stays at the customer."""
    for kind in _ALL:
        kind.without("contact_id", event.contact_ids)


@on(RecordsGone)
def let_them_stand_by_their_names(event: RecordsGone) -> None:
    """What is of something that was purged keeps its name; what was done on it was done all the same."""
    if event.record_type == "product":
        ASSETS.without("product_id", event.record_ids)
        PURCHASES.without("product_id", event.record_ids)
    elif event.record_type == QUOTE:
        PURCHASES.without("quote_id", event.record_ids)
    elif event.record_type == ASSET:
        SERVICE_RECORDS.without("asset_id", event.record_ids)
