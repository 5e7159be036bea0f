"""Contacts in files: of their own, or beside the customers they are at."""

import csv
import io
from typing import Any

import pytest

from app.imports import running
from tests.imports.conftest import Desk
from tests.imports.test_checks import make
from tests.support.client import Company
from tests.support.people import hire

Json = dict[str, Any]


def contacts(desk: Desk) -> list[Json]:
    items = desk.browser.get("/contacts?sort=name&limit=100").json["items"]
    return [dict(desk.browser.get(f"/contacts/{item['id']}").json) for item in items]


def brief(desk: Desk) -> list[tuple[str, str | None]]:
    """Each contact's name, and its customer's."""
    return sorted((c["name"], c["customer"] and c["customer"]["name"]) for c in contacts(desk))


def upload(desk: Desk, content: str | bytes, filename: str = "联系人.csv") -> Json:
    answer = desk.send(content, filename, type="contact")
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def run(desk: Desk, wanted: Json, **rules: str) -> Json:
    wanted = desk.map(wanted, **rules) if rules else wanted
    job = desk.start(wanted)
    desk.work()
    return desk.job(job["id"])


@pytest.mark.parametrize("chunk", [500, 1])
def test_several_rows_of_a_customer_give_it_several_contacts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(running, "CHUNK", chunk)
    key = desk.browser.post("/fields", {"entity": "contact", "label": "爱好", "kind": "text"}).json["key"]
    own = desk.browser.post("/fields", {"entity": "customer", "label": "机床型号", "kind": "text"}).json[
        "key"
    ]
    job = desk.bring_in(
        "客户名称,行业,机床型号,联系人,联系人职务,联系人手机,联系人生日,联系人首要联系人,联系人爱好\n"
        "澄川科技,机电,VM-850,陈屿,总经理,138 0013 8000,农历 08-15,是,钓鱼\n"
        "澄川科技,机电,VM-850,林知夏,采购,,1990-01-02,,\n"
        "澄川科技,机电,VM-850,陈屿,,,,,\n"
        "云岫智能,软件,,,,,,,\n"
    )
    assert (job["state"], job["succeeded"], job["skipped"], job["failed"]) == ("succeeded", 3, 1, 0)
    assert {n: count for n, count in job["effects"].items() if count} == {"created": 2, "contacts_created": 2}
    assert brief(desk) == [("林知夏", "澄川科技"), ("陈屿", "澄川科技")]
    first = next(c for c in contacts(desk) if c["name"] == "陈屿")
    assert (first["title"], first["is_primary"], first["phones"][0]["number"], first["custom"][key]) == (
        "总经理", True, "+8613800138000", "钓鱼",
    )  # fmt: skip
    assert (first["birthday"]["calendar"], first["birthday"]["month"]) == ("lunar", 8)
    made = desk.browser.get("/customers?q=澄川").json["items"]
    assert [one["custom"][own] for one in made] == ["VM-850"]


def test_a_row_with_a_bad_contact_is_left_out_as_a_whole(desk: Desk) -> None:
    job = desk.bring_in(
        "客户名称,联系人,联系人邮箱\n甲,陈屿,不是邮箱\n乙,,b@example.com\n丙,王芳,c@example.com\n"
    )
    assert [(row["row"], row["messages"]) for row in desk.rows(job, "failed")] == [
        (2, ["联系人邮箱：邮箱格式不对，例如 name@example.com"]),
        (3, ["联系人姓名：必填"]),
    ]
    assert [one["name"] for one in desk.browser.get("/customers").json["items"]] == ["丙"]


def test_a_customer_that_is_there_gets_the_contacts_it_lacks(desk: Desk) -> None:
    there = make(desk, "澄川科技", industry="机电")
    desk.browser.post("/contacts", {"name": "陈屿", "customer_id": there["id"], "title": "经理"})
    file = "客户名称,行业,联系人,联系人职务\n澄川科技,软件,陈屿,总经理\n澄川科技,软件,林知夏,采购\n"
    job = desk.bring_in(file)
    assert [(row["outcome"], row["messages"]) for row in desk.rows(job)] == [
        ("skipped", ["这位客户下已有同名联系人，按设置跳过"]), ("succeeded", []),
    ]  # fmt: skip
    assert desk.browser.get(f"/customers/{there['id']}").json["industry"] == "机电"
    job = desk.bring_in(file, on_duplicate="update")
    assert [row["messages"] for row in desk.rows(job)] == [
        ["行业：机电 → 软件", "联系人职务：经理 → 总经理"], ["与现有资料相同，没有改动"],
    ]  # fmt: skip
    assert brief(desk) == [("林知夏", "澄川科技"), ("陈屿", "澄川科技")]


def test_a_file_of_contacts(desk: Desk) -> None:
    make(desk, "澄川科技")
    wanted = upload(
        desk,
        "姓名,所属客户,手机,首要联系人,生日\n陈屿,澄川科技,13800138000,是,1985/6/1\n独行者,,13900139000,,\n"
        "谁,没有的公司,,,\n,澄川科技,,,\n独行者,,13900139000,,\n",
    )
    assert wanted["mapping"]["columns"] == {
        "0": "name", "1": "customer", "2": "mobile", "3": "is_primary", "4": "birthday",
    }  # fmt: skip
    job = run(desk, wanted)
    assert (job["succeeded"], job["failed"], job["skipped"]) == (2, 2, 1)
    assert [row["messages"] for row in desk.rows(job, "failed")] == [
        ["所属客户：没有找到客户 “没有的公司”，请先导入客户"], ["姓名：必填"],
    ]  # fmt: skip
    assert brief(desk) == [("独行者", None), ("陈屿", "澄川科技")]
    again = run(desk, upload(desk, "姓名,所属客户,职务\n陈屿,澄川科技,总经理\n新人,,\n"),
                on_duplicate="update", on_missing="skip")  # fmt: skip
    assert [row["messages"] for row in desk.rows(again)] == [
        ["职务：— → 总经理"], ["没有找到这位联系人，按设置跳过"],
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_bringing_ones_own_export_of_contacts_in_changes_nothing(desk: Desk, suffix: str) -> None:
    there = make(desk, "澄川科技")
    desk.browser.post("/fields", {"entity": "contact", "label": "级别", "kind": "number"})
    full = {
        "customer_id": there["id"], "gender": "female", "title": "采购", "department_name": "部门",
        "role": "purchaser",
        "phones": [{"number": "13800138000"}, {"number": "0519-88886021", "label": "私人"}],
        "email": "a@example.com", "wechat": "=wx", "is_primary": True, "remark": "两\n行",
        "birthday": {"calendar": "lunar", "month": 4, "day": 8, "leap": True, "year": 2001},
    }  # fmt: skip
    desk.browser.post("/contacts", {"name": "林知夏", **full})
    desk.browser.post("/contacts", {"name": "+独行"})
    before = contacts(desk)
    asked = desk.browser.post("/exports", {"type": "contact", "format": suffix}).json
    desk.work()
    file = desk.browser.get(f"/jobs/{asked['id']}/file").data
    wanted = upload(desk, file, f"联系人.{suffix}")
    assert (wanted["mapping"]["match_by"], wanted["mapping"]["on_duplicate"]) == ("id", "update")
    job = run(desk, wanted)
    assert (job["succeeded"], job["failed"], job["skipped"]) == (0, 0, 2), desk.rows(job)
    assert contacts(desk) == before


def test_nobody_brings_contacts_in_who_could_not_add_them_by_hand(desk: Desk, company: Company) -> None:
    role = {"name": "只导客户", "permissions": {"customer:read": "all", "customer:create": "all",
                                             "customer:import": "all", "job:read": "own"}}  # fmt: skip
    assert company.admin.post("/roles", role).status_code == 201
    own = Desk(company, hire(company, "只导客户").browser)
    wanted = own.upload("客户名称,联系人\n甲,陈屿\n")
    assert [f["name"] for f in wanted["fields"] if f["name"].startswith("contact.")] == []
    refused = own.send("姓名\n陈屿\n", type="contact")
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    assert brief(desk) == []


def test_the_errors_of_a_file_of_contacts_come_back(desk: Desk) -> None:
    job = run(desk, upload(desk, "姓名,邮箱\n陈屿,坏\n林知夏,b@example.com\n"))
    rows = list(
        csv.reader(
            io.StringIO(desk.browser.get(f"/imports/{job['import_id']}/errors.csv").data.decode("utf-8-sig"))
        )
    )
    assert rows[1][:2] == ["陈屿", "坏"]
    assert rows[1][2].startswith("邮箱：")
