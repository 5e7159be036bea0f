"""The little language of formulas."""

from datetime import date
from decimal import Decimal

import pytest

from app.fields.formulas import BadFormula, parse

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
