"""Keeping the search index in step with the records.

Each gram is mixed with the tenant and the kind, so that none is shared. The index then needs no second
look at "all rows of this tenant", which costs ten times more than the search itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import md5
from uuid import UUID

from sqlalchemy import delete, text

from app.core.bulk import insert_many
from app.core.db import db
from app.lists.models import SearchEntry
from tenants.context import require_tenant_id

_PATIENCE = text("SET LOCAL gin_pending_list_limit = '4MB'")


def expect_many() -> None:
    """Be ready for many entries in this transaction, with more of them in the next.

    Put in order in larger heaps, they cost half; meanwhile a search takes some milliseconds longer. Whoever
    adds one without having said so puts all in order that waits.
    """
    db.session.execute(_PATIENCE)


def put(kind: str, entries: Mapping[UUID, Sequence[int]], *, fresh: bool = False) -> None:
    """Index records by their grams, in place of what they were found by before; one statement.

    :param kind: what the records are, one of the kinds in `app.lists.models`
    :param entries: the grams (`app.core.search.Keys.grams`) of each record
    :param fresh: whether they are new, so that there is nothing to be replaced
    """
    tenant_id = require_tenant_id()
    salt = salt_of(tenant_id, kind)
    rows = [
        {
            "tenant_id": tenant_id,
            "kind": kind,
            "record_id": record_id,
            "grams": [gram ^ salt for gram in grams],
        }
        for record_id, grams in entries.items()
    ]
    insert_many(SearchEntry, rows, replacing=() if fresh else ("tenant_id", "kind", "record_id"))


@lru_cache(maxsize=4096)
def salt_of(tenant_id: int, kind: str) -> int:
    """What a tenant's grams are mixed with; the function that searches knows it, too."""
    mixed = md5(f"{tenant_id}{kind}".encode(), usedforsecurity=False).digest()
    return int.from_bytes(mixed[:4], "big", signed=True)


def drop(kind: str, record_ids: Iterable[UUID]) -> None:
    """Forget records: they are found no more."""
    db.session.execute(
        delete(SearchEntry).where(
            SearchEntry.tenant_id == require_tenant_id(),
            SearchEntry.kind == kind,
            SearchEntry.record_id.in_(list(record_ids)),
        )
    )
