"""The list of all follow-ups that one may see: whose they are, what was said, and at which price."""

from typing import Any
from urllib.parse import quote

import orjson
import pytest

from tests.activities.people import activity, contents, moment
from tests.comments.test_annotations import annotate
from tests.contacts.people import contact, customer
from tests.support.client import Browser, Company
from tests.support.people import Colleague, department, hire
from tests.support.statements import sent


@pytest.fixture
def team(company: Company) -> tuple[Colleague, Colleague]:
    """A manager and a seller of theirs."""
    place = department(company, "华东")
    return (
        hire(company, "manager", name="上官", department_id=place),
        hire(company, "sales", name="陈屿", department_id=place),
    )


def found(browser: Browser, *tests: tuple[str, str, Any]) -> list[str]:
    """What those say that pass all tests."""
    tree = {"and": [{"field": field, "op": op, "value": value} for field, op, value in tests]}
    return contents(browser, f"/activities?filter={quote(orjson.dumps(tree).decode())}")


def test_is_narrowed_to_ones_own_and_to_what_nobody_has_annotated(team: tuple[Colleague, Colleague]) -> None:
    boss, seller = team
    host = customer(seller.browser)
    read = activity(seller.browser, host["id"], content="看过的", happened_at=moment(hours=1))
    activity(seller.browser, host["id"], content="没看的 Offer", happened_at=moment(hours=2))
    activity(boss.browser, host["id"], content="主管自己的", happened_at=moment(hours=3))
    assert annotate(boss.browser, read).status_code == 201
    assert contents(boss.browser) == ["看过的", "没看的 Offer", "主管自己的"]
    assert found(boss.browser, ("mine", "eq", True)) == ["主管自己的"]
    assert found(seller.browser, ("mine", "eq", True)) == ["看过的", "没看的 Offer"]
    assert found(boss.browser, ("mine", "eq", False), ("annotated", "eq", False)) == ["没看的 Offer"]
    assert found(boss.browser, ("content", "contains", "offer")) == ["没看的 Offer"]


def test_takes_the_same_statements_however_many_there_are(team: tuple[Colleague, Colleague]) -> None:
    boss, seller = team

    def fill(number: int) -> None:
        host = customer(seller.browser)
        known = contact(seller.browser, f"联系人{number}", customer_id=host["id"])
        step = {"title": "再联系", "due_at": moment(days=-1)}
        made = activity(seller.browser, host["id"], contact_id=known["id"], next_step=step)
        assert annotate(boss.browser, made).status_code == 201

    def statements() -> list[str]:
        with sent() as said:
            answer = boss.browser.get("/activities?sort=-happened_at")
        assert answer.status_code == 200
        return said

    fill(0)
    statements()
    few = statements()
    for number in range(1, 6):
        fill(number)
    assert len(statements()) == len(few) <= 3
