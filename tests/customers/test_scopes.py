"""Who sees and may do what: own, department, subtree, all, and shared."""

import pytest

from tests.customers.desk import (
    House,
    change,
    customer,
    deeds,
    faults,
    names,
    role,
    share,
    shown,
    transfer,
    worker,
)  # fmt: skip
from tests.support.client import Browser, Company
from tests.support.people import change as change_person
from tests.support.people import hire

SCOPES = [
    ("own", "lower", set()),
    ("department", "lower", {"苏州乙公司"}),
    ("department", "upper", {"上海甲公司"}),
    ("subtree", "upper", {"上海甲公司", "苏州乙公司"}),
    ("subtree", "lower", {"苏州乙公司"}),
    ("subtree", None, {"上海甲公司", "苏州乙公司"}),
    ("all", "lower", {"上海甲公司", "苏州乙公司"}),
]


@pytest.mark.parametrize(("scope", "place", "sees"), SCOPES)
def test_scope_decides_what_is_there(
    company: Company, house: House, scope: str, place: str | None, sees: set[str]
) -> None:
    placed = {"department_id": getattr(house, place)} if place else {}
    browser = worker(company, scope, **placed).browser
    mine = customer(browser, "自己的丙公司")
    expected = sees | {mine["name"]}
    for sort in ("-updated_at", "name", "created_at"):
        assert sorted(names(browser, f"sort={sort}")) == sorted(expected)
    assert set(names(browser, "q=公司")) == expected
    assert set(names(browser, "q=gongsi")) == expected
    assert browser.get("/customers?total=true").json["total"]["count"] == len(expected)
    for made in (house.of_boss, house.of_seller):
        visible = made["name"] in expected
        for path in ("", "/timeline", "/children"):
            status = browser.get(f"/customers/{made['id']}{path}").status_code
            assert status == (200 if visible else 404)
        answer = change(browser, made, region="江苏")
        assert answer.status_code == (200 if visible else 404)
        assert shown(company.admin, made)["region"] == ("江苏" if visible else None)


def test_pages_of_a_scope_neither_lose_nor_repeat(company: Company, house: House) -> None:
    boss = worker(company, "subtree", name="主任", department_id=house.upper).browser
    for i in range(4):
        customer(boss, f"主任的{i}")
        customer(house.seller.browser, f"下属的{i}")
        share(company.admin, customer(company.admin, f"别处的{i}"), hire_again(company, boss))
    found: list[str] = []
    cursor = ""
    while cursor is not None:
        page = boss.get(f"/customers?limit=3{cursor}").json
        found += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    assert len(found) == len(set(found)) == 14
    assert found[:3] == ["别处的3", "下属的3", "主任的3"]


def hire_again(company: Company, browser: Browser) -> object:
    from tests.support.people import Colleague

    me = browser.get("/session").json["user"]
    return Colleague(id=me["id"], login=me["login"], browser=browser)


def test_without_the_permission_nothing_is_there(company: Company, house: House) -> None:
    blind = hire(company, role(company, "盲")).browser
    for path in ("/customers", f"/customers/{house.of_boss['id']}", "/customer-facets"):
        assert blind.get(path).status_code == 403
    assert blind.post("/customers", {"name": "甲"}).status_code == 403
    assert blind.get("/search?q=公司").json["customers"] == []


def test_seeing_is_not_changing(company: Company, house: House) -> None:
    reader = hire(company, role(company, "读", read="all", update="own")).browser
    made = shown(reader, house.of_boss)
    assert made["can"] == {
        "update": False,
        "delete": False,
        "transfer": False,
        "share": False,
        "merge": False,
    }
    assert change(reader, made, stage="deal").status_code == 403
    assert transfer(reader, made, house.seller.id).status_code == 403
    assert reader.delete(f"/customers/{made['id']}", version=1).status_code == 403
    put = reader.put(f"/customers/{made['id']}/collaborators", {"user_ids": []}, headers={"If-Match": '"1"'})
    assert put.status_code == 403
    assert shown(company.admin, made) == shown(company.admin, house.of_boss)


def test_a_collaborator_reads_and_edits_but_neither_gives_away_nor_deletes(
    company: Company, house: House
) -> None:
    made, helper = house.of_boss, house.seller.browser
    share(house.boss.browser, made, house.seller)
    assert set(names(helper)) == {"上海甲公司", "苏州乙公司"}
    assert set(names(helper, "q=shjgs")) == {"上海甲公司"}
    seen = shown(helper, made)
    assert seen["can"] == {"update": True, "delete": False, "transfer": False, "share": False, "merge": False}
    assert seen["collaborators"] == [{"id": house.seller.id, "name": "下属"}]
    assert change(helper, made, stage="deal").status_code == 200
    assert transfer(helper, made, house.seller.id).status_code == 403
    version = shown(helper, made)["version"]
    assert helper.delete(f"/customers/{made['id']}", version=version).status_code == 403
    wider = helper.put(
        f"/customers/{made['id']}/collaborators",
        {"user_ids": [house.seller.id, company.user_id]},
        headers={"If-Match": f'"{version}"'},
    )
    assert wider.status_code == 403
    after = shown(company.admin, made)
    assert (after["version"], after["owner"]["id"], len(after["collaborators"])) == (
        version,
        house.boss.id,
        1,
    )


def test_a_collaborator_is_one_until_no_longer_named(company: Company, house: House) -> None:
    share(house.boss.browser, house.of_boss, house.seller)
    after = share(house.boss.browser, house.of_boss)
    assert after["collaborators"] == []
    assert names(house.seller.browser) == ["苏州乙公司"]
    assert house.seller.browser.get(f"/customers/{house.of_boss['id']}").status_code == 404
    assert [deed for deed, _ in deeds(company.admin, house.of_boss)] == [
        "collaborators", "collaborators", "created",
    ]  # fmt: skip


def test_only_colleagues_collaborate(company: Company, other_company: Company, house: House) -> None:
    path = f"/customers/{house.of_boss['id']}/collaborators"
    for stranger in (other_company.user_id, "01980000-0000-7000-8000-000000000000"):
        sent = {"user_ids": [house.seller.id, stranger]}
        answer = house.boss.browser.put(path, sent, headers={"If-Match": '"1"'})
        assert faults(answer) == [("user_ids", "unknown-reference")]
    assert shown(company.admin, house.of_boss)["collaborators"] == []


def test_a_transfer_takes_the_customer_into_the_new_owners_department(company: Company, house: House) -> None:
    made = house.of_seller
    share(company.admin, made, house.boss)
    answer = transfer(company.admin, made, house.boss.id)
    assert answer.status_code == 200
    assert (answer.json["owner"]["id"], answer.json["department"]["id"]) == (house.boss.id, house.upper)
    assert answer.json["collaborators"] == []
    assert names(house.seller.browser) == []
    assert set(names(house.boss.browser)) == {"上海甲公司", "苏州乙公司"}
    kind, fields = deeds(company.admin, made)[0]
    assert (kind, fields) == ("transferred", ["owner"])
    [told] = company.admin.get(f"/customers/{made['id']}/timeline").json["items"][0]["changes"]
    assert (told["before"]["name"], told["after"]["name"]) == ("下属", "上官")


def test_who_gives_a_customer_away_sees_it_once_more(house: House) -> None:
    answer = transfer(house.seller.browser, house.of_seller, house.boss.id)
    assert (answer.status_code, answer.json["owner"]["name"]) == (200, "上官")
    assert house.seller.browser.get(f"/customers/{house.of_seller['id']}").status_code == 404


def test_nobody_gets_a_customer_who_cannot_work_with_it(
    company: Company, other_company: Company, house: House
) -> None:
    gone = worker(company, name="离职")
    assert change_person(company.admin, f"/users/{gone.id}", state="disabled").status_code == 200
    for nobody in (gone.id, other_company.user_id, "01980000-0000-7000-8000-000000000000"):
        answer = transfer(company.admin, house.of_seller, nobody)
        assert faults(answer) == [("owner_id", "unknown-reference")]
        made = company.admin.post("/customers", {"name": "新的", "owner_id": nobody})
        assert faults(made) == [("owner_id", "unknown-reference")]
    # What is the reader's own: who made it could not read contacts.
    of_reader = {
        "can": dict.fromkeys(("update", "delete", "transfer", "share", "merge"), True),
        "contact_count": 0,
    }
    assert shown(company.admin, house.of_seller) == {**house.of_seller, **of_reader}
    assert names(company.admin, "q=新的") == []


def test_a_new_customer_can_be_given_to_whom_one_sees(company: Company, house: House) -> None:
    head = worker(company, "subtree", name="主任", department_id=house.upper).browser
    made = customer(head, "新的", owner_id=house.seller.id)
    assert (made["owner"]["name"], made["department"]["id"]) == ("下属", house.lower)
    assert made["created_by"]["name"] == "主任"
    answer = house.seller.browser.post("/customers", {"name": "推给上级", "owner_id": house.boss.id})
    assert faults(answer) == [("owner_id", "owner-out-of-reach")]


def test_customers_follow_an_owner_who_moves(company: Company, house: House) -> None:
    head = worker(company, "department", name="主任", department_id=house.upper).browser
    assert names(head) == ["上海甲公司"]
    moved = change_person(company.admin, f"/users/{house.seller.id}", department_id=house.upper)
    assert moved.status_code == 200
    assert set(names(head)) == {"上海甲公司", "苏州乙公司"}
    assert shown(head, house.of_seller)["department"]["id"] == house.upper


def test_new_names_of_owners_and_departments_show_at_once(company: Company, house: House) -> None:
    assert names(company.admin)
    assert house.boss.browser.patch("/profile", {"name": "上官婉"}).status_code == 200
    assert change_person(company.admin, f"/departments/{house.upper}", name="华东大区").status_code == 200
    made = shown(company.admin, house.of_boss)
    assert (made["owner"]["name"], made["department"]["name"]) == ("上官婉", "华东大区")


def test_a_newcomers_name_is_known_in_every_list(company: Company) -> None:
    customer(company.admin, "先有的")
    assert names(company.admin) == ["先有的"]
    newcomer = worker(company, name="新人")
    customer(newcomer.browser, "新人的")
    owners = [item["owner"]["name"] for item in company.admin.get("/customers").json["items"]]
    assert owners == ["新人", "秦明远"]


def test_facets_tell_nothing_of_what_one_does_not_see(house: House) -> None:
    customer(house.boss.browser, "秘密", region="西藏", industry="航天", source="内线", tags=["绝密"])
    assert house.seller.browser.get("/customer-facets").json == {
        "sources": [], "industries": [], "regions": [], "tags": [],
    }  # fmt: skip


def test_other_companies_do_not_exist(company: Company, other_company: Company) -> None:
    made = customer(company.admin, "澄江", tags=["红"])
    stranger, path = other_company.admin, f"/customers/{made['id']}"
    assert names(stranger) == []
    for below in ("", "/timeline", "/children"):
        assert stranger.get(f"{path}{below}").status_code == 404
    assert stranger.patch(path, {"stage": "deal"}, version=1).status_code == 404
    assert stranger.delete(path, version=1).status_code == 404
    headers = {"If-Match": '"1"'}
    assert (
        stranger.post(f"{path}/transfer", {"owner_id": other_company.user_id}, headers=headers).status_code
        == 404
    )
    assert stranger.put(f"{path}/collaborators", {"user_ids": []}, headers=headers).status_code == 404
    child = stranger.post("/customers", {"name": "子", "parent_id": made["id"]})
    assert faults(child) == [("parent_id", "unknown-reference")]
    assert stranger.get("/customer-facets").json["tags"] == []
    assert shown(company.admin, made) == made
