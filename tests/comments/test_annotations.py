"""A manager's word on a follow-up is seen under it, and heard by whoever did the work."""

from typing import Any

import pytest

from tests.activities.people import activity
from tests.comments.words import bells, said
from tests.contacts.people import customer
from tests.support.client import Browser, Company
from tests.support.people import Colleague, department, hire


def annotate(browser: Browser, record: dict[str, Any], text: str = "报价先别低于 8.5 折") -> Any:
    """The answer to annotating a follow-up."""
    return browser.post(f"/activities/{record['id']}/annotations", {"text": text})


@pytest.fixture
def team(company: Company) -> tuple[Colleague, Colleague]:
    """A manager and a seller of theirs."""
    place = department(company, "华东")
    return (
        hire(company, "manager", name="上官", department_id=place),
        hire(company, "sales", name="陈屿", department_id=place),
    )


def test_stands_under_the_follow_up_and_rings(company: Company, team: tuple[Colleague, Colleague]) -> None:
    boss, seller = team
    made = customer(seller.browser)
    call = activity(seller.browser, made["id"], content="电话里谈了价格\n细节略")
    answer = annotate(boss.browser, call)
    assert (answer.status_code, answer.json["kind"]) == (201, "annotation")
    shown = seller.browser.get(f"/activities/{call['id']}").json
    heard = [(one["author"]["name"], one["text"]) for one in shown["annotations"]]
    assert heard == [("上官", "报价先别低于 8.5 折")]
    assert shown["annotations"][0]["can"] == {"update": False, "delete": False}
    assert bells(seller.browser) == [
        (
            "上官 批注了跟进：电话里谈了价格",
            "报价先别低于 8.5 折",
            f"/customers/{made['id']}?tab=activities&activity={call['id']}",
        )
    ]
    assert said(seller.browser, call, "activity") == ["报价先别低于 8.5 折"]


def test_the_owner_of_the_customer_hears_of_it_too(
    company: Company, team: tuple[Colleague, Colleague]
) -> None:
    boss, seller = team
    made = customer(seller.browser)
    call = activity(company.admin, made["id"])
    assert annotate(boss.browser, call).status_code == 201
    assert len(bells(seller.browser)) == 1
    assert [b for b in bells(company.admin) if "批注" in b[0]] != []


def test_is_for_those_above_and_not_for_oneself(company: Company, team: tuple[Colleague, Colleague]) -> None:
    boss, seller = team
    made = customer(seller.browser)
    by_seller, by_boss = activity(seller.browser, made["id"]), activity(boss.browser, made["id"])
    outsider = hire(company, "manager", name="别部", department_id=department(company, "华北"))
    assert annotate(seller.browser, by_boss).status_code == 403
    assert annotate(boss.browser, by_boss).status_code == 403
    assert annotate(outsider.browser, by_seller).status_code == 404
    may = {
        browser: browser.get(f"/activities/{by_seller['id']}").json["can"]["annotate"]
        for browser in (boss.browser, seller.browser, company.admin)
    }
    assert list(may.values()) == [True, False, True]
    for call in (by_seller, by_boss):
        assert company.admin.get(f"/activities/{call['id']}").json["annotations"] == []
    assert bells(seller.browser) == []


def test_counts_comments_beside_annotations(company: Company, team: tuple[Colleague, Colleague]) -> None:
    boss, seller = team
    made = customer(seller.browser)
    call = activity(seller.browser, made["id"])
    annotate(boss.browser, call)
    for text in ("收到", "已改"):
        seller.browser.post(f"/records/activity/{call['id']}/comments", {"text": text})
    shown = seller.browser.get(f"/customers/{made['id']}/activities").json["items"][0]
    assert (len(shown["annotations"]), shown["comment_count"], shown["attachment_count"]) == (1, 2, 0)
