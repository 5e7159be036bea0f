"""Which limit holds: the most specific, of equals the more generous; a city is one however it is written."""

import pytest

from app.expense_limits.holding import Limit, binding, city_key, held, holding
from app.expense_limits.states import Mode, Per


def _limit(
    name: str,
    amount: int = 500,
    *,
    cities: tuple[str, ...] = (),
    for_roles: bool = False,
    per: str = "line",
    mode: str = "warn",
) -> Limit:
    return Limit(
        id=name,
        kind_id="hotel",
        for_roles=for_roles,
        cities=frozenset(map(city_key, cities)),
        amount=amount,
        per=per,
        mode=mode,
    )


def _which(limits: list[Limit], city: str | None = "上海") -> list[str]:
    return [one.id for one in holding(limits, "hotel", city)]


def test_city_comes_before_everywhere_and_role_before_everybody() -> None:
    everybody, roles = _limit("all", 900), _limit("roles", 100, for_roles=True)
    city, both = _limit("city", 100, cities=("上海",)), _limit("both", 50, cities=("上海",), for_roles=True)
    assert _which([everybody]) == ["all"]
    assert _which([everybody, roles]) == ["roles"]
    assert _which([roles, city]) == ["city"]
    assert _which([both, everybody, roles, city]) == ["both"]
    assert _which([both, everybody, roles, city], "成都") == ["roles"]
    assert _which([both, city], None) == []
    assert holding([everybody], "taxi", "上海") == []


def test_of_equals_the_more_generous_holds() -> None:
    assert _which([_limit("less", 400), _limit("more", 600)]) == ["more"]
    assert _which([_limit("stop", mode="stop"), _limit("warn")]) == ["warn"]


def test_line_day_and_month_hold_side_by_side() -> None:
    limits = [_limit("month", 9000, per="month"), _limit("line"), _limit("day", cities=("北京",), per="day")]
    assert _which(limits) == ["line", "month"]
    assert _which(limits, "北京市") == ["line", "day", "month"]


@pytest.mark.parametrize(
    ("one", "other"), [("上海市", "上海"), (" 上 海 ", "上海"), ("SHANGHAI", "shanghai")]
)
def test_a_city_is_one_however_it_is_written(one: str, other: str) -> None:
    assert city_key(one) == city_key(other)


def test_only_what_is_new_counts_as_above() -> None:
    assert held(_limit("a"), 0, 500).over == 0
    assert held(_limit("a"), 0, 501).over == 1
    assert held(_limit("a"), 450, 100).over == 50
    assert held(_limit("a"), 700, 100).over == 100


def test_what_stops_is_told_first_then_what_is_most_above() -> None:
    stop, warn = _limit("stop", 490, mode=Mode.STOP), _limit("warn", 100, per=Per.DAY)
    month = _limit("month", 1000, per=Per.MONTH)
    found = binding([held(warn, 0, 500), held(stop, 0, 500), held(month, 0, 500)])
    assert found is not None
    assert found.limit.id == "stop"
    below = binding([held(month, 800, 100), held(stop, 0, 100)])
    assert below is not None
    assert (below.limit.id, below.over) == ("month", 0)
    assert binding([]) is None
