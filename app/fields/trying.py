"""Trying a formula before it is kept: whether it can be read, and what it comes to for a record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core.db import db
from app.core.errors import FieldProblem, Forbidden, Invalid
from app.fields import catalogue as catalogues
from app.fields import entities, filling, settings
from app.fields.catalogue import Catalogue, CustomField
from app.fields.states import FieldKind
from app.lists.cards import plain
from app.lists.names import Ref
from app.lists.pages import Asked
from tenants import rls

_GIST = 60
_NAMED_BY = ("name", "title", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of trying a formula."""

    fault: FieldProblem | None = None
    """Why it cannot be read."""
    at: int | None = None
    """Where not, counted from one."""
    record: Ref | None = None
    """The record it was computed for; None if the actor sees none."""
    value: Any = None
    """What it comes to; None for nothing, or for what such a field does not hold."""


@permitted(Permission.FIELD_MANAGE)
def run(actor: Actor, entity: str, key: str | None, wanted: Mapping[str, Any]) -> Trial:
    """Try a formula on the latest record that the actor sees.

    :param key: of the field whose formula it is, if that is there already
    :param wanted: settings of a formula: expression, result, decimals
    """
    known = catalogues.fresh(entity)
    among = replace(known, fields={name: one for name, one in known.fields.items() if name != key})
    try:
        formula = settings.formula_of(wanted["expression"], among)
    except Invalid as refused:
        fault = refused.problems[0]
        place = dict(fault.facts).get("at")
        return Trial(fault=fault, at=place if isinstance(place, int) else None)
    item = _latest(actor, entity)
    if item is None:
        return Trial()
    result = formula.compute(filling.operands(among, item["custom"], entities.get(entity).reader()(item)))
    name = next(str(item[word]) for word in _NAMED_BY if item.get(word))[:_GIST]
    return Trial(
        record={"id": item["id"], "name": name}, value=filling.result_of(_field(among, wanted), result)
    )


def _latest(actor: Actor, entity: str) -> dict[str, Any] | None:
    listing = entities.get(entity).listing
    asked = Asked(listing.sorts[listing.default_sort], 1)
    try:
        found = entities.get(entity).page(rls.driver_of(db.session()), actor, asked)
    except Forbidden:
        return None
    return next(iter(plain(found["items"])), None)


def _field(among: Catalogue, wanted: Mapping[str, Any]) -> CustomField:
    return CustomField(
        among.entity, UUID(int=0), "", "", FieldKind.FORMULA, dict(wanted), {}, None,
        required=False, unique=False, filterable=False, ready=False,
    )  # fmt: skip
