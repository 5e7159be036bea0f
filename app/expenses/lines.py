"""The lines of a claim as they are to be: what they refer to found, what cannot be named."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.actor import Actor
from app.core.errors import FieldProblem, Invalid
from app.core.ids import new_id
from app.customers import queries as customers
from app.expense_kinds import queries as expense_kinds
from app.expense_kinds.models import ExpenseKind
from app.expenses import drafts, receipts, trail
from app.expenses.drafts import LONGEST_IN_LINE, LineDraft
from app.expenses.models import ExpenseClaim
from app.expenses.receipts import Found
from app.quotes import policies as quote_policies
from app.quotes.models import Quote
from tenants.context import require_tenant_id

Former = Mapping[UUID, Row[Any]]


@dataclass(slots=True)
class Resolved:
    """The lines of a claim, ready to be written."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Each as the trail tells it."""
    files: list[UUID] = field(default_factory=list)
    """Those that are with them."""

    @property
    def total(self) -> int:
        """What they come to."""
        return sum(row["amount"] for row in self.rows)

    @property
    def tax(self) -> int:
        """What of that is tax."""
        return sum(row["tax"] for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Known:
    """What lines may refer to."""

    kinds: Mapping[UUID, ExpenseKind]
    customers: Collection[UUID]
    quotes: Mapping[UUID, Quote]
    files: Mapping[UUID, Found]


def resolve(by: Actor, claim: ExpenseClaim, wanted: Sequence[LineDraft], former: Former) -> Resolved:
    """The lines as they are to be; a statement for each kind of thing they refer to, however many they are.

    :param former: the lines that are there, by id
    :raises Invalid: naming every field that cannot be taken
    """
    known = _known(by, claim, wanted, former)
    done, problems = Resolved(), []
    for place, line in enumerate(wanted):
        row, wrong = _line(place, line, known, former)
        problems += wrong
        row |= {"tenant_id": require_tenant_id(), "claim_id": claim.id}
        rows, wrong = receipts.rows(place, line.receipts, known.files)
        problems += wrong
        ids = {name: row[name] for name in ("tenant_id", "claim_id")}
        done.receipts += [{**ids, **one, "line_id": row["id"]} for one in rows]
        done.files += [one.file_id for one in line.receipts]
        kind = known.kinds.get(line.kind_id)
        done.told.append(trail.told(row, kind.name if kind else "", claim.currency, len(rows)))
        done.rows.append(row)
    problems += _doubled(wanted) + receipts.doubled(wanted, known.files)
    if problems:
        raise Invalid(*problems)
    return done


def _known(by: Actor, claim: ExpenseClaim, wanted: Sequence[LineDraft], former: Former) -> _Known:
    customer_ids = {line.customer_id for line in wanted if line.customer_id}
    customer_ids |= {line.customer_id for line in former.values() if line.customer_id}
    quote_ids = {line.quote_id for line in wanted if line.quote_id}
    quotes = customers.all_belonging(Quote, quote_ids, to=by, to_change=False) if quote_ids else ()
    seen = (one for one in quotes if not one.in_bin and quote_policies.read.allows(by, one))
    return _Known(
        kinds=expense_kinds.these({line.kind_id for line in wanted}),
        customers=customers.visible(by, customer_ids, to_change=False).keys() if customer_ids else (),
        quotes={one.id: one for one in seen},
        files=receipts.find(by, claim, [one.file_id for line in wanted for one in line.receipts]),
    )


def _line(
    place: int, line: LineDraft, known: _Known, former: Former
) -> tuple[dict[str, Any], list[FieldProblem]]:
    at, was = f"lines.{place}.", former.get(line.id) if line.id else None
    written = {name: getattr(line, name) for name in LONGEST_IN_LINE}
    stored, problems = drafts.texts(at, written, LONGEST_IN_LINE)
    if line.id and was is None:
        problems.append(FieldProblem(f"{at}id", "unknown-reference"))
    kind = known.kinds.get(line.kind_id)
    if kind is None:
        problems.append(FieldProblem(f"{at}kind_id", "unknown-reference"))
    elif kind.archived and (was is None or was.kind_id != kind.id):
        problems.append(FieldProblem(f"{at}kind_id", "expense-kind-archived"))
    if line.tax > line.amount:
        problems.append(FieldProblem(f"{at}tax", "tax-above-amount"))
    whom, wrong = _whom(at, line, known, was)
    row = {
        "id": line.id or new_id(),
        "position": place,
        "kind_id": line.kind_id,
        "spent_on": line.spent_on,
        "amount": line.amount,
        "tax": line.tax,
        **{name: stored.get(name) for name in LONGEST_IN_LINE},
        "limit_held": None,
        **whom,
    }
    return row, problems + wrong


def _whom(
    at: str, line: LineDraft, known: _Known, was: Row[Any] | None
) -> tuple[dict[str, UUID | None], list[FieldProblem]]:
    """For whom it was spent. What a line said already stays, though it cannot be seen any more."""
    problems = []
    customer_id, quote_id = line.customer_id, line.quote_id
    if customer_id is None and was and was.customer_id and was.customer_id not in known.customers:
        # Whoever is not shown a customer cannot have meant to take it off.
        return {"customer_id": was.customer_id, "quote_id": was.quote_id}, []
    if customer_id and customer_id not in known.customers and (not was or was.customer_id != customer_id):
        problems.append(FieldProblem(f"{at}customer_id", "unknown-reference"))
    quote = known.quotes.get(quote_id) if quote_id else None
    if quote_id and quote is None and (not was or was.quote_id != quote_id):
        problems.append(FieldProblem(f"{at}quote_id", "unknown-reference"))
    if quote and customer_id and quote.customer_id != customer_id:
        problems.append(FieldProblem(f"{at}quote_id", "not-of-this-customer"))
    if quote and not customer_id:
        customer_id = quote.customer_id
    return {"customer_id": customer_id, "quote_id": quote_id}, problems


def _doubled(wanted: Sequence[LineDraft]) -> list[FieldProblem]:
    seen: set[UUID] = set()
    problems = []
    for place, line in enumerate(wanted):
        if line.id in seen:
            problems.append(FieldProblem(f"lines.{place}.id", "already-exists"))
        if line.id:
            seen.add(line.id)
    return problems
