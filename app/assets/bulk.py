"""Many assets at a time: what imports do, in a fixed number of statements per call."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.assets import making, trail
from app.assets.drafts import AssetDraft
from app.assets.policies import HOSTED
from app.hosted.masses import Changes, Masses, Outcome, Problems

_MASSES = Masses(
    hosted=HOSTED, trail=trail, make=making.make, alter=making.alter, keys=making.keys,
    found_by=making.FOUND_BY,
)  # fmt: skip


@permitted(Permission.ASSET_CREATE)
def create_many(actor: Actor, wanted: Sequence[AssetDraft], *, action: str = "imported") -> list[Outcome]:
    """Note assets; for each draft, in order, its id or what is wrong with it."""
    return _MASSES.create(actor, wanted, action)


@permitted(Permission.ASSET_CREATE)
def check_many(actor: Actor, wanted: Sequence[AssetDraft]) -> list[Problems]:
    """What is wrong with each draft, in order; nothing is made."""
    return _MASSES.check(actor, wanted)


@permitted(Permission.ASSET_UPDATE)
def revise_many(
    actor: Actor, wanted: Mapping[UUID, Mapping[str, Any]], *, rehearsed: bool = False
) -> dict[UUID, Changes | Problems]:
    """Change fields of assets; for each what has changed, nothing among it, or what is wrong with it.

    :param wanted: by id, fields of `AssetDraft` but for its customer
    :param rehearsed: whether it is only told what would become of them
    """
    return _MASSES.revise(actor, wanted, rehearsed=rehearsed)


@permitted(Permission.ASSET_DELETE)
def delete_many(actor: Actor, asset_ids: Collection[UUID]) -> dict[UUID, Problems]:
    """Put assets into the recycle bin; for each what is wrong, nothing for those that went."""
    return _MASSES.delete(actor, asset_ids)
