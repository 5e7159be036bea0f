"""Reading purchases: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Collection
from datetime import date
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from app.access.actor import Actor
from app.core.search import fold
from app.purchases.models import Purchase
from app.purchases.policies import HOSTED

get, in_bin, visible_ids = HOSTED.get, HOSTED.in_bin, HOSTED.visible_ids
reach_of, reach_to_export, reach_of_bin = HOSTED.reach_of, HOSTED.reach_to_export, HOSTED.reach_of_bin


class Telling(NamedTuple):
    """What tells one purchase from another."""

    customer_id: UUID
    bought_on: date
    what: str
    """The product of our catalogue, else its name."""
    reference: str | None
    quantity: int | None
    amount: int | None

    @property
    def key(self) -> str:
        """The same for the same: by its document or, where that has no number, by how much it was."""
        document = fold(self.reference or "")
        rest = (document,) if document else (self.quantity, self.amount)
        parts = (self.customer_id, self.bought_on, fold(self.what) or self.what, *rest)
        return sha256("\n".join(map(str, parts)).encode()).hexdigest()


def alike(actor: Actor, wanted: Collection[Telling]) -> dict[str, list[UUID]]:
    """The purchases that the actor sees of the same customers on the same days, the oldest first, by key."""
    days = Purchase.bought_on.in_({one.bought_on for one in wanted})
    found: dict[str, list[UUID]] = {}
    for one in HOSTED.at(actor, {one.customer_id for one in wanted}, days):
        what = str(one.product_id or one.name)
        told = Telling(one.customer_id, one.bought_on, what, one.reference, one.quantity, one.amount)
        found.setdefault(told.key, []).append(one.id)
    return found
