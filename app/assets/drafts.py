"""Assets as somebody wants them, and what may stand in their fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.assets.models import Asset
from app.assets.states import AssetState
from app.core.errors import FieldProblem, Invalid
from app.core.plain_text import Unplain, tidied

LONGEST = {"name": 200, "model": 100, "serial": 100, "location": 200, "contract_number": 100, "remark": 2000}
LONGEST_WARRANTY = 600
LONGEST_INTERVAL = 3650
_SPANS = (("warranty_from", "warranty_until"), ("contract_from", "contract_until"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetDraft:
    """An asset to be noted; without a name it is called as its product."""

    customer_id: UUID
    name: str | None = None
    contact_id: UUID | None = None
    product_id: UUID | None = None
    model: str | None = None
    serial: str | None = None
    state: str = AssetState.IN_USE.value
    location: str | None = None
    bought_on: date | None = None
    installed_on: date | None = None
    warranty_from: date | None = None
    warranty_months: int | None = None
    warranty_until: date | None = None
    maintenance_every: int | None = None
    maintenance_unit: str | None = None
    contract_number: str | None = None
    contract_from: date | None = None
    contract_until: date | None = None
    remark: str | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)
    """What is to stand in the company's own fields, by key."""


REFERENCES = ("customer_id", "contact_id", "product_id")
PLAIN = tuple(name for name in AssetDraft.__dataclass_fields__ if name not in {*REFERENCES, "custom"})


def demand(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields in their stored form; what is empty is None.

    :raises Invalid: naming every one that cannot be taken
    """
    stored, problems = dict(values), []
    for name in values.keys() & LONGEST.keys():
        try:
            stored[name] = tidied(values[name] or "", LONGEST[name], lines=name == "remark") or None
        except Unplain as fault:
            problems.append(FieldProblem(name, fault.code, tuple(fault.facts.items())))
    if problems:
        raise Invalid(*problems)
    if "warranty_until" in stored and "warranty_months" not in stored:
        # Whoever tells its last day alone has it no longer worked out.
        stored["warranty_months"] = None
    return stored


def demand_order(asset: Asset) -> None:
    """Refuse what ends before it begins.

    :raises Invalid: naming the ends
    """
    problems = [
        FieldProblem(end, "ends-before-its-beginning")
        for begin, end in _SPANS
        if getattr(asset, begin) and getattr(asset, end) and getattr(asset, end) < getattr(asset, begin)
    ]
    if problems:
        raise Invalid(*problems)
