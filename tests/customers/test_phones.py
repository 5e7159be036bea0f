"""Phone numbers are kept in one form, and never lost."""

import pytest

from app.core import phones
from app.core.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812345678", "+8613812345678"),
        ("138 1234-5678", "+8613812345678"),
        ("+86 138 1234 5678", "+8613812345678"),
        ("8613812345678", "+8613812345678"),
        ("0755-86001234", "+8675586001234"),
        ("(021) 6888 8888", "+862168888888"),
        ("+1 650 253 0000", "+16502530000"),
        ("400-820-8820", "+864008208820"),
        ("12345", "12345"),
        ("0755-86001234转801", "0755-86001234转801"),
        ("１３８１２３４５６７８", "+8613812345678"),
    ],
)
def test_keeps_one_form(typed: str, kept: str) -> None:
    assert phones.normalise(typed) == kept


@pytest.mark.parametrize("typed", ["", "12", "abc", "call me", "138;DROP", "1" * 41])
def test_refuses_what_is_no_number(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        phones.normalise(typed, field="phones.0.number")
    assert [(p.field, p.code) for p in refused.value.problems] == [("phones.0.number", "invalid-phone")]


@pytest.mark.parametrize(
    ("kept", "written"),
    [("+8613812345678", "13812345678"), ("+16502530000", "+1 650-253-0000"), ("12345", "12345")],
)
def test_shows_it_as_people_write_it(kept: str, written: str) -> None:
    assert phones.shown(kept) == written
