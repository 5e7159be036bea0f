"""The company's own fields on records at customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from app.access.actor import Actor
from app.fields import catalogue as catalogues
from app.fields import filling, index, revising, writing
from app.fields.entities import BuiltIn
from app.fields.filling import Custom, Facts, Problems, Wanted

Changes = Sequence[Mapping[str, Any]]
Told = list[dict[str, Any]]


class Customised(Protocol):
    """A record that has own fields."""

    id: Any
    custom: Any


@dataclass(frozen=True, slots=True)
class OwnFields:
    """How records of a kind have fields of the company's own."""

    entity: str
    built_in: tuple[BuiltIn, ...]
    """What conditions and formulas read of a record besides."""
    days: frozenset[str] = frozenset()
    """Which of these are days."""

    def facts(self, record: Customised) -> Facts:
        """The built-in fields of a record as conditions and formulas read them."""
        return {one.name: getattr(record, one.name) for one in self.built_in}

    def read(self, row: Mapping[str, Any]) -> Facts:
        """The same of a row, or of a record as shown."""
        return {one.name: self._read(one.name, row.get(one.name)) for one in self.built_in}

    def _read(self, name: str, value: Any) -> Any:
        return date.fromisoformat(value) if name in self.days and isinstance(value, str) else value

    def demand(self, by: Actor, record: Customised, sent: Mapping[str, Any]) -> Told:
        """Fill in a record about to be made; gives what is filled in, for the trail.

        :raises Invalid: naming every field that cannot be taken
        """
        record.custom = filling.demand(by, self.entity, Wanted(sent=sent, facts=self.facts(record)))
        return writing.told_of_new(by, self.entity, record.custom)

    def demand_of_many(
        self, by: Actor, records: Sequence[Customised], sent: Sequence[Mapping[str, Any]], *,
        in_brief: bool = False,
    ) -> list[Problems]:  # fmt: skip
        """Fill in records about to be made; for each, in order, what is wrong with it.

        :param in_brief: whether they are made in passing: what is missing can be filled in later
        """
        wanted = [
            Wanted(sent=one, facts=self.facts(record), in_brief=in_brief)
            for record, one in zip(records, sent, strict=True)
        ]
        found: list[Problems] = []
        for record, custom in zip(records, filling.fill(by, self.entity, wanted), strict=True):
            if isinstance(custom, tuple):
                found.append(custom)
            else:
                record.custom = custom
                found.append(())
        return found

    def told_of_new(self, by: Actor, record: Customised) -> Told:
        """What is filled in on a new record, for the trail."""
        return writing.told_of_new(by, self.entity, record.custom)

    def index_new(self, by: Actor, records: Sequence[Customised]) -> None:
        """Have lists find new records by what is filled in."""
        writing.index_new(by, self.entity, {one.id: one.custom for one in records})

    def rewrite(self, by: Actor, record: Any, sent: Mapping[str, Any] | None = None) -> Told:
        """Bring a record in step with a change of its fields; gives what has changed, for the trail.

        :param sent: own fields by key, None to empty one
        :raises Invalid: naming every field that cannot be taken
        """
        return writing.rewrite(by, self.entity, record, sent, self.facts(record))

    def revise(self, by: Actor, revised: Sequence["Revised"]) -> dict[UUID, Changes | Problems]:
        """Fill in records that change; for each what changes of it, or what may not."""
        return revising.fill_in(by, self.entity, revised) if revised else {}

    def index_revised(self, by: Actor, revised: Sequence["Revised"]) -> None:
        """Have lists find records by what is now filled in."""
        refilled = {one.record.id: one.custom for one in revised if one.custom != one.record.custom}
        index.replace_many(refilled, catalogues.now(by, self.entity))


@dataclass(slots=True)
class Revised:
    """A record as it is to become."""

    record: Any
    """As it is kept."""
    copy: Any
    """As it is to be kept."""
    own: Wanted
    told: Told
    changed: set[str] = field(init=False)
    custom: Custom = field(init=False)

    def __post_init__(self) -> None:
        self.changed = {change["field"] for change in self.told}
        self.custom = self.record.custom
