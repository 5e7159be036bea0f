"""Reading assets: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Collection
from uuid import UUID

from app.access.actor import Actor
from app.assets.models import Asset
from app.assets.policies import HOSTED
from app.core.pinyin import sort_key
from app.core.search import fold

get, in_bin, visible_ids = HOSTED.get, HOSTED.in_bin, HOSTED.visible_ids
reach_of, reach_to_export, reach_of_bin = HOSTED.reach_of, HOSTED.reach_to_export, HOSTED.reach_of_bin
Key = tuple[UUID, str]


def with_serials(actor: Actor, keys: Collection[Key]) -> dict[Key, list[UUID]]:
    """The assets that the actor sees with these serial numbers at these customers, the oldest first.

    :param keys: customers, and serial numbers folded
    """
    found: dict[Key, list[UUID]] = {}
    wanted = Asset.serial_key.in_({serial for _, serial in keys})
    for one in HOSTED.at(actor, {customer_id for customer_id, _ in keys}, wanted):
        found.setdefault((one.customer_id, one.serial_key or ""), []).append(one.id)
    return found


def named(actor: Actor, keys: Collection[Key]) -> dict[Key, list[UUID]]:
    """The assets that the actor sees with these names at these customers, the oldest first.

    :param keys: customers, and names folded
    """
    found: dict[Key, list[UUID]] = {}
    wanted = Asset.name_key.in_({sort_key(name) for _, name in keys})
    for one in HOSTED.at(actor, {customer_id for customer_id, _ in keys}, wanted):
        found.setdefault((one.customer_id, fold(one.name)), []).append(one.id)
    return found
