"""Customers that are one: found, hinted at, merged field by field, and parted again."""

from datetime import datetime

import pytest

from tests.customers.desk import House, customer, names, role, shown, transfer
from tests.merging.conftest import Desk
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent
from tests.support.store import Store


def test_groups_are_found_by_each_key_and_forgotten_when_marked(desk: Desk) -> None:
    first = customer(desk.browser, "杭州云岫智能装备有限公司", email="A@x.com", credit_code="91330100ma")
    same = customer(desk.browser, "杭州云岫智能装备股份有限公司", phones=[{"number": "13800138000"}])
    customer(desk.browser, "杭州 云岫智能装备", email="a@X.com", credit_code="91330100MA")
    customer(desk.browser, "别的公司", phones=[{"number": "010-12345678"}, {"number": "13800138000"}])
    customer(desk.browser, "张伟", kind="person")
    customer(desk.browser, "张伟", kind="person")
    alike = {"杭州云岫智能装备有限公司", "杭州云岫智能装备股份有限公司", "杭州 云岫智能装备"}
    assert desk.groups("customer", "name") == [alike]
    assert desk.groups("customer", "phone") == [{"杭州云岫智能装备股份有限公司", "别的公司"}]
    assert desk.groups("customer", "email") == [{"杭州云岫智能装备有限公司", "杭州 云岫智能装备"}]
    assert desk.groups("customer", "credit_code") == [{"杭州云岫智能装备有限公司", "杭州 云岫智能装备"}]
    # Two of three are different ones: there is still something to look at.
    sent_ = {"type": "customer", "alike_ids": [first["id"], same["id"]]}
    assert desk.browser.post("/duplicate-marks", sent_).status_code == 201
    assert desk.groups("customer", "name") == [alike]
    ids = [one["id"] for one in desk.get("/customers?q=云岫")["items"]]
    mark = desk.make("/duplicate-marks", type="customer", alike_ids=ids)
    assert desk.groups("customer", "name") == []
    assert desk.browser.delete(f"/duplicate-marks/{mark['id']}").status_code == 204
    assert desk.groups("customer", "name") == [alike]


def test_groups_go_on_behind_the_last(desk: Desk) -> None:
    for name in ("甲", "乙", "丙"):
        for form in ("有限公司", "公司"):
            customer(desk.browser, f"{name}{form}")
    seen, cursor = [], ""
    for _ in range(3):
        page = desk.get(f"/duplicates?type=customer&limit=1&cursor={cursor}")
        seen += [group["key"] for group in page["customers"]]
        cursor = page["next_cursor"] or ""
    assert (sorted(seen), cursor) == (sorted("甲乙丙"), "")


def test_statements_do_not_grow(desk: Desk) -> None:
    counts = []
    for more in (1, 12):
        for i in range(more):
            customer(desk.browser, f"公司{more}-{i}有限公司")
            customer(desk.browser, f"公司{more}-{i}")
        with sent() as statements:
            desk.get("/duplicates?type=customer")
        with sent() as hints:
            desk.hints("customer", name="公司1-0", phones=["13800138000"], email="x@y.com", credit_code="1")
        counts.append((len(statements), len(hints)))
    assert counts[0] == counts[1]


def test_hints_while_typing(company: Company, house: House) -> None:
    desk = Desk(company, company.admin)
    phones = [{"number": "13900139000"}]
    made = customer(
        house.seller.browser, "宁波海工（集团）有限公司", phones=phones, email="a@b.cn", credit_code="9133"
    )
    owner = "下属"
    assert desk.hints("customer", name="宁波海工集团") == [("name", made["name"], owner)]
    assert desk.hints("customer", phones=["139 0013 9000"]) == [("phone", made["name"], owner)]
    assert desk.hints("customer", email="A@B.CN") == [("email", made["name"], owner)]
    assert desk.hints("customer", credit_code="9133") == [("credit_code", made["name"], owner)]
    assert desk.hints("customer", name="宁波海工集团", besides_id=made["id"]) == []
    assert desk.hints("customer", name="宁波海") == []
    # Who may not see it learns only that a colleague has it, by name or number, and can ask them.
    stranger = hire(company, "sales", name="路人")
    hers = Desk(company, stranger.browser)
    traits = {"name": "宁波海工集团", "phones": ["13900139000"], "email": "a@b.cn", "credit_code": "9133"}
    assert hers.hints("customer", **traits) == [("name", None, owner)]
    assert hers.hints("customer", email="a@b.cn", credit_code="9133") == []
    asked = stranger.browser.post("/owner-requests", {"type": "customer", **traits})
    assert (asked.status_code, asked.json) == (200, {"count": 1})
    stranger.browser.post("/owner-requests", {"type": "customer", **traits})
    [bell] = [
        b for b in house.seller.browser.get("/notifications").json["items"] if b["kind"] == "owner-wanted"
    ]
    assert bell["link"] == f"/customers/{made['id']}"


def test_what_is_told_of_the_unseen_runs_dry(
    company: Company, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.access import throttle

    monkeypatch.setattr(throttle, "DUPLICATES_BY_USER", throttle.Limit("duplicates", 2, 600))
    hers = Desk(company, hire(company, "sales").browser)
    found = [len(hers.hints("customer", name="苏州乙公司")) for _ in range(4)]
    assert found == [1, 1, 0, 0]


def test_merges_field_by_field_and_parts_again(desk: Desk, store: Store) -> None:
    colleague = hire(desk.company, "sales", name="何舟")
    master = customer(
        desk.browser, "云岫装备有限公司", stage="deal", region="浙江", tags=["红"],
        phones=[{"number": "13800138000", "label": "前台"}],
    )  # fmt: skip
    other = customer(
        desk.browser, "云岫装备", stage="intent", region="杭州", industry="制造", tags=["红", "蓝"],
        website="x.cn",
        phones=[{"number": "13800138000"}, {"number": "13900139000"}],
    )  # fmt: skip
    answer = desk.browser.put(
        f"/customers/{other['id']}/collaborators",
        {"user_ids": [colleague.id]},
        headers={"If-Match": f'"{other["version"]}"'},
    )
    other = answer.json
    child = customer(desk.browser, "分公司", parent_id=other["id"])
    person = desk.make("/contacts", name="孟瑶", customer_id=other["id"], is_primary=True)
    desk.make("/activities", kind="call", content="聊了聊", customer_id=other["id"])
    task = desk.make("/tasks", title="回电", due_at="2030-01-01T00:00:00Z", customer_id=other["id"])
    merge = desk.merge("customer", master, other, choices={"region": other["id"]})
    assert merge["merged"] == [{"id": other["id"], "name": "云岫装备"}]
    now = shown(desk.browser, master)
    assert (now["stage"], now["region"], now["industry"]) == ("deal", "杭州", "制造")
    assert (now["website"], now["tags"]) == ("https://x.cn", ["红", "蓝"])
    assert [phone["number"][-4:] for phone in now["phones"]] == ["8000", "9000"]
    assert [one["id"] for one in now["collaborators"]] == [colleague.id]
    assert (now["contact_count"], now["child_count"]) == (1, 1)
    assert now["version"] > master["version"]
    told = [item["kind"] for item in desk.get(f"/customers/{master['id']}/timeline")["items"]]
    assert {"merged", "merged_away"} <= set(told)
    assert told.count("created") == 5  # both customers', the contact's, the activity's and the task's
    # It is found at its new place, and nowhere else.
    assert names(desk.browser, "q=云岫") == ["云岫装备有限公司"]
    elsewhere = desk.browser.get(f"/customers/{other['id']}")
    assert (elsewhere.status_code, elsewhere.headers["Location"]) == (
        307,
        f"/api/v1/customers/{master['id']}",
    )
    assert desk.get("/recycle-bin")["items"] == []
    restoring = desk.browser.post(f"/recycle-bin/customer/{other['id']}/restoration")
    assert restoring.status_code == 404
    # And back, but for what somebody has changed since.
    version = desk.get(f"/customers/{master['id']}")["version"]
    assert (
        desk.browser.patch(f"/customers/{master['id']}", {"industry": "能源"}, version=version).status_code
        == 200
    )
    undone = desk.undo(merge)
    assert undone["left_over"] == [{"what": "field.industry", "count": 1}]
    back, again = shown(desk.browser, master), shown(desk.browser, other)
    assert (back["region"], back["industry"], back["website"]) == ("浙江", "能源", None)
    assert (back["tags"], len(back["phones"]), back["collaborators"]) == (["红"], 1, [])
    assert (again["tags"], again["contact_count"], again["child_count"]) == (["红", "蓝"], 1, 1)
    assert [one["id"] for one in again["collaborators"]] == [colleague.id]
    assert desk.get(f"/contacts/{person['id']}")["is_primary"] is True
    assert desk.get(f"/tasks/{task['id']}")["customer"]["id"] == other["id"]
    assert shown(desk.browser, child)["parent"]["id"] == other["id"]
    assert sorted(names(desk.browser, "q=云岫")) == ["云岫装备", "云岫装备有限公司"]
    assert names(desk.browser, "q=9000") == ["云岫装备"]
    twice = desk.browser.post(f"/merges/{merge['id']}/undo")
    assert (twice.status_code, twice.json["code"]) == (409, "merge-undone")
    assert datetime.fromisoformat(undone["undone_at"])
    chain = store.rows("SELECT count(*) AS n FROM merge_moves WHERE tenant_id = %s", desk.company.tenant_id)
    assert chain[0]["n"] == 0


def test_contacts_come_to_one_owner_and_one_primary(company: Company, house: House) -> None:
    desk = Desk(company, company.admin)
    mine = [desk.make("/contacts", name=name, customer_id=one["id"], is_primary=True)
            for name, one in (("甲联", house.of_boss), ("乙联", house.of_seller))]  # fmt: skip
    merge = desk.merge("customer", shown(company.admin, house.of_boss), shown(company.admin, house.of_seller))
    now = [desk.get(f"/contacts/{one['id']}") for one in mine]
    assert [(one["is_primary"], one["owner"]["id"]) for one in now] == [
        (True, house.boss.id),
        (False, house.boss.id),
    ]
    desk.undo(merge)
    now = [desk.get(f"/contacts/{one['id']}") for one in mine]
    assert [(one["is_primary"], one["owner"]["id"]) for one in now] == [
        (True, house.boss.id),
        (True, house.seller.id),
    ]


def test_a_tree_never_bites_its_tail(desk: Desk) -> None:
    top = customer(desk.browser, "集团")
    loser = customer(desk.browser, "总部", parent_id=top["id"])
    between = customer(desk.browser, "中间", parent_id=loser["id"])
    master = customer(desk.browser, "分部", parent_id=between["id"])
    merge = desk.merge("customer", master, loser)
    assert shown(desk.browser, master)["parent"]["id"] == top["id"]
    assert shown(desk.browser, between)["parent"]["id"] == master["id"]
    assert desk.undo(merge)["left_over"] == []
    assert shown(desk.browser, master)["parent"]["id"] == between["id"]
    assert shown(desk.browser, between)["parent"]["id"] == loser["id"]


def test_links_in_own_fields_follow(desk: Desk) -> None:
    made = desk.make(
        "/fields",
        entity="customer",
        label="介绍人",
        kind="record",
        settings={"target": "customer"},
        filterable=True,
    )
    master, loser = customer(desk.browser, "甲"), customer(desk.browser, "乙")
    host = customer(desk.browser, "丙", custom={made["key"]: loser["id"]})
    merge = desk.merge("customer", master, loser)
    assert shown(desk.browser, host)["custom"][made["key"]]["id"] == master["id"]
    assert names(desk.browser, f"{made['key']}={master['id']}") == ["丙"]
    desk.undo(merge)
    assert shown(desk.browser, host)["custom"][made["key"]]["id"] == loser["id"]
    assert names(desk.browser, f"{made['key']}={loser['id']}") == ["丙"]


def test_an_older_merge_waits_for_the_later(desk: Desk) -> None:
    a, b, c = (customer(desk.browser, name) for name in "甲乙丙")
    first = desk.merge("customer", b, a)
    second = desk.merge("customer", c, shown(desk.browser, b))
    assert desk.browser.get(f"/customers/{a['id']}").headers["Location"].endswith(c["id"])
    early = desk.browser.post(f"/merges/{first['id']}/undo")
    assert (early.status_code, early.json["code"]) == (409, "merge-master-gone")
    desk.undo(second)
    assert desk.browser.get(f"/customers/{a['id']}").headers["Location"].endswith(b["id"])
    desk.undo(first)
    assert sorted(names(desk.browser)) == sorted("甲乙丙")


def test_takes_the_permission_for_every_record(company: Company, house: House) -> None:
    made = shown(company.admin, house.of_boss), shown(company.admin, house.of_seller)
    reader = hire(company, role(company, "不能合并", read="all", update="all", delete="all"))
    assert Desk(company, reader.browser).ask("customer", *made).status_code == 403
    assert reader.browser.get("/duplicates?type=customer").status_code == 403
    seller = Desk(
        company, hire(company, role(company, "自己的", read="all", merge="own"), name="何舟").browser
    )
    assert seller.ask("customer", *made).status_code == 403
    stale = [dict(made[0]), {**made[1], "version": made[1]["version"] + 1}]
    assert Desk(company, company.admin).ask("customer", *stale).status_code == 412
    for one in made:
        assert shown(company.admin, one) == one
    narrow = Desk(company, house.seller.browser)
    blind = narrow.ask("customer", *made)
    assert blind.status_code in {403, 422}
    transfer(company.admin, house.of_boss, house.seller.id)


def test_a_purged_master_takes_those_with_it_whose_place_it_took(desk: Desk, store: Store) -> None:
    master, loser = customer(desk.browser, "甲"), customer(desk.browser, "乙")
    desk.merge("customer", master, loser)
    version = shown(desk.browser, master)["version"]
    assert desk.browser.delete(f"/customers/{master['id']}", version=version).status_code == 204
    version = next(item["version"] for item in desk.get("/recycle-bin")["items"])
    assert desk.browser.delete(f"/recycle-bin/customer/{master['id']}", version=version).status_code == 204
    assert store.rows("SELECT 1 FROM customers WHERE tenant_id = %s", desk.company.tenant_id) == []


def test_a_founding_day_is_taken_over_by_who_has_none(desk: Desk) -> None:
    without, having = customer(desk.browser, "甲"), customer(desk.browser, "甲公司", founding_day="02-29")
    merge = desk.merge("customer", without, having)
    assert shown(desk.browser, without)["founding_day"] == "02-29"
    desk.undo(merge)
    assert [shown(desk.browser, one)["founding_day"] for one in (without, having)] == [None, "02-29"]
    own = customer(desk.browser, "乙", founding_day="03-08")
    desk.merge("customer", own, customer(desk.browser, "乙公司", founding_day="05-01"))
    assert shown(desk.browser, own)["founding_day"] == "03-08"
