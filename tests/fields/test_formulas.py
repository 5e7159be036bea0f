"""The little language of formulas."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.fields.formulas import BadFormula, parse
from tests.fields.conftest import Json, Workshop, refused
from tests.support.client import Browser, Company
from tests.support.people import hire

FACTS = {
    "c_a": Decimal(6),
    "c_b": Decimal("2.5"),
    "c_zero": Decimal(0),
    "c_text": "甲",
    "c_day": date(2026, 3, 1),
    "c_yes": True,
    "c_none": None,
}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 + 2 * 3", Decimal(7)),
        ("(1 + 2) * 3", Decimal(9)),
        ("10 - 2 - 3", Decimal(5)),
        ("-{c_a} + 1", Decimal(-5)),
        ("{c_a} / {c_b}", Decimal("2.4")),
        ("{c_a} / {c_zero}", None),
        ("{c_a} + {c_none}", None),
        ("{c_a} + {c_text}", None),
        ("first({c_none}, {c_a})", Decimal(6)),
        ("round({c_b})", Decimal(3)),
        ("round(2.345, 2)", Decimal("2.35")),
        ('min({c_a}, {c_b}) & " 元"', "2.5 元"),
        ('max(1, "a")', None),
        ('if({c_a} > 5, "多", "少")', "多"),
        ("if({c_none} = 1, 1, 2)", Decimal(2)),
        ("{c_day} + 30", date(2026, 3, 31)),
        ("{c_day} - {c_day}", Decimal(0)),
        ("{c_day} + 999999999", None),
        ("year({c_day}) * 100 + month({c_day})", Decimal(202603)),
        ("and({c_yes}, {c_a} >= 6)", True),
        ("not({c_yes})", False),
        ("length({c_text} & {c_none})", Decimal(1)),
        ('{c_text} = "甲"', True),
        ("999999999999999 * 999999999999999 * 999999999999999", Decimal("9.999999999999970000000000000E+44")),
    ],
)
def test_what_a_formula_comes_to(text: str, result: object) -> None:
    assert parse(text).compute(FACTS) == result


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 1),
        ("1 +", 4),
        ("1 2", 3),
        ("(1", 3),
        ("{Name}", 1),
        ("import(1)", 1),
        ("__import__", 1),
        ("if(1, 2)", 1),
        ("1 ** 2", 4),
        ('"open', 1),
        ("(" * 50 + "1" + ")" * 50, 22),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(text: str, at: int) -> None:
    with pytest.raises(BadFormula) as refusal:
        parse(text)
    assert refusal.value.facts == {"at": at}


def test_it_knows_what_it_reads() -> None:
    assert parse('{c_a} * if({stage} = "deal", 1, {c_b})').fields == {"c_a", "c_b", "stage"}


def tried(by: Browser, expression: str, **more: Any) -> Json:
    answer = by.post(
        "/record-kinds/customer/formula-trials", {"expression": expression, "result": "number", **more}
    )
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def test_a_formula_is_tried_on_a_real_record_before_it_is_kept(workshop: Workshop) -> None:
    workshop.define("单价", "number", settings={"decimals": 2})
    made = workshop.customer(c_danjia=12.5)
    nothing = {"fault": None, "at": None}
    latest = {"id": made["id"], "name": made["name"]}
    found = tried(workshop.admin, "{c_danjia} * 3", decimals=1)
    assert found == {**nothing, "record": latest, "value": 37.5}
    # What such a field does not hold is nothing.
    assert tried(workshop.admin, '{name} & "！"')["value"] is None
    assert tried(workshop.admin, '{name} & "！"', result="text")["value"] == f"{made['name']}！"
    assert [one["key"] for one in workshop.fields()] == ["c_danjia"]


@pytest.mark.parametrize(
    ("expression", "at", "fault"),
    [
        ("1 +", 4, "第 4 个字符处看不懂，请检查公式"),
        ("{name} & {c_gone}", 10, "没有 c_gone 这个字段"),
        ("wat(1)", 1, "第 1 个字符处看不懂，请检查公式"),
    ],
)
def test_a_formula_that_cannot_be_read_says_where(
    workshop: Workshop, expression: str, at: int, fault: str
) -> None:
    unread = {"fault": fault, "at": at, "record": None, "value": None}
    assert tried(workshop.admin, expression) == unread


def test_a_formula_cannot_be_tried_on_itself_or_by_others(company: Company, workshop: Workshop) -> None:
    workshop.define("总价", "formula", key="c_sum", settings={"expression": "1", "result": "number"})
    assert tried(workshop.admin, "{c_sum}")["fault"] is None
    assert tried(workshop.admin, "{c_sum}", key="c_sum")["at"] == 1
    seller = hire(company, "sales").browser
    sent = {"expression": "1", "result": "number"}
    assert seller.post("/record-kinds/customer/formula-trials", sent).status_code == 403


def test_a_trial_tells_nothing_of_fields_that_one_may_not_read(company: Company, workshop: Workshop) -> None:
    made = company.admin.post(
        "/roles", {"name": "字段", "permissions": {"field:manage": "all", "customer:read": "all"}}
    )
    assert made.status_code == 201, made.json
    shaper = hire(company, "字段").browser
    workshop.define("底价", "number", key="c_floor")
    workshop.customer(c_floor=77)
    assert tried(shaper, "{c_floor} + 1")["value"] == 78
    rights = {made.json["id"]: {"c_floor": "hidden"}}
    assert workshop.admin.put("/record-kinds/customer/rights", {"rights": rights}).status_code == 200
    assert tried(shaper, "{c_floor} + 1")["value"] is None


def test_conditions_can_ask_what_a_formula_comes_to(workshop: Workshop) -> None:
    workshop.define("金额", "number", key="c_sum")
    workshop.define(
        "加倍", "formula", key="c_twice", settings={"expression": "{c_sum} * 2", "result": "number"}
    )
    above = {"field": "c_twice", "op": "gt", "value": 100}
    workshop.define("审批人", "text", key="c_who", rules={"required": above})
    assert workshop.custom(workshop.customer("甲", c_sum=50)) == {"c_sum": 50, "c_twice": 100}
    facts = {"name": "乙", "custom": {"c_sum": 51}}
    assert refused(workshop.admin.post("/customers", facts)) == [("custom.c_who", "required")]
    assert workshop.names("") == ["甲"]
