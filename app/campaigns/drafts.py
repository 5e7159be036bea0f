"""Campaigns as somebody wants them; what cannot be taken is refused."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.campaigns.audience import LISTINGS
from app.campaigns.models import Campaign
from app.core import filters, relative_days
from app.core.db import db
from app.core.errors import FieldProblem, Invalid
from app.core.plain_text import Unplain, tidied
from app.message_templates import queries as templates
from app.outreach import conditions
from tenants import rls

LONGEST_NAME, LONGEST_LASTING, FASTEST = 60, 720, 100_000
PARTS = ("name", "purpose", "audience", "choices", "start_at", "lasts_hours", "pace", "pace_per")
Problems = Iterator[FieldProblem]


def demand(by: Actor, wanted: Mapping[str, Any], was: Campaign | None = None) -> dict[str, Any]:
    """Fields of a campaign in their stored form.

    :param was: the campaign that is to be changed
    :raises Invalid: naming every one that cannot be taken
    """
    whole = {name: wanted.get(name, was and getattr(was, name)) for name in PARTS}
    for name in ("start_at", "pace", "pace_per"):
        if name in wanted:
            whole[name] = wanted[name]
    problems = [*_wrong_name(whole["name"]), *_wrong_choices(whole), *_wrong_audience(by, whole["audience"])]
    if problems:
        raise Invalid(*problems)
    return {
        **whole,
        "name": tidied(whole["name"], LONGEST_NAME),
        "purpose": str(whole["purpose"]),
        "audience": {name: whole["audience"].get(name) or None for name in LISTINGS},
        "choices": [
            {"way": str(one["way"]), "template_id": str(one["template_id"])} for one in whole["choices"]
        ],
        "pace_per": whole["pace_per"] and str(whole["pace_per"]),
    }


def _wrong_name(name: str | None) -> Problems:
    try:
        if not tidied(name or "", LONGEST_NAME):
            yield FieldProblem("name", "required")
    except Unplain as wrong:
        yield FieldProblem("name", wrong.code, tuple(wrong.facts.items()))


def _wrong_choices(whole: Mapping[str, Any]) -> Problems:
    met = set()
    known = templates.known([UUID(str(one["template_id"])) for one in whole["choices"]])
    for place, one in enumerate(whole["choices"]):
        if one["way"] in met:
            yield FieldProblem(f"choices.{place}.way", "already-exists")
        if UUID(str(one["template_id"])) not in known:
            yield FieldProblem(f"choices.{place}.template_id", "unknown-reference")
        met.add(one["way"])
    if (whole["pace"] is None) != (whole["pace_per"] is None):
        yield FieldProblem("pace" if whole["pace"] is None else "pace_per", "required")


def _wrong_audience(by: Actor, told: Mapping[str, Any]) -> Problems:
    for name, listing in LISTINGS.items():
        if tree := told.get(name):
            known = conditions.fields_of(rls.driver_of(db.session()), by, listing)
            try:
                filters.from_tree(relative_days.resolved(tree, known, by.zone), known, at=f"audience.{name}")
            except Invalid as wrong:
                yield from wrong.problems
