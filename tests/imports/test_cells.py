"""Cells are read as people write them, and columns are recognised by heading or by what stands in them."""

from collections import Counter
from functools import partial

import pytest

from app.core.money import Money
from app.imports import cells, suggestions
from app.imports.cells import Unit, Unreadable
from app.imports.suggestions import Guess
from app.spreadsheets.customer_fields import BY_NAME, FIELDS
from app.spreadsheets.vocabulary import Field

PLAIN = Unit()
guess = partial(suggestions.guess, fields=BY_NAME)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 甲 ", "甲"),
        ("\u3000甲\ufeff", "甲"),
        ("13800138000\t", "13800138000"),
        ('="0755-88"', "0755-88"),
        ("'=1+1", "=1+1"),
        ("'13800138000", "13800138000"),
        ("'n Beetje", "'n Beetje"),
        ("—", ""),
        ("N/A", ""),
        ("无", ""),
        ("无锡", "无锡"),
        ('="', '="'),
    ],
)
def test_takes_off_what_spreadsheets_put_on(cell: str, text: str) -> None:
    assert cells.clean(cell) == text


@pytest.mark.parametrize(
    ("text", "unit", "money"),
    [
        ("1234.5", PLAIN, Money(123450)),
        ("1,234.5", PLAIN, Money(123450)),
        ("1 234", PLAIN, Money(123400)),
        ("1.234,50", PLAIN, Money(123450)),
        ("１２３", PLAIN, Money(12300)),
        ("35万", PLAIN, Money(35_000_000)),
        ("约 35 万元", PLAIN, Money(35_000_000)),
        ("¥ 2 亿", PLAIN, Money(20_000_000_000)),
        ("35", Unit(10_000), Money(35_000_000)),
        ("35万", Unit(10_000), Money(35_000_000)),
        ("US$3m", PLAIN, Money(300_000_000, "USD")),
        ("3", Unit(1_000_000, "USD"), Money(300_000_000, "USD")),
        ("3亿日元", PLAIN, Money(300_000_000, "JPY")),
        ("0.005", PLAIN, Money(0)),
    ],
)
def test_reads_amounts(text: str, unit: Unit, money: Money) -> None:
    assert cells.amount(text, unit) == money


@pytest.mark.parametrize("text", ["面议", "-5", "1e5", "1,2,3", "12.3.4", "5-10", "9" * 40, "", "￥"])
def test_refuses_what_is_no_amount(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        cells.amount(text, PLAIN)
    assert refused.value.code == "not-an-amount"


def test_refuses_amounts_beyond_all_bounds() -> None:
    with pytest.raises(Unreadable) as refused:
        cells.amount("99999999999亿", PLAIN)
    assert refused.value.code == "amount-too-large"


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("年营收（万元）", Unit(10_000, "CNY")),
        ("年营收/亿", Unit(100_000_000)),
        ("Revenue (USD millions)", Unit(1_000_000, "USD")),
        ("Revenue in millions", Unit(1_000_000)),
        ("千元", Unit(1_000)),
        ("营业额", PLAIN),
    ],
)
def test_reads_units_in_headings(heading: str, unit: Unit) -> None:
    assert cells.unit_of(heading) == unit


@pytest.mark.parametrize(
    ("text", "number"),
    [("2,822", 2822), ("50人", 50), ("约 120 名", 120), ("1.2万", 12_000), ("２００", 200)],
)
def test_counts(text: str, number: int) -> None:
    assert cells.count(text) == number


@pytest.mark.parametrize("text", ["100-499人", "3.5", "若干", "-1", "99999999999"])
def test_refuses_what_cannot_be_counted(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        cells.count(text)
    assert refused.value.code == "not-a-count"


@pytest.mark.parametrize(
    ("text", "number"),
    [("1996", 1996), ("1996年", 1996), ("2008-05-01", 2008), ("2008/5/1", 2008), ("1996.0", 1996)],
)
def test_reads_years(text: str, number: int) -> None:
    assert cells.year(text) == number


@pytest.mark.parametrize("text", ["刚成立", "96", "19961", "5/1/2008"])
def test_refuses_what_is_no_year(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        cells.year(text)
    assert refused.value.code == "not-a-year"


def test_cuts_several_numbers_apart() -> None:
    found = cells.phone_numbers("13800138000/0755-8888 8888、+1 650 253 0000;", mobile=True)
    assert found == ["13800138000", "0755-8888 8888", "+1 650 253 0000"]


def test_counts_the_digits_of_a_mobile_number() -> None:
    with pytest.raises(Unreadable) as refused:
        cells.phone_numbers("138 0013 800", mobile=True)
    assert (refused.value.code, refused.value.facts) == ("mobile-length", {"length": 10})


def test_cuts_tags_apart() -> None:
    assert cells.tag_names("#展会；华东,展会、 重点 ") == ["展会", "华东", "重点"]


def test_no_heading_means_two_fields() -> None:
    words = Counter(word for field in FIELDS for word in field.sure_headings)
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize("field", [f for f in FIELDS if f.choices], ids=lambda field: field.name)
def test_no_word_means_two_choices(field: Field) -> None:
    for choice in field.choices:
        alone = Field(field.name, field.kind, "", "", "", choices=(choice,))
        for word in (*alone.sure_words, *alone.likely_words):
            assert {**field.likely_words, **field.sure_words}[word] == choice.value, word


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            "account sector year_established revenue employees office_location subsidiary_of",
            "name industry founded_year annual_revenue employees region parent",
        ),
        ("公司名称 手机 区域 客户分级 业务员 备注", "name mobile region tier owner remark"),
        (
            "客户名称* 联系电话 客户来源 所属行业 统一社会信用代码 标签",
            "name phone source industry credit_code tags",
        ),
        ("Company Phone E-mail Website Status Owner", "name phone email website stage owner"),
    ],
)
def test_knows_headings_in_both_languages(headings: str, fields: str) -> None:
    names = headings.split()
    found = guess(names, [[]] * len(names))
    assert found == {i: Guess(name, "sure") for i, name in enumerate(fields.split())}


def test_guesses_by_what_a_heading_mentions() -> None:
    names = ["客户公司名", "固定电话号码（总机）", "主营行业大类", "序号", "最近联系"]
    assert guess(names, [[]] * len(names)) == {
        0: Guess("name", "likely"),
        1: Guess("phone", "likely"),
        2: Guess("industry", "likely"),
    }


def test_guesses_by_what_stands_in_a_column() -> None:
    values = [["13800138000", "139 0013 9000"], ["a@b.cn"], ["澄川科技有限公司"], ["www.example.com"], ["杂"]]
    assert guess(["A", "B", "C", "D", "E"], values) == {
        0: Guess("mobile", "likely"),
        1: Guess("email", "likely"),
        2: Guess("name", "likely"),
        3: Guess("website", "likely"),
    }


def test_suggests_no_field_twice() -> None:
    found = guess(["电话", "联系电话", "电话号码"], [[], [], []])
    assert found == {0: Guess("phone", "sure")}
