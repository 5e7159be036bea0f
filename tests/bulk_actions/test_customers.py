"""The same done with many customers: a result for each, as far as one may, and a way back."""

from datetime import timedelta

import pytest

from app.bulk_actions import running, tidying
from app.core import clock
from tests.bulk_actions.conftest import Bench
from tests.customers.desk import House, change, customer, names, role, shown, transfer
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent
from tests.support.store import Store

NOBODY = "01980000-0000-7000-8000-000000000000"


def test_edits_those_named_and_tells_what_became_of_each(bench: Bench, store: Store) -> None:
    first = customer(bench.browser, "甲", stage="intent", industry="纺织")
    second = customer(bench.browser, "乙", stage="deal", industry="化工")
    same = customer(bench.browser, "丙", stage="deal", industry="电子")
    ids = [first["id"], second["id"], same["id"], NOBODY]
    job = bench.do("edit", record_ids=ids, changes={"stage": "deal", "industry": "电子"})
    assert bench.figures(job) == ("succeeded", 2, 1, 1)
    assert (job["title"], job["record_type"], job["total"]) == ("批量修改客户：客户阶段、行业", "customer", 4)
    assert bench.rows(job) == [
        ("甲", "succeeded", ["客户阶段：有意向 → 已成交", "行业：纺织 → 电子"]),
        ("乙", "succeeded", ["行业：化工 → 电子"]),
        ("丙", "skipped", ["与现有资料相同，没有改动"]),
        ("", "failed", ["已被删除，或不在你的查看范围内"]),
    ]
    now = shown(bench.browser, first)
    assert (now["stage"], now["industry"], now["version"]) == ("deal", "电子", first["version"] + 1)
    assert shown(bench.browser, same)["version"] == same["version"]
    told = store.rows(
        "SELECT subject_label, changes FROM audit_records WHERE tenant_id = %s AND action = 'updated' "
        "AND subject_type = 'customer' ORDER BY subject_label",
        bench.company.tenant_id,
    )
    assert [(row["subject_label"], len(row["changes"])) for row in told] == [("乙", 1), ("甲", 2)]


def test_takes_all_that_a_list_finds_fixed_when_it_begins(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    for i in range(5):
        customer(bench.browser, f"华东{i}", region="浙江")
    customer(bench.browser, "华北", region="北京")
    tree = {"field": "region", "op": "eq", "value": "浙江"}
    # What is changed no longer matches the filter, and is yet done to the end.
    job = bench.do("edit", filter=tree, changes={"region": "江苏"})
    assert bench.figures(job) == ("succeeded", 5, 0, 0)
    assert len(names(bench.browser, "region=江苏")) == 5
    assert bench.figures(bench.do("delete", q="华北")) == ("succeeded", 1, 0, 0)
    assert bench.figures(bench.do("edit", q="没有", changes={"region": "x"})) == ("succeeded", 0, 0, 0)


def test_tags_are_added_and_taken_off(bench: Bench) -> None:
    red, plain = customer(bench.browser, "红的", tags=["红", "VIP"]), customer(bench.browser, "没有标签")
    ids = [red["id"], plain["id"]]
    job = bench.do("tag", record_ids=ids, tags_added=["vip", "展会"], tags_removed=["红"])
    assert bench.figures(job) == ("succeeded", 2, 0, 0)
    assert shown(bench.browser, red)["tags"] == ["VIP", "展会"]
    assert shown(bench.browser, plain)["tags"] == ["VIP", "展会"]
    assert bench.figures(bench.undo(job)) == ("succeeded", 2, 0, 0)
    assert shown(bench.browser, red)["tags"] == ["红", "VIP"]
    assert shown(bench.browser, plain)["tags"] == []


def test_gives_them_away_with_what_belongs_to_them_and_back(company: Company, house: House) -> None:
    bench = Bench(company, company.admin)
    mine, theirs = customer(company.admin, "我的"), house.of_seller
    contact = company.admin.post("/contacts", {"name": "孟瑶", "customer_id": mine["id"]}).json
    job = bench.do("transfer", record_ids=[mine["id"], theirs["id"]], owner_id=house.boss.id)
    assert bench.figures(job) == ("succeeded", 2, 0, 0)
    assert job["title"] == "批量转移客户给上官"
    owners = [shown(company.admin, one)["owner"]["id"] for one in (mine, theirs)]
    assert owners == [house.boss.id, house.boss.id]
    assert shown(company.admin, mine)["department"]["id"] == house.upper
    assert company.admin.get(f"/contacts/{contact['id']}").json["owner"]["id"] == house.boss.id
    transfer(company.admin, theirs, company.user_id)
    back = bench.undo(job)
    assert bench.figures(back) == ("succeeded", 1, 1, 0)
    assert bench.rows(back)[1] == ("苏州乙公司", "failed", ["负责人：之后又有人改过，保持现在的内容"])
    assert shown(company.admin, mine)["owner"]["id"] == company.user_id
    assert company.admin.get(f"/contacts/{contact['id']}").json["owner"]["id"] == company.user_id


def test_deletes_to_the_bin_and_restores_with_their_contacts(bench: Bench) -> None:
    made = [customer(bench.browser, name) for name in ("甲", "乙")]
    person = bench.browser.post("/contacts", {"name": "孟瑶", "customer_id": made[0]["id"]}).json
    job = bench.do("delete", record_ids=[one["id"] for one in made])
    assert bench.figures(job) == ("succeeded", 2, 0, 0)
    assert (names(bench.browser), names(bench.browser, path="/contacts")) == ([], [])
    back = bench.undo(job)
    assert bench.figures(back) == ("succeeded", 2, 0, 0)
    assert {label for label, _, _ in bench.rows(back)} == {"甲", "乙"}
    assert sorted(names(bench.browser)) == ["乙", "甲"]
    assert bench.browser.get(f"/contacts/{person['id']}").status_code == 200


def test_undo_puts_back_what_nobody_has_changed_since(bench: Bench) -> None:
    made = [customer(bench.browser, name, region="浙江", source="展会") for name in ("甲", "乙", "丙")]
    changes = {"region": "江苏", "source": None, "annual_revenue": {"amount": 100, "currency": "CNY"}}
    job = bench.do("edit", record_ids=[one["id"] for one in made], changes=changes)
    assert job["can"] == {"cancel": False, "undo": True}
    assert change(bench.browser, made[1], region="上海", name="乙二").status_code == 200
    assert change(bench.browser, made[2], region="x", source="y", annual_revenue=None).status_code == 200
    back = bench.undo(job)
    assert (bench.figures(back), back["title"]) == (
        ("succeeded", 2, 1, 0),
        "撤销：批量修改客户：地区、来源、年营业额",
    )
    now = [shown(bench.browser, one) for one in made]
    assert [(one["region"], one["source"], one["annual_revenue"]) for one in now] == [
        ("浙江", "展会", None),
        ("上海", "展会", None),
        ("x", "y", None),
    ]
    assert bench.rows(back)[1][2][-1] == "地区：之后又有人改过，保持现在的内容"
    # Once is enough.
    job = bench.job(job)
    assert (job["undo_job_id"], job["can"]["undo"], back["can"]["undo"]) == (back["id"], False, False)
    again = bench.browser.post(f"/jobs/{job['id']}/undo")
    assert (again.status_code, again.json["code"]) == (409, "nothing-to-undo")


def test_own_fields_are_edited_and_put_back(bench: Bench) -> None:
    defined = {"entity": "customer", "label": "等级", "kind": "choice"}
    options = {"options": [{"value": "a", "label": "甲等"}, {"value": "b", "label": "乙等"}]}
    field = bench.browser.post("/fields", {**defined, "settings": options})
    assert field.status_code == 201, field.json
    key = field.json["key"]
    made = [customer(bench.browser, "甲", custom={key: "a"}), customer(bench.browser, "乙")]
    job = bench.do("edit", record_ids=[one["id"] for one in made], changes={"custom": {key: "b"}})
    assert bench.figures(job) == ("succeeded", 2, 0, 0)
    assert bench.rows(job)[0][2] == ["等级：甲等 → 乙等"]
    assert [shown(bench.browser, one)["custom"] for one in made] == [{key: "b"}, {key: "b"}]
    assert bench.figures(bench.undo(job)) == ("succeeded", 2, 0, 0)
    assert [shown(bench.browser, one)["custom"] for one in made] == [{key: "a"}, {}]


def test_refuses_files_which_lie_in_one_record_only(bench: Bench) -> None:
    field = bench.browser.post("/fields", {"entity": "customer", "label": "合同", "kind": "file"}).json
    made = customer(bench.browser, "甲")
    for files in (None, [NOBODY]):
        wanted = {"type": "customer", "action": "edit", "record_ids": [made["id"]]}
        answer = bench.browser.post("/bulk-actions", {**wanted, "changes": {"custom": {field["key"]: files}}})
        assert answer.status_code == 422
        assert [(one["field"], one["code"]) for one in answer.json["errors"]] == [
            (f"changes.custom.{field['key']}", "not-for-many")
        ]
    assert bench.browser.get("/jobs?kind=bulk-customer").json["items"] == []


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"action": "edit"}, "changes"),
        ({"action": "edit", "changes": {"stage": "gone"}}, "changes.stage"),
        ({"action": "edit", "changes": {"role": "user"}}, "changes.role"),
        ({"action": "edit", "changes": {"phones": []}}, "changes.phones"),
        ({"action": "edit", "changes": {"website": "x y"}}, "changes.website"),
        ({"action": "edit", "changes": {"custom": {"c_none": 1}}}, "changes.custom.c_none"),
        ({"action": "tag"}, "tags_added"),
        ({"action": "transfer"}, "owner_id"),
        ({"action": "transfer", "owner_id": NOBODY}, "owner_id"),
        ({"action": "undo"}, "action"),
        ({"action": "delete", "record_ids": []}, "record_ids"),
        ({"action": "delete", "filter": {"field": "password", "value": "x"}}, "filter.field"),
        ({"action": "transfer", "type": "contact", "owner_id": NOBODY}, "action"),
    ],
)
def test_refuses_at_once_what_could_be_done_with_none(bench: Bench, wanted: dict, field: str) -> None:
    answer = bench.browser.post("/bulk-actions", {"type": "customer", **wanted})
    assert (answer.status_code, [error["field"] for error in answer.json["errors"]]) == (422, [field])
    assert bench.browser.get("/jobs").json["items"] == []


def test_reaches_as_far_as_the_permissions_of_the_moment(company: Company, house: House) -> None:
    reader = hire(company, role(company, "看得远", read="all", update="own"), name="何舟")
    bench = Bench(company, reader.browser)
    assert bench.browser.post("/bulk-actions", {"type": "customer", "action": "delete"}).status_code == 403
    transfer(company.admin, house.of_seller, reader.id)
    job = bench.do("edit", changes={"region": "江苏"})
    assert bench.figures(job) == ("succeeded", 1, 1, 0)
    assert ("上海甲公司", "failed", ["你不能修改这位客户"]) in bench.rows(job)
    # What was taken from them before the workers began, they no longer do.
    job = bench.ask("edit", record_ids=[house.of_seller["id"]], changes={"region": "上海"})
    transfer(company.admin, house.of_seller, house.seller.id)
    bench.work()
    assert bench.figures(bench.job(job)) == ("succeeded", 0, 1, 0)
    assert shown(company.admin, house.of_seller)["region"] == "江苏"
    # Nobody else takes it back.
    other = company.admin.post(f"/jobs/{job['id']}/undo")
    assert (other.status_code, other.json["code"]) == (409, "nothing-to-undo")


def test_stops_when_asked_to_and_keeps_what_was_done(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.jobs import slices

    monkeypatch.setattr(running, "CHUNK", 2)
    monkeypatch.setattr(slices, "SLICE_SECONDS", 0)
    for i in range(6):
        customer(bench.browser, f"客户{i}")
    job = bench.ask("edit", changes={"region": "江苏"})
    for _ in range(3):
        bench.work()
    assert bench.browser.post(f"/jobs/{job['id']}/cancellation").status_code == 200
    bench.work()
    job = bench.job(job)
    done = len(names(bench.browser, "region=江苏"))
    assert (job["state"], job["succeeded"], 0 < done < 6) == ("cancelled", done, True)
    assert [bell["kind"] for bell in bench.browser.get("/notifications").json["items"]] == ["bulk-cancelled"]
    monkeypatch.setattr(slices, "SLICE_SECONDS", 3)
    assert bench.figures(bench.undo(job)) == ("succeeded", done, 0, 0)
    assert names(bench.browser, "region=江苏") == []


@pytest.mark.parametrize("action", ["edit", "tag", "transfer", "delete", "undo"])
def test_the_statements_of_a_chunk_do_not_depend_on_how_many(
    company: Company, house: House, action: str
) -> None:
    bench, counts = Bench(company, company.admin), []
    wanted = {"changes": {"region": "江苏"}, "tags_added": ["新"], "owner_id": house.boss.id}
    for count in (2, 40):
        made = [customer(company.admin, f"{action}{count}-{i}")["id"] for i in range(count)]
        if action == "undo":
            former = bench.do("delete", record_ids=made)
            company.admin.post(f"/jobs/{former['id']}/undo")
        else:
            bench.ask(action, record_ids=made, **wanted)
        with sent() as statements:
            bench.work()
        counts.append(len(statements))
    assert counts[1] <= counts[0], counts


def test_others_never_see_it(bench: Bench, other_company: Company) -> None:
    made = customer(bench.browser, "甲")
    outsider = Bench(other_company, other_company.admin)
    body = {"type": "customer", "action": "delete", "record_ids": [made["id"]]}
    answer = outsider.browser.post("/bulk-actions", body)
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [("record_ids", "unknown-reference")]
    assert outsider.browser.get("/jobs").json["items"] == []
    # Among records of one's own it is told as one that does not exist.
    mine = customer(outsider.browser, "乙")
    job = outsider.do("delete", record_ids=[mine["id"], made["id"]])
    assert outsider.rows(job)[1] == ("", "failed", ["已被删除，或不在你的查看范围内"])
    assert shown(bench.browser, made)["name"] == "甲"


def test_can_be_taken_back_for_a_month_and_is_then_forgotten(
    bench: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = customer(bench.browser, "甲")
    job = bench.do("edit", record_ids=[made["id"]], changes={"region": "沪"})
    kept, here = "SELECT 1 FROM bulk_rows WHERE tenant_id = %s", store.tenant_id(bench.company.slug)
    # Other companies of this run still need what is kept for them.
    store.rows("DELETE FROM agenda WHERE tenant_id <> %s AND queue = %s", here, tidying.QUEUE)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=29))
    with bench.company.app.app_context():
        tidying.sweep()
    assert len(store.rows(kept, here)) == 1
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=31))
    with bench.company.app.app_context():
        tidying.sweep()
    assert store.rows(kept, here) == []
    monkeypatch.undo()
    monkeypatch.setattr(tidying, "KEPT", timedelta(0))
    assert bench.job(job)["can"]["undo"] is False
    assert bench.browser.post(f"/jobs/{job['id']}/undo").status_code == 409
    assert bench.browser.get(f"/customers/{made['id']}").json["region"] == "沪"
