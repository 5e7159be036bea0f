"""Taking a whole import back: what it made goes to the recycle bin, what it changed becomes what it was.

Only records that nobody has touched since: of the others it is told that they stay as they are. Each row's
effects are forgotten with the chunk that takes them back, so that a worker that takes over goes on behind it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

from app.access.actor import Actor
from app.assets import bulk as assets
from app.contacts import revising as contacts
from app.contacts.birthdays import Birthday
from app.core.db import db
from app.core.errors import FieldProblem
from app.core.money import Money
from app.core.phones import Phone
from app.customers import bulk, moving, revising
from app.imports import running
from app.imports.models import UNDO_KIND, Import, ImportEffect
from app.imports.results import APART, FAILED, SKIPPED, SUCCEEDED, changed
from app.jobs import runners, wording
from app.jobs.leases import RowResult, Step
from app.jobs.models import Job, Outcome
from app.lists import pages
from app.products import revising as products
from app.purchases import bulk as purchases
from app.spreadsheets.registry import ASSET, CONTACT, CUSTOMER, OF_CONTACT, PRODUCT, PURCHASE
from tenants import rls

CHUNK = 250
_WORKED_OUT = {"maintenance_due_on"}
_DAYS = {"bought_on", "installed_on", "warranty_from", "warranty_until", "contract_from", "contract_until"}
_STANDING = """
SELECT e.record_id, r.name, r.version, r.deleted_at IS NOT NULL, EXISTS (
    SELECT 1 FROM audit_records a
    WHERE a.tenant_id = e.tenant_id AND a.at >= e.at AND a.request_id <> ALL (%(own)s)
    AND (a.subject_id = e.record_id OR a.about_id = e.record_id OR a.also_about_id = e.record_id)
)
FROM import_effects e JOIN {table} r ON r.tenant_id = e.tenant_id AND r.id = e.record_id
WHERE e.tenant_id = %(tenant)s AND e.import_id = %(import)s AND e.record_id = ANY (%(ids)s)
"""


class ImportUndo:
    """The runner that takes imports back, the last rows first."""

    def step(self, actor: Actor, job: Job, position: Mapping[str, Any]) -> Step:
        """Take the next rows back."""
        wanted = running.import_of(actor, job)
        if "done" not in position:
            return Step(position={"done": 0}, total=_rows_left(wanted))
        effects = _next(wanted)
        if not effects:
            return Step(position=position, finished=True)
        taking = _Taking(actor, wanted, own=[str(job.id), str(wanted.job_id), *job.params["own"]])
        results = taking.back(effects)
        numbers = {one.row for one in effects}
        db.session.execute(
            delete(ImportEffect).where(ImportEffect.import_id == wanted.id, ImportEffect.row.in_(numbers))
        )
        return Step(position={"done": position["done"] + len(numbers)}, rows=results)

    def label(self, field: str, locale: str) -> str:
        """What people call a field of the records."""
        return running.label(field, locale)


def _rows_left(wanted: Import) -> int:
    count = func.count(ImportEffect.row.distinct())
    return db.session.scalars(select(count).where(ImportEffect.import_id == wanted.id)).one()


def _next(wanted: Import) -> Sequence[ImportEffect]:
    """What the last rows did that are still to be taken back, whole rows only."""
    of_import = ImportEffect.import_id == wanted.id
    rows = select(ImportEffect.row).where(of_import).order_by(ImportEffect.row.desc()).limit(CHUNK)
    return db.session.scalars(
        select(ImportEffect).where(of_import, ImportEffect.row.in_(rows)).order_by(ImportEffect.row)
    ).all()


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a record stands now."""

    name: str
    version: int
    in_bin: bool
    touched: bool


@dataclass
class _Taking:
    """The effects of some rows on their way back."""

    actor: Actor
    wanted: Import
    own: Sequence[str]
    """The jobs whose doings do not count as somebody's touch."""
    outcomes: dict[int, list[tuple[Outcome, UUID, str, Sequence[FieldProblem]]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def back(self, effects: Sequence[ImportEffect]) -> list[RowResult]:
        """Take them back; a result per row."""
        # Contacts come first among them: they lie below their customers.
        for name, kind in _KINDS.items():
            self._kind(kind, [one for one in effects if one.kind == name])
        return [self._result(row) for row in sorted(self.outcomes)]

    def _kind(self, kind: "_Kind", effects: Sequence[ImportEffect]) -> None:
        standing = self._standing(kind, effects)
        due: list[ImportEffect] = []
        for one in effects:
            now = standing.get(one.record_id)
            if now is None or now.in_bin:
                self._tell(one, now, SKIPPED, [FieldProblem("row", "undo-gone")])
            elif now.version != one.version or (one.created and now.touched):
                self._tell(one, now, SKIPPED, [FieldProblem("row", "undo-touched")])
            else:
                due.append(one)
        gone = kind.delete(self.actor, [one.record_id for one in due if one.created]) if due else {}
        former = kind.revert(self.actor, {o.record_id: o.before for o in due if not o.created}) if due else {}
        for one in due:
            problems = gone.get(one.record_id, ())
            told = former.get(one.record_id, ())
            if problems or (told and isinstance(told[0], FieldProblem)):
                self._tell(one, standing[one.record_id], FAILED, problems or told)
            elif one.created:
                self._tell(one, standing[one.record_id], SUCCEEDED, [FieldProblem(kind.told, "undo-binned")])
            else:
                said = [changed(change, {}, kind.prefix) for change in told]
                self._tell(one, standing[one.record_id], SUCCEEDED, said)

    def _standing(self, kind: "_Kind", effects: Sequence[ImportEffect]) -> dict[UUID, _Standing]:
        if not effects:
            return {}
        params = {
            "tenant": self.wanted.tenant_id,
            "import": self.wanted.id,
            "own": list(self.own),
            "ids": [one.record_id for one in effects],
        }
        found = pages.run(rls.driver_of(db.session()), kind.standing, params)
        return {record_id: _Standing(*rest) for record_id, *rest in found}

    def _tell(
        self,
        one: ImportEffect,
        now: _Standing | None,
        outcome: Outcome,
        said: Sequence[FieldProblem],
    ) -> None:
        self.outcomes[one.row].append((outcome, one.record_id, now.name if now else "", said))

    def _result(self, row: int) -> RowResult:
        """What became of a row: of its customer, if it has one, before its contact."""
        parts = self.outcomes[row][::-1]
        outcome = next(word for word in (FAILED, SKIPPED, SUCCEEDED) if any(p[0] is word for p in parts))
        said = [one for part in parts if part[0] is outcome for one in part[3]]
        return RowResult(
            row=row,
            outcome=outcome,
            label=parts[0][2],
            record_id=parts[0][1],
            messages=wording.problems(dict.fromkeys(said)),
        )


def _values(before: Mapping[str, Any]) -> dict[str, Any]:
    """Former values as services take them."""
    values: dict[str, Any] = {name: value for name, value in before.items() if "." not in name}
    custom = _own(before)
    for name, read in _READ.items():
        if values.get(name):
            values[name] = read(values[name])
    if custom:
        values["custom"] = custom
    values.pop("parent_id", None)
    if "category" in values:
        former = values.pop("category")
        values["category_id"] = UUID(former["id"]) if former else None
    return values


def _own(before: Mapping[str, Any]) -> dict[str, Any]:
    """Former values of own fields, by key."""
    return {name.partition(".")[2]: value for name, value in before.items() if "." in name}


_READ: dict[str, Callable[[Any], Any]] = {
    "phones": lambda kept: tuple(Phone(one["number"], one["label"]) for one in kept),
    "tags": tuple,
    **dict.fromkeys(
        ("annual_revenue", "list_price", "floor_price", "cost"),
        lambda kept: Money(kept["amount"], kept["currency"]),
    ),
    "birthday": lambda kept: Birthday(**kept),
}


def _revert_customers(actor: Actor, before: Mapping[UUID, Mapping[str, Any]]) -> Mapping[UUID, Any]:
    if not before:
        return {}
    told = revising.revise_many(actor, {key: _values(kept) for key, kept in before.items()})
    parents = {
        key: UUID(kept["parent_id"]) if kept["parent_id"] else None
        for key, kept in before.items()
        if "parent_id" in kept
    }
    refused = bulk.set_parents(actor, parents)
    return {**told, **{key: (problem,) for key, problem in refused.items()}}


def _revert_contacts(actor: Actor, before: Mapping[UUID, Mapping[str, Any]]) -> Mapping[UUID, Any]:
    return contacts.revise_many(actor, {key: _values(kept) for key, kept in before.items()}) if before else {}


def _revert_products(actor: Actor, before: Mapping[UUID, Mapping[str, Any]]) -> Mapping[UUID, Any]:
    return products.revise_many(actor, {key: _values(kept) for key, kept in before.items()}) if before else {}


def _revert_assets(actor: Actor, before: Mapping[UUID, Mapping[str, Any]]) -> Mapping[UUID, Any]:
    return assets.revise_many(actor, {k: _standing(kept) for k, kept in before.items()}) if before else {}


def _revert_purchases(actor: Actor, before: Mapping[UUID, Mapping[str, Any]]) -> Mapping[UUID, Any]:
    return purchases.revise_many(actor, {k: _standing(kept) for k, kept in before.items()}) if before else {}


def _standing(before: Mapping[str, Any]) -> dict[str, Any]:
    """Former values of an asset or a purchase; what is worked out from others follows by itself."""
    values = {name: value for name, value in before.items() if name not in _WORKED_OUT and "." not in name}
    if custom := _own(before):
        values["custom"] = custom
    for name in values.keys() & _DAYS:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    for name in values.keys() & {"contact", "product"}:
        former = values.pop(name)
        values[f"{name}_id"] = UUID(former["id"]) if former else None
    if values.get("amount"):
        values["amount"] = Money(**values["amount"])
    if values.get("quantity"):
        values["quantity"] = Decimal(values["quantity"])
    return values


@dataclass(frozen=True, slots=True)
class _Kind:
    """How records of a kind go back."""

    standing: str
    delete: Callable[[Actor, list[UUID]], Mapping[UUID, Sequence[FieldProblem]]]
    revert: Callable[[Actor, Mapping[UUID, Mapping[str, Any]]], Mapping[UUID, Any]]
    prefix: str = ""

    @property
    def told(self) -> str:
        """About what of a row it is told that its record is gone."""
        return f"{self.prefix}name" if self.prefix == OF_CONTACT else "row"


_KINDS = {
    CONTACT: _Kind(_STANDING.format(table="contacts"), contacts.delete_many, _revert_contacts, OF_CONTACT),
    CUSTOMER: _Kind(_STANDING.format(table="customers"), moving.delete_many, _revert_customers),
    PRODUCT: _Kind(
        _STANDING.format(table="products"), products.delete_many, _revert_products, APART[PRODUCT]
    ),
    ASSET: _Kind(_STANDING.format(table="assets"), assets.delete_many, _revert_assets, APART[ASSET]),
    PURCHASE: _Kind(
        _STANDING.format(table="purchases"), purchases.delete_many, _revert_purchases, APART[PURCHASE]
    ),
}

runners.register(UNDO_KIND, ImportUndo())
