"""What tasks of a plan are called: `给{{contact.name}}打电话` with the names of whom it is about."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.assets.models import Asset
from app.contacts.models import Contact
from app.core.db import db
from app.customers.models import Customer

LONGEST = 200
_VARIABLE = re.compile(r"\{\{\s*([a-z_.]+)\s*(?:\|([^{}|]*))?\}\}")
VARIABLES = frozenset({"contact.name", "customer.name", "asset.name"})


@dataclass(frozen=True, slots=True)
class About:
    """A text, and whom and what it speaks of."""

    text: str
    contact_id: UUID | None
    customer_id: UUID | None
    about_kind: str | None
    about_id: UUID | None


def unknown(text: str) -> list[str]:
    """The variables of a text that there are not."""
    return [name for name, _ in _VARIABLE.findall(text) if name not in VARIABLES]


def titles(texts: Sequence[About]) -> list[str]:
    """The texts with names in place of variables, in three statements however many there are.

    What is not known is left out, or is what the text says in its place.
    """
    contacts = _names(Contact, (one.contact_id for one in texts))
    customers = _names(Customer, (one.customer_id for one in texts))
    assets = _names(Asset, (one.about_id for one in texts if one.about_kind == "asset"))
    return [
        _filled(
            one.text,
            {
                "contact.name": contacts.get(one.contact_id, ""),
                "customer.name": customers.get(one.customer_id, ""),
                "asset.name": assets.get(one.about_id, ""),
            },
        )
        for one in texts
    ]


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda met: values.get(met[1]) or met[2] or "", text).strip()[:LONGEST]


def _names(model: Any, ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    wanted = set(ids) - {None}
    if not wanted:
        return {}
    found = db.session.execute(select(model.id, model.name).where(model.id.in_(wanted)))
    return {row.id: row.name for row in found}
