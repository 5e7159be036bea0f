"""Tags: one spelling per tenant, whoever types them however."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.ids import new_id
from app.customers.models import CustomerTag, Tag
from tenants.context import require_tenant_id


def folded(name: str) -> str:
    """What makes two spellings the same tag: width, case and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def resolve(names: Iterable[str], *, making: bool = True) -> dict[str, Tag]:
    """The tags of these names by their folded form; those not there yet are made.

    At most three statements, however many names.

    :param making: whether new ones are kept; else they are only there to be told of
    """
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(folded(name), name)
    if not wanted:
        return {}
    tags = _known(wanted)
    missing = [name for key, name in wanted.items() if key not in tags]
    at = clock.now()
    if missing and not making:
        return tags | {folded(name): Tag(**_row(name, at)) for name in missing}
    if missing:
        db.session.execute(
            insert(Tag)
            .values([_row(name, at) for name in missing])
            .on_conflict_do_nothing(index_elements=["tenant_id", "folded"])
        )
        tags |= _known(map(folded, missing))
    return tags


def _row(name: str, at: datetime) -> dict[str, Any]:
    return {"id": new_id(), "name": name, "folded": folded(name), "created_at": at}


def _known(keys: Iterable[str]) -> dict[str, Tag]:
    found = db.session.scalars(select(Tag).where(Tag.folded.in_(list(keys))))
    return {tag.folded: tag for tag in found}


def spelled(names: Iterable[str], tags: Mapping[str, Tag]) -> list[Tag]:
    """The tags of a customer in the order typed, each once."""
    return list({tag.id: tag for name in names if (tag := tags[folded(name)])}.values())


def attach(pairs: Iterable[tuple[UUID, Tag]]) -> None:
    """Note which customers carry which tags; one statement."""
    rows: list[dict[str, Any]] = [
        {"tenant_id": require_tenant_id(), "customer_id": customer_id, "tag_id": tag.id}
        for customer_id, tag in pairs
    ]
    insert_many(CustomerTag, rows)


def detach(customer_id: UUID) -> None:
    """Take all tags off a customer."""
    db.session.execute(delete(CustomerTag).where(CustomerTag.customer_id == customer_id))
