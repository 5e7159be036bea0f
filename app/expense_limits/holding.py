"""Which limits hold for an expense, and which of them binds it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.core.money import CURRENCIES
from app.core.search import fold
from app.expense_limits.states import Mode, Per


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit for whoever spent it; ids as text."""

    id: str
    kind_id: str
    for_roles: bool
    """Whether it is for some roles, and not for everybody."""
    cities: frozenset[str]
    """As compared; none: everywhere."""
    amount: int
    per: str
    mode: str


@dataclass(frozen=True, slots=True)
class Held:
    """A limit as it holds for one expense."""

    limit: Limit
    before: int
    """What counts towards it before this expense."""
    over: int
    """By how much this expense goes above it."""

    @property
    def told(self) -> dict[str, Any]:
        """As pages show it."""
        return {
            "amount": self.limit.amount,
            "per": self.limit.per,
            "mode": self.limit.mode,
            "before": self.before,
            "over": self.over,
        }


def city_key(city: str) -> str:
    """A city as it is compared: 上海市 is 上海."""
    folded = fold(city)
    return folded.removesuffix("市") or folded


def holding(limits: Iterable[Limit], kind_id: str, city: str | None) -> list[Limit]:
    """Of limits for one person, those that hold for an expense: for each of line, day and month at most one.

    The most specific one holds: for the city before everywhere, then for roles before everybody. Of equals
    the more generous one: the larger amount, then a warning before a stop.
    """
    here = city_key(city or "")
    fitting = [one for one in limits if one.kind_id == kind_id and (not one.cities or here in one.cities)]
    best: dict[str, Limit] = {}
    for one in fitting:
        if one.per not in best or _rank(one) > _rank(best[one.per]):
            best[one.per] = one
    return [best[per] for per in Per if per in best]


def _rank(limit: Limit) -> tuple[bool, bool, int, bool]:
    return bool(limit.cities), limit.for_roles, limit.amount, limit.mode == Mode.WARN


def held(limit: Limit, before: int, amount: int) -> Held:
    """How a limit holds for an amount, when so much counts towards it before."""
    return Held(limit, before, min(amount, max(0, before + amount - limit.amount)))


def binding(candidates: Sequence[Held]) -> Held | None:
    """Of those that hold, the one to tell of: what stops, what is most above, then where least is left."""
    return max(candidates, key=_tightness, default=None)


def _tightness(one: Held) -> tuple[bool, bool, int, int]:
    return one.over > 0, one.over > 0 and one.limit.mode == Mode.STOP, one.over, one.before - one.limit.amount


def written(amount: int, currency: str) -> str:
    """An amount of money in a sentence: 500.00 CNY."""
    return f"{Decimal(amount).scaleb(-CURRENCIES[currency]):,f} {currency}"
