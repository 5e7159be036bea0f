"""The amounts of a product: what is sold in one currency cannot have cost another."""

from collections.abc import Collection, Mapping
from typing import Any

from app.core.errors import FieldProblem
from app.core.money import Money
from app.products.drafts import MONEY

Problems = tuple[FieldProblem, ...]


def columns(
    given: Mapping[str, Money | None],
    kept: Mapping[str, int | None],
    currency: str,
    *,
    hidden: Collection[str],
) -> tuple[dict[str, Any], Problems]:
    """The columns of a product's amounts once those given are in, and what is wrong with them.

    :param given: new amounts, by name; None empties one
    :param kept: what is there, in minor units of `currency`
    :param hidden: the names of which whoever changes it may not learn
    """
    price = given.get("list_price")
    chosen = price.currency if price else currency
    problems: dict[FieldProblem, None] = {}
    for name in MONEY:
        amount = given.get(name)
        if amount is not None and amount.currency != chosen:
            problems[_differs(name, chosen)] = None
        elif name not in given and kept.get(name) is not None and chosen != currency:
            # Whoever may not see what it cost learns no more than that the currency stays.
            problems[_differs("list_price", currency) if name in hidden else _differs(name, chosen)] = None
    amounts = {name: amount.amount if amount else None for name, amount in given.items()}
    return {"currency": chosen, **amounts}, tuple(problems)


def _differs(name: str, currency: str) -> FieldProblem:
    return FieldProblem(f"{name}.currency", "currency-differs", (("currency", currency),))
