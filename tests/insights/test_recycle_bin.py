"""The recycle bin: what is deleted can come back, all of it, or be removed for ever."""

from typing import Any

import pytest

from app.insights.recycle_bin import KINDS
from tests.contacts.people import contact, customer, deeds, names, role, shown, worker
from tests.support.client import Browser, Company
from tests.support.people import department, hire
from tests.support.statements import sent


def binned(browser: Browser, query: str = "") -> list[tuple[str, str]]:
    answer = browser.get(f"/recycle-bin{query}")
    assert answer.status_code == 200, answer.json
    return [(item["type"], item["name"]) for item in answer.json["items"]]


def delete(browser: Browser, kind: str, record: dict[str, Any]) -> None:
    answer = browser.delete(f"/{kind}s/{record['id']}", version=record["version"])
    assert answer.status_code == 204, answer.json


def restore(browser: Browser, kind: str, record: dict[str, Any]) -> Any:
    return browser.post(f"/recycle-bin/{kind}/{record['id']}/restoration")


def purge(browser: Browser, kind: str, record: dict[str, Any], version: int = 2) -> Any:
    return browser.delete(f"/recycle-bin/{kind}/{record['id']}", version=version)


def test_lists_the_latest_deleted_first(company: Company) -> None:
    made = customer(company.admin), contact(company.admin, "安娜"), customer(company.admin, "云岫智能科技")
    for kind, record in zip(("customer", "contact", "customer"), made, strict=True):
        delete(company.admin, kind, record)
    assert binned(company.admin) == [
        ("customer", "云岫智能科技"),
        ("contact", "安娜"),
        ("customer", "澄江机械有限公司"),
    ]
    [item] = company.admin.get("/recycle-bin?type=contact").json["items"]
    me = {"id": company.user_id, "name": "秦明远"}
    assert item == {
        "type": "contact",
        "id": made[1]["id"],
        "name": "安娜",
        "deleted_at": item["deleted_at"],
        "deleted_by": me,
        "owner": me,
        "version": 2,
    }
    assert binned(company.admin, "?q=yunxiu") == [("customer", "云岫智能科技")]
    assert binned(company.admin, "?q=科技&type=contact") == []
    assert names(company.admin) == names(company.admin, "/customers") == []


def test_pages_follow_one_another_over_all_kinds(company: Company) -> None:
    for i in range(3):
        delete(company.admin, "customer", customer(company.admin, f"客户{i}"))
        delete(company.admin, "contact", contact(company.admin, f"联系人{i}"))
    seen, cursor = [], ""
    while cursor is not None:
        page = company.admin.get(f"/recycle-bin?limit=2{cursor and '&cursor=' + cursor}").json
        assert len(page["items"]) == 2
        seen += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ["联系人2", "客户2", "联系人1", "客户1", "联系人0", "客户0"]


@pytest.mark.parametrize(
    ("query", "field"),
    [("?type=user", "type"), ("?cursor=x", "cursor"), ("?limit=0", "limit"), ("?x=1", "x")],
)
def test_refuses_what_it_does_not_know(company: Company, query: str, field: str) -> None:
    answer = company.admin.get(f"/recycle-bin{query}")
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)


def test_a_contact_comes_back_as_it_was(company: Company) -> None:
    there = customer(company.admin)
    made = contact(company.admin, customer_id=there["id"], phones=[{"number": "13800001234"}])
    delete(company.admin, "contact", made)
    for path in ("", "/timeline", "/relationships"):
        assert company.admin.get(f"/contacts/{made['id']}{path}").status_code == 404
    assert company.admin.get(f"/customers/{there['id']}").json["contact_count"] == 0
    answer = restore(company.admin, "contact", made)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"3"')
    assert answer.json == {**made, "version": 3, "updated_at": answer.json["updated_at"]}
    assert names(company.admin, "/contacts?q=1234") == ["单田芳"]
    told = [kind for kind, _, _ in deeds(company.admin, f"/customers/{there['id']}/timeline")]
    assert told == ["restored", "deleted", "created", "created"]
    assert restore(company.admin, "contact", made).status_code == 404


def test_a_customer_takes_its_contacts_along_and_brings_exactly_those_back(company: Company) -> None:
    there = customer(company.admin)
    before = contact(company.admin, "早已删除", customer_id=there["id"])
    delete(company.admin, "contact", before)
    kept = [
        contact(company.admin, name, customer_id=there["id"], is_primary=name == "安娜")
        for name in ("安娜", "白岩")
    ]
    alone = contact(company.admin, "散人")
    delete(company.admin, "customer", there)
    assert names(company.admin) == ["散人"]
    assert binned(company.admin) == [("customer", "澄江机械有限公司"), ("contact", "早已删除")]
    answer = restore(company.admin, "customer", there)
    assert (answer.status_code, answer.json["contact_count"]) == (200, 2)
    for record in kept:
        assert shown(company.admin, record["id"]) == {**record, "version": 3}
        told = [kind for kind, _, _ in deeds(company.admin, f"/contacts/{record['id']}/timeline")]
        assert told == ["restored", "deleted", "created"]
    assert names(company.admin) == ["散人", "白岩", "安娜"]
    assert binned(company.admin) == [("contact", "早已删除")]
    assert shown(company.admin, alone["id"]) == alone


@pytest.mark.parametrize("together", [True, False])
def test_a_contact_waits_for_its_customer(company: Company, together: bool) -> None:  # noqa: FBT001
    there = customer(company.admin)
    made = contact(company.admin, customer_id=there["id"])
    if not together:
        delete(company.admin, "contact", made)
    delete(company.admin, "customer", there)
    refused = restore(company.admin, "contact", made)
    assert (refused.status_code, refused.json["code"]) == (409, "customer-in-recycle-bin")
    assert names(company.admin) == []
    assert restore(company.admin, "customer", there).status_code == 200
    assert names(company.admin) == (["单田芳"] if together else [])
    assert restore(company.admin, "contact", made).status_code == (404 if together else 200)


def test_nothing_of_a_purged_customer_stays(company: Company) -> None:
    there, elsewhere = customer(company.admin), customer(company.admin, "云岫智能科技")
    gone = contact(company.admin, "早已删除", customer_id=there["id"])
    delete(company.admin, "contact", gone)
    made = contact(company.admin, "安娜", customer_id=there["id"])
    contact(company.admin, "白岩", customer_id=elsewhere["id"])
    delete(company.admin, "customer", there)
    assert purge(company.admin, "customer", there).status_code == 204
    assert binned(company.admin) == []
    for record in (gone, made):
        assert restore(company.admin, "contact", record).status_code == 404
    assert names(company.admin) == ["白岩"]
    trail = company.admin.get("/audit-records?action=purged").json["items"]
    assert {(line["subject_type"], line["subject_label"]) for line in trail} == {
        ("customer", "澄江机械有限公司"),
        ("contact", "早已删除"),
        ("contact", "安娜"),
    }


def test_a_purged_contact_leaves_nothing_to_find(company: Company) -> None:
    made = contact(company.admin, phones=[{"number": "13800001234"}])
    delete(company.admin, "contact", made)
    assert purge(company.admin, "contact", made).status_code == 204
    assert binned(company.admin) == binned(company.admin, "?q=1234") == []
    assert purge(company.admin, "contact", made).status_code == 404


def test_purging_wants_to_know_the_version(company: Company) -> None:
    made = contact(company.admin)
    delete(company.admin, "contact", made)
    without = company.admin.delete(f"/recycle-bin/contact/{made['id']}")
    stale = purge(company.admin, "contact", made, version=1)
    assert (without.status_code, stale.status_code) == (428, 412)
    assert binned(company.admin) == [("contact", "单田芳")]


def test_what_is_not_in_the_bin_is_not_purged(company: Company) -> None:
    there, made = customer(company.admin), contact(company.admin)
    for kind, record in (("customer", there), ("contact", made)):
        assert purge(company.admin, kind, record, version=1).status_code == 404
        assert restore(company.admin, kind, record).status_code == 404
    assert shown(company.admin, made["id"]) == made
    assert company.admin.get("/recycle-bin/quote").status_code == 404


def test_shows_what_one_may_delete_and_see(company: Company) -> None:
    upper = department(company, "华东区")
    lower = department(company, "苏州办", upper)
    seller = worker(company, name="销售", department_id=lower)
    manager = worker(company, "subtree", name="主管", department_id=upper)
    stranger = worker(company, name="同事", department_id=lower)
    made = customer(seller.browser), contact(seller.browser)
    for kind, record in zip(("customer", "contact"), made, strict=True):
        delete(seller.browser, kind, record)
    both = [("contact", "单田芳"), ("customer", "澄江机械有限公司")]
    for colleague, sees in ((seller, both), (manager, both), (stranger, [])):
        assert binned(colleague.browser) == sees
    assert restore(stranger.browser, "contact", made[1]).status_code == 404
    assert restore(manager.browser, "contact", made[1]).status_code == 200
    assert names(seller.browser) == ["单田芳"]


def test_purging_takes_a_permission_of_its_own(company: Company) -> None:
    seller = worker(company, name="销售").browser
    made = customer(seller), contact(seller)
    for kind, record in zip(("customer", "contact"), made, strict=True):
        delete(seller, kind, record)
        refused = purge(seller, kind, record)
        assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    assert len(binned(seller)) == 2


def test_lists_only_the_kinds_one_may_delete(company: Company) -> None:
    permissions = {"customer:read": "all", "contact:read": "all", "contact:delete": "all"}
    browser = hire(company, role(company, "只删联系人", permissions)).browser
    there = customer(company.admin)
    for kind, record in (("customer", there), ("contact", contact(company.admin))):
        delete(company.admin, kind, record)
    assert binned(browser) == [("contact", "单田芳")]
    assert browser.get("/recycle-bin?type=customer").status_code == 403
    refused = restore(browser, "customer", there)
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    assert ("customer", "澄江机械有限公司") in binned(company.admin)


def test_another_company_finds_nothing(company: Company, other_company: Company) -> None:
    made = contact(company.admin)
    delete(company.admin, "contact", made)
    assert binned(other_company.admin) == []
    assert restore(other_company.admin, "contact", made).status_code == 404
    assert purge(other_company.admin, "contact", made).status_code == 404
    assert binned(company.admin) == [("contact", "单田芳")]


def test_takes_as_many_statements_for_many_as_for_one(company: Company) -> None:
    counts = []
    for many in (1, 5):
        there = customer(company.admin)
        for i in range(many):
            contact(company.admin, f"联系人{i}", customer_id=there["id"])
        with sent() as statements:
            delete(company.admin, "customer", there)
            restore(company.admin, "customer", there)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    binned(company.admin)
    with sent() as statements:
        binned(company.admin)
    assert len(statements) == len(KINDS)
