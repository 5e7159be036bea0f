"""In which sections and in which order the fields of a kind of record stand."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import invalid
from app.fields import entities
from app.fields.catalogue import Catalogue
from app.fields.models import FieldLayout

MOST_SECTIONS, LONGEST_TITLE = 30, 50


def get(entity: str) -> FieldLayout:
    """The layout of a kind of record; a new one, not yet kept, if nobody has changed it.

    :raises NotFound: if there is no such kind
    """
    entities.get(entity)
    found = db.session.scalars(select(FieldLayout).where(FieldLayout.entity == entity)).first()
    return found or FieldLayout(entity=entity, version=1, sections=[], updated_at=clock.now())


def sections(layout: FieldLayout, catalogue: Catalogue) -> list[dict[str, Any]]:
    """The sections as they are shown: every field stands in exactly one."""
    kept = layout.sections or [{"title": None, "fields": []}]
    known = _placed(catalogue)
    placed = {name for section in kept for name in section["fields"]}
    shown = [
        {"title": section["title"], "fields": [name for name in section["fields"] if name in known]}
        for section in kept
    ]
    shown[-1]["fields"] += [name for name in known if name not in placed]
    return shown


def _placed(catalogue: Catalogue) -> list[str]:
    built_in = entities.built_in(catalogue.entity).values()
    return [*(one.name for one in built_in if one.placed), *catalogue.fields]


def checked(catalogue: Catalogue, wanted: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Sections as kept.

    :raises Invalid: naming a field that does not exist or stands there twice
    """
    known, seen = _placed(catalogue), set[str]()
    for i, section in enumerate(wanted):
        for j, name in enumerate(section["fields"]):
            if name not in known:
                raise invalid(f"sections.{i}.fields.{j}", "unknown-reference")
            if name in seen:
                raise invalid(f"sections.{i}.fields.{j}", "already-exists")
            seen.add(name)
    return [{"title": section["title"] or None, "fields": list(section["fields"])} for section in wanted]


def subject_id(entity: str) -> UUID:
    """By what the trail knows the layout of a kind of record."""
    return uuid5(NAMESPACE_OID, f"guanxi.layout.{entity}")
