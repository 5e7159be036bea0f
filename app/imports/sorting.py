"""Sorting rows out: which make a record, which speak of one that is there, which only add a contact."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.core.errors import FieldProblem
from app.imports import mapping, matching, traces
from app.imports.matching import Known
from app.imports.plan import Row
from app.imports.results import FAILED, SKIPPED, Told
from app.imports.work import Work


@dataclass(frozen=True, slots=True)
class Above:
    """What rows of earlier chunks have done: to which customers, or, when nothing is done, to which keys."""

    ids: Collection[UUID] = ()
    keys: Collection[str] = ()

    def had(self, customer_id: UUID) -> bool:
        """Whether they made or changed a customer."""
        return customer_id in self.ids

    def made(self, keys: Sequence[str]) -> bool:
        """Whether they would have made or changed what these keys stand for."""
        return any(key in self.keys for key in keys)


def above(work: Work, rows: Sequence[Row], known: Known) -> Above:
    """What rows of earlier chunks have done that these speak of, too."""
    if work.rehearsed:
        keys = {key[: traces.LONGEST_KEY] for row in rows for key in matching.keys_of(row, known.way)}
        return Above(keys=traces.seen(work.wanted, known.way, keys))
    return Above(ids=traces.touched(work.wanted, {one for row in rows for one in known.of(row)}))


@dataclass(frozen=True, slots=True)
class Codes:
    """Why nothing is done with a row."""

    exists: str
    missing: str
    twice: str
    ambiguous: str


OF_CUSTOMERS = Codes("customer-exists", "customer-missing", "customer-twice-in-file", "ambiguous-customer")
OF_ASSETS = Codes("asset-exists", "asset-missing", "asset-twice-in-file", "ambiguous-asset")
OF_PURCHASES = Codes("purchase-exists", "purchase-missing", "purchase-twice-in-file", "ambiguous-purchase")
OF_PRODUCTS = Codes("product-exists", "product-missing", "product-twice-in-file", "ambiguous-product")


@dataclass
class SortedOut:
    """Rows by what is to be done with them; of the others it is told why nothing is."""

    told: Mapping[int, Told]
    rules: Mapping[str, str]
    known: Known
    above: Above
    codes: Codes = OF_CUSTOMERS
    fresh: list[Row] = field(default_factory=list)
    revised: dict[UUID, Row] = field(default_factory=dict)
    left: list[tuple[Row, UUID]] = field(default_factory=list)
    """Rows with a contact for a customer that stays as it is."""
    same: list[tuple[Row, int]] = field(default_factory=list)
    """Rows with a contact for the customer that the row of this number makes; 0: one of an earlier chunk."""
    firsts: dict[str, int] = field(default_factory=dict)
    """The row that makes a customer, by what it is recognised by."""

    @property
    def always_makes(self) -> bool:
        """Whether customers there are already do not matter."""
        return self.rules["on_duplicate"] == mapping.CREATE

    def sort(self, row: Row) -> None:
        """Find out what is to be done with a row."""
        if row.contact and row.contact.problems:
            return self._fail(row, row.all_problems)
        keys = matching.keys_of(row, self.known.way)
        found = self.known.of(row)
        if self.always_makes:
            # Rows of one customer with several contacts make it once.
            found = [one for one in found if self.above.had(one)] if row.contact else []
        if found and self.rules["on_duplicate"] == mapping.UPDATE:
            return self._revise(row, found, keys)
        if row.problems:
            return self._fail(row, row.problems)
        if found:
            made_above = any(self.above.had(one) for one in found)
            return self._leave(row, self.codes.twice if made_above else self.codes.exists, found[0])
        if not self.always_makes and self.rules.get("on_missing") == mapping.SKIP:
            return self._skip(row, self.codes.missing)
        return self._make(row, keys)

    def _make(self, row: Row, keys: Sequence[str]) -> None:
        first = next((self.firsts[key] for key in keys if key in self.firsts), None)
        if first is None and self.above.made(keys):
            first = 0
        if first is None or (self.always_makes and row.contact is None):
            # What says nothing of itself, such as a name without letters and digits, is like no other.
            self.firsts |= dict.fromkeys(keys, row.number)
            self.fresh.append(row)
        elif row.contact:
            self.same.append((row, first))
        else:
            self._skip(row, self.codes.twice)

    def _revise(self, row: Row, found: Sequence[UUID], keys: Sequence[str]) -> None:
        if len(found) > 1:
            problem = FieldProblem("row", self.codes.ambiguous, (("count", len(found)),))
            self._fail(row, [problem])
        elif found[0] in self.revised or self.above.had(found[0]) or self.above.made(keys):
            self._leave(row, self.codes.twice, found[0])
        else:
            self.revised[found[0]] = row

    def _leave(self, row: Row, code: str, existing: UUID) -> None:
        if row.contact:
            self.left.append((row, existing))
        else:
            self._skip(row, code, existing)

    def _skip(self, row: Row, code: str, existing: UUID | None = None) -> None:
        self.told[row.number].add(SKIPPED, [FieldProblem("row", code)], existing)

    def _fail(self, row: Row, problems: Sequence[FieldProblem]) -> None:
        self.told[row.number].add(FAILED, problems)
