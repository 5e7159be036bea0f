"""How names are read aloud, sorted and cut."""

import pytest

from app.core import pinyin, search
from app.core.remembering import remembered


@pytest.mark.parametrize(
    ("name", "person", "read"),
    [
        ("重庆银行", False, "chong qing yin hang"),
        ("单田芳", True, "shan tian fang"),
        ("欧阳修", True, "ou yang xiu"),
        ("万俟卨", True, "mo qi xie"),
        ("吕蒙", True, "lv meng"),
        ("长城汽车", False, "chang cheng qi che"),
    ],
)
def test_the_likeliest_reading_comes_first(name: str, person: bool, read: str) -> None:  # noqa: FBT001
    assert " ".join(pinyin.readings(name, person=person)[0]) == read


def test_many_double_readings_do_not_multiply_without_end() -> None:
    assert len(pinyin.readings("长" * 40)) == pinyin.MOST_READINGS


def test_sorts_as_a_chinese_telephone_book_does() -> None:
    names = ["重庆长安", "阿里", "Zebra", "宝钢", "acme", "3M中国", "重汽", "长城", "安利"]
    assert sorted(names, key=lambda name: pinyin.sort_key(search.fold(name))) == [
        "3M中国", "阿里", "acme", "安利", "宝钢", "长城", "重庆长安", "Zebra", "重汽",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("letters", "cuts"),
    [
        ("xian", {("xian",), ("xi", "an")}),
        ("huaw", {("hua", "w"), ("hu", "a", "w")}),
        ("lyu", {("lv",)}),
        ("hwjs", set()),
        ("", set()),
    ],
)
def test_cuts_letters_into_syllables(letters: str, cuts: set[tuple[str, ...]]) -> None:
    assert set(pinyin.syllables(letters)) == cuts


def test_a_long_text_of_letters_is_cut_in_a_few_ways_only() -> None:
    assert len(pinyin.syllables("xian" * 25)) == pinyin.MOST_SEGMENTATIONS


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("ＡＢＣ　科技（深圳）", "abc科技深圳"), ("Zürich-Ñandú", "zurichnandu"), ("①②", "12"), ("—…·", "")],
)
def test_folds_width_case_accents_and_marks(typed: str, folded: str) -> None:
    assert search.fold(typed) == folded


def test_only_short_texts_are_remembered() -> None:
    made: list[tuple[str, bool]] = []

    @remembered(8)
    def loud(text: str, *, twice: bool = False) -> str:
        """A text out loud."""
        made.append((text, twice))
        return text.upper() * (1 + twice)

    short, long = "a" * 256, "a" * 257
    assert [loud("ab"), loud("ab"), loud("ab", twice=True)] == ["AB", "AB", "ABAB"]
    assert [len(loud(text)) for text in (short, short, long, long)] == [256, 256, 257, 257]
    assert made == [("ab", False), ("ab", True), (short, False), (long, False), (long, False)]
    assert (loud.__name__, loud.__doc__) == ("loud", "A text out loud.")

    loud.cache_clear()
    loud("ab")
    assert made[-1] == ("ab", False)


def test_long_texts_are_read_as_short_ones() -> None:
    letters = "x1é" * 100
    way, *_ = pinyin.readings(f"银行{letters}长安")
    assert way == ("yin", "hang", *letters, "chang", "an")
