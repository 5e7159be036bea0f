"""What a request is to say: its lines, and whom it is for; what cannot be named is refused."""

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
from app.expense_requests import drafts, trail
from app.expense_requests.drafts import LONGEST_IN_LINE, RequestLineDraft
from app.expense_requests.models import ExpenseRequest
from app.quotes import policies as quote_policies
from app.quotes.models import Quote
from tenants.context import require_tenant_id


@dataclass(slots=True)
class Resolved:
    """The lines of a request, ready to be written."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Each as the trail tells it."""

    @property
    def total(self) -> int:
        """What they come to."""
        return sum(row["amount"] for row in self.rows)


def resolve(
    request: ExpenseRequest, wanted: Sequence[RequestLineDraft], former: Sequence[Row[Any]]
) -> Resolved:
    """The lines as they are to be; kinds that are archived stay only where they were.

    :param former: the lines that are there
    :raises Invalid: naming every field that cannot be taken
    """
    kinds = expense_kinds.these({line.kind_id for line in wanted})
    used = {line.kind_id for line in former}
    done, problems = Resolved(), []
    for place, line in enumerate(wanted):
        at, kind = f"lines.{place}.", kinds.get(line.kind_id)
        stored, wrong = drafts.texts(at, {"description": line.description}, LONGEST_IN_LINE)
        problems += wrong
        if kind is None:
            problems.append(FieldProblem(f"{at}kind_id", "unknown-reference"))
        elif kind.archived and kind.id not in used:
            problems.append(FieldProblem(f"{at}kind_id", "expense-kind-archived"))
        row = {
            "tenant_id": require_tenant_id(),
            "id": new_id(),
            "request_id": request.id,
            "position": place,
            "kind_id": line.kind_id,
            "amount": line.amount,
            "description": stored["description"],
        }
        done.rows.append(row)
        done.told.append(trail.told(row, kind.name if kind else "", request.currency))
    if problems:
        raise Invalid(*problems)
    return done


def told_of(request: ExpenseRequest, rows: Sequence[Row[Any]]) -> list[str]:
    """Lines that are there, as the trail tells them."""
    kinds = expense_kinds.these({line.kind_id for line in rows})
    return [trail.told(dict(row._mapping), kinds[row.kind_id].name, request.currency) for row in rows]  # noqa: SLF001


def whom(by: Actor, values: Mapping[str, Any], was: ExpenseRequest | None) -> dict[str, UUID | None]:
    """For which customer and quote it is. What was named already stays, though it cannot be seen any more.

    :param was: the request as it is, if there is one
    :raises Invalid: naming what cannot be taken
    """
    then = {name: getattr(was, name) if was else None for name in drafts.WHOM}
    wanted = {name: values.get(name, then[name]) for name in drafts.WHOM}
    if wanted == then:
        return wanted
    seen = _customers(by, {one for one in (wanted["customer_id"], then["customer_id"]) if one})
    if wanted["customer_id"] is None and then["customer_id"] and then["customer_id"] not in seen:
        # Whoever is not shown a customer cannot have meant to take it off.
        return then
    quote = _quote(by, wanted["quote_id"])
    if (
        then["quote_id"]
        and wanted["quote_id"] in {None, then["quote_id"]}
        and not _sees(by, then["quote_id"])
    ):
        # The same for a quote; but one of another customer's it cannot be.
        same = wanted["customer_id"] == then["customer_id"]
        wanted["quote_id"] = then["quote_id"] if same else None
    problems = [
        FieldProblem(name, "unknown-reference")
        for name, found in (("customer_id", wanted["customer_id"] in seen), ("quote_id", quote is not None))
        if wanted[name] and wanted[name] != then[name] and not found
    ]
    if quote and wanted["customer_id"] and quote.customer_id != wanted["customer_id"]:
        problems.append(FieldProblem("quote_id", "not-of-this-customer"))
    if problems:
        raise Invalid(*problems)
    if quote and wanted["customer_id"] is None:
        wanted["customer_id"] = quote.customer_id
    return wanted


def _customers(by: Actor, customer_ids: set[UUID]) -> Collection[UUID]:
    return customers.visible(by, customer_ids, to_change=False).keys() if customer_ids else ()


def _sees(by: Actor, quote_id: UUID) -> bool:
    return _quote(by, quote_id) is not None


def _quote(by: Actor, quote_id: UUID | None) -> Quote | None:
    found = customers.all_belonging(Quote, {quote_id}, to=by, to_change=False) if quote_id else ()
    return next((one for one in found if not one.in_bin and quote_policies.read.allows(by, one)), None)
