"""Amounts in Chinese capitals, as banks and finance offices want them written."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.core.chinese_amounts import DIGITS, in_capitals

UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (56, "伍角陆分"),
        (100, "壹元整"),
        (1_000, "壹拾元整"),
        (1_230_000, "壹万贰仟叁佰元整"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (600_714, "陆仟零柒元壹角肆分"),
        (140_950, "壹仟肆佰零玖元伍角整"),
        (10_700_053, "壹拾万柒仟元伍角叁分"),
        (10_000_100, "壹拾万零壹元整"),
        (100_001_000, "壹佰万零壹拾元整"),
        (1_000_000_000, "壹仟万元整"),
        (10_000_000_100, "壹亿零壹元整"),
        (10_001_000_000, "壹亿零壹万元整"),
        (10_010_010_100, "壹亿零壹拾万零壹佰零壹元整"),
        (10_000_123_400, "壹亿零壹仟贰佰叁拾肆元整"),
        (123_450_000_000_000, "壹万贰仟叁佰肆拾伍亿元整"),
        (10**15, "壹拾万亿元整"),
        (10**18 - 1, "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        (-50, "负伍角整"),
    ],
)
def test_is_written_as_finance_wants_it(fen: int, words: str) -> None:
    assert in_capitals(fen) == words


@pytest.mark.parametrize("fen", [10**18, -(10**18)])
def test_what_has_no_name_is_refused(fen: int) -> None:
    with pytest.raises(ValueError, match=str(fen)):
        in_capitals(fen)


@settings(deadline=None, derandomize=True, database=None)
@given(some.integers(0, 10**18 - 1))
def test_can_be_read_back(fen: int) -> None:
    words = in_capitals(fen)
    assert read(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "分"))
    assert words.endswith("分") == (fen % 10 > 0)


def read(words: str) -> int:
    """The amount that capitals mean, by another road than they were written on."""
    yuan, _, rest = words.rpartition("元") if "元" in words else ("", "", words)
    jiao, fen = re.search(r"(.)角", rest), re.search(r"(.)分", rest)
    return number(yuan) * 100 + sum(
        DIGITS.index(found[1]) * worth for found, worth in ((jiao, 10), (fen, 1)) if found
    )


def number(words: str) -> int:
    for unit, worth in (("亿", 10**8), ("万", 10**4)):
        if unit in words:
            high, _, low = words.rpartition(unit)
            return number(high) * worth + number(low)
    total, digit = 0, 0
    for sign in words:
        if sign in UNITS:
            total, digit = total + digit * UNITS[sign], 0
        else:
            digit = DIGITS.index(sign)
    return total + digit
