"""Activities: noted at a customer or contact, changed by whoever wrote them, gone where the customer goes."""

from typing import Any

import pytest

from tests.activities.people import activity, contents, moment, note, task, titles
from tests.contacts.people import contact, customer, deeds
from tests.support.client import Browser, Company
from tests.support.people import change, hire


@pytest.fixture
def seller(company: Company) -> Browser:
    return hire(company, "sales").browser


@pytest.fixture
def there(seller: Browser) -> dict[str, Any]:
    return customer(seller)


def test_is_shown_with_everything_about_it(seller: Browser, there: dict[str, Any]) -> None:
    known = contact(seller, "单田芳", customer_id=there["id"])
    at = moment(hours=3)
    made = activity(seller, contact_id=known["id"], kind="visit", content="看了车间\n要两台", happened_at=at)
    shown = seller.get(f"/activities/{made['id']}").json
    assert shown == made
    assert (shown["kind"], shown["content"], shown["happened_at"]) == ("visit", "看了车间\n要两台", at)
    assert shown["customer"] == {"id": there["id"], "name": there["name"]}
    assert shown["contact"] == {"id": known["id"], "name": "单田芳"}
    assert shown["author"]["name"] == shown["owner"]["name"] == "林知夏"
    assert (shown["next_step"], shown["can"]) == (None, {"update": True, "delete": True, "annotate": False})


def test_the_next_step_becomes_a_task_of_ones_own(seller: Browser, there: dict[str, Any]) -> None:
    due = moment(days=-2)
    made = activity(seller, there["id"], next_step={"title": "带样品再去", "due_at": due})
    (waiting,) = seller.get("/tasks").json["items"]
    assert (waiting["title"], waiting["due_at"], waiting["activity_id"]) == ("带样品再去", due, made["id"])
    assert waiting["customer"] == {"id": there["id"], "name": there["name"]}
    assert made["next_step"] == {"id": waiting["id"], "title": "带样品再去", "due_at": due, "done": False}
    seller.post(f"/tasks/{waiting['id']}/completion")
    assert seller.get(f"/activities/{made['id']}").json["next_step"]["done"] is True


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({}, "customer_id", "required"),
        ({"customer_id": "019a0000-0000-7000-8000-000000000000"}, "customer_id", "unknown-reference"),
        ({"contact_id": "019a0000-0000-7000-8000-000000000000"}, "contact_id", "unknown-reference"),
        ({"happened_at": "2099-01-01T00:00:00Z"}, "happened_at", "not-yet"),
        ({"content": ""}, "content", "required"),
        ({"kind": "fax"}, "kind", "not-a-choice"),
        ({"next_step": {"title": "再联系"}}, "next_step.due_at", "required"),
    ],
)
def test_refuses_what_cannot_be_noted(
    seller: Browser, there: dict[str, Any], facts: dict[str, Any], field: str, code: str
) -> None:
    sent = {"customer_id": there["id"], **facts} if "happened_at" in facts or "content" in facts else facts
    answer = note(seller, **sent)
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, code)]
    assert (contents(seller), titles(seller)) == ([], [])


def test_a_contact_of_another_customer_is_refused(seller: Browser, there: dict[str, Any]) -> None:
    elsewhere = contact(seller, customer_id=customer(seller, "别处公司")["id"])
    answer = note(seller, customer_id=there["id"], contact_id=elsewhere["id"])
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [
        ("contact_id", "not-of-this-customer")
    ]
    assert contents(seller) == []


def test_lists_the_latest_first_and_of_one_customer_or_contact(
    seller: Browser, there: dict[str, Any]
) -> None:
    known = contact(seller, customer_id=there["id"])
    activity(seller, there["id"], content="昨天", happened_at=moment(days=1), kind="note")
    activity(seller, contact_id=known["id"], content="今天")
    activity(seller, customer(seller, "别处公司")["id"], content="前天", happened_at=moment(days=2))
    assert contents(seller) == ["今天", "昨天", "前天"]
    assert contents(seller, f"/customers/{there['id']}/activities") == ["今天", "昨天"]
    assert contents(seller, f"/contacts/{known['id']}/activities") == ["今天"]
    assert contents(seller, "/activities?kind=note&sort=happened_at") == ["昨天"]
    assert seller.get("/activities?limit=1&total=true").json["total"] == {"count": 3, "capped": False}
    assert seller.get("/activities?q=今天").status_code == 422


def test_is_changed_on_the_version_it_was_read(seller: Browser, there: dict[str, Any]) -> None:
    made = activity(seller, there["id"])
    path = f"/activities/{made['id']}"
    assert change(seller, path, content="改过").json["content"] == "改过"
    stale = seller.patch(path, {"content": "又改"}, version=1)
    assert stale.status_code == 412
    assert stale.json["conflicts"] == [{"field": "content", "yours": "又改", "theirs": "改过"}]
    assert seller.patch(path, {"happened_at": "2099-01-01T00:00:00Z"}, version=2).status_code == 422
    assert contents(seller) == ["改过"]


def test_others_change_it_only_with_a_wider_permission(company: Company, there: dict[str, Any]) -> None:
    made = activity(company.admin, there["id"], content="经理写的")
    owner = hire(company, "sales")
    transferred = company.admin.post(
        f"/customers/{there['id']}/transfer", {"owner_id": owner.id}, headers={"If-Match": '"1"'}
    )
    assert transferred.status_code == 200
    shown = owner.browser.get(f"/activities/{made['id']}").json
    assert shown["can"] == {"update": False, "delete": False, "annotate": False}
    refused = change(owner.browser, f"/activities/{made['id']}", content="改成我的")
    assert (refused.status_code, contents(company.admin)) == (403, ["经理写的"])


def test_is_seen_no_farther_than_its_customer(
    company: Company, seller: Browser, there: dict[str, Any]
) -> None:
    made = activity(seller, there["id"])
    stranger = hire(company, "sales").browser
    assert (contents(stranger), stranger.get(f"/activities/{made['id']}").status_code) == ([], 404)
    assert note(stranger, customer_id=there["id"]).json["errors"][0]["code"] == "unknown-reference"
    helper = hire(company, "sales")
    shared = seller.put(
        f"/customers/{there['id']}/collaborators", {"user_ids": [helper.id]}, headers={"If-Match": '"1"'}
    )
    assert shared.status_code == 200, shared.json
    assert contents(helper.browser) == contents(seller)
    assert note(helper.browser, customer_id=there["id"], content="协作人也能写").status_code == 201
    assert len(contents(seller)) == 2


def test_goes_to_the_bin_and_comes_back(seller: Browser, there: dict[str, Any]) -> None:
    made = activity(seller, there["id"], content="删错了")
    assert seller.delete(f"/activities/{made['id']}", version=1).status_code == 204
    assert contents(seller) == []
    (gone,) = seller.get("/recycle-bin?type=activity").json["items"]
    assert (gone["id"], gone["name"]) == (made["id"], "删错了")
    assert seller.post(f"/recycle-bin/activity/{made['id']}/restoration").status_code == 200
    assert contents(seller) == ["删错了"]


def test_follows_its_customer_into_the_bin_and_out(seller: Browser, there: dict[str, Any]) -> None:
    made = activity(seller, there["id"])
    seller.delete(f"/customers/{there['id']}", version=1)
    assert (contents(seller), seller.get("/recycle-bin?type=activity").json["items"]) == ([], [])
    assert seller.post(f"/recycle-bin/activity/{made['id']}/restoration").status_code == 404
    seller.post(f"/recycle-bin/customer/{there['id']}/restoration")
    assert len(contents(seller)) == 1


def test_nothing_of_a_purged_customer_stays_but_what_is_to_be_done(
    company: Company, seller: Browser, there: dict[str, Any]
) -> None:
    activity(seller, there["id"], next_step={"title": "再联系", "due_at": moment(days=-1)})
    task(seller, "寄发票", customer_id=there["id"])
    seller.delete(f"/customers/{there['id']}", version=1)
    version = company.admin.get("/recycle-bin").json["items"][0]["version"]
    gone = company.admin.delete(f"/recycle-bin/customer/{there['id']}", version=version)
    assert gone.status_code == 204, gone.json
    assert contents(company.admin) == []
    left = seller.get("/tasks").json["items"]
    assert [(t["title"], t["customer"], t["activity_id"]) for t in left] == [
        ("寄发票", None, None),
        ("再联系", None, None),
    ]


def test_what_was_noted_about_somebody_alone_goes_to_their_customer(
    seller: Browser, there: dict[str, Any]
) -> None:
    alone = contact(seller)
    made = activity(seller, contact_id=alone["id"], content="展会上认识")
    assert made["customer"] is None
    assert change(seller, f"/contacts/{alone['id']}", customer_id=there["id"]).status_code == 200
    assert contents(seller, f"/customers/{there['id']}/activities") == ["展会上认识"]


def test_the_customers_timeline_tells_of_it(seller: Browser, there: dict[str, Any]) -> None:
    activity(seller, there["id"], content="报价已收到")
    told = deeds(seller, f"/customers/{there['id']}/timeline")
    assert told[0] == ("created", "报价已收到", ["kind", "content", "happened_at"])


def test_another_company_sees_none_of_it(
    seller: Browser, other_company: Company, there: dict[str, Any]
) -> None:
    made = activity(seller, there["id"])
    stranger = other_company.admin
    assert (contents(stranger), stranger.get(f"/activities/{made['id']}").status_code) == ([], 404)
    assert note(stranger, customer_id=there["id"]).status_code == 422
    assert contents(seller) == [made["content"]]
