"""Sign-in names have one normal form each."""

import pytest

from app.access import logins
from app.core.errors import Invalid

MOBILE = "+8613808612345"


@pytest.mark.parametrize(
    "written",
    [
        "13808612345",
        " 138 0861 2345 ",
        "138-0861-2345",
        "(138) 0861.2345",
        "+86 138 0861 2345",
        "+8613808612345",
        "8613808612345",
        "008613808612345",
        "0086-138-0861-2345",
        "１３８０８６１２３４５",
        "＋86 138 0861 2345",
        "138\u20110861\u20142345",
    ],
)
def test_a_mobile_number_has_one_form(written: str) -> None:
    assert logins.normalise(written) == MOBILE


@pytest.mark.parametrize("last", range(0, 10_000, 37))
def test_no_digits_within_a_number_are_taken_for_a_prefix(last: int) -> None:
    number = f"1{3 + last % 7}{last * 861 % 10**9:09d}"
    assert logins.normalise(number) == f"+86{number}"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Lin.ZhiXia@Example.COM", "lin.zhixia@example.com"),
        (" a+b@example.co.uk ", "a+b@example.co.uk"),
        ("lin＠example.com", "lin@example.com"),
        ("+852 5123 4567", "+85251234567"),
        ("+1 212 555 0123", "+12125550123"),
    ],
)
def test_others_have_theirs(written: str, normal: str) -> None:
    assert logins.normalise(written) == normal


@pytest.mark.parametrize(
    "written",
    [
        "", "x", "1", "+", "+86", "01012345678", "021-58881234", "4008001234", "+86 21 5888 1234",
        "1-800-FLOWERS", "138086123456", "1380861234", "12308612345", "@", "a@", "@b.cn", "a@b", "a b@c.cn",
        "a@b..cn", "a@-b.cn", "a@b.cn, c@d.cn", "林@example.com", "a@例子.cn",
        "a" * 255 + "@b.cn", "1" * 200, "a\x00@b.cn",
    ],
)  # fmt: skip
def test_refuses_what_is_neither(written: str) -> None:
    with pytest.raises(Invalid) as caught:
        logins.normalise(written, field="who")
    assert [problem.field for problem in caught.value.problems] == ["who"]


def test_shows_them_as_their_owners_write_them() -> None:
    assert logins.shown(MOBILE) == "13808612345"
    assert logins.shown("+85251234567") == "+85251234567"
    assert logins.shown("lin@example.com") == "lin@example.com"
