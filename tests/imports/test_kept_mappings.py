"""Files that are recognised: by headings seen before, or as another product's export."""

from typing import Any

import pytest

from tests.imports.conftest import Desk
from tests.imports.test_people import brief, run
from tests.support.client import Company

Json = dict[str, Any]
ODD = "单位,等次,号头\n{name},甲等,13800138000\n"


def keep(desk: Desk, wanted: Json, name: str) -> Json:
    answer = desk.browser.post("/import-mappings", {"import_id": wanted["id"], "name": name})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def test_a_mapping_that_was_kept_is_used_for_the_next_file_with_these_headings(desk: Desk) -> None:
    columns = {"0": "name", "1": "tier", "2": "mobile"}
    first = desk.map(desk.upload(ODD.format(name="甲")), columns, values={"tier": {"甲等": "platinum"}})
    kept = keep(desk, first, "进销存名单")
    assert keep(desk, first, "进销存名单")["id"] == kept["id"]
    assert desk.upload("客户名称\n甲\n")["used_mapping"] is None
    again = desk.upload(ODD.format(name="乙"))
    assert (again["used_mapping"], again["mapping"]["columns"]) == ("进销存名单", columns)
    assert again["mapping"]["values"] == {"tier": {"甲等": "platinum"}}
    assert again["unmapped_values"] == {}
    assert [one["name"] for one in desk.browser.get("/import-mappings").json["items"]] == ["进销存名单"]
    assert desk.browser.get("/import-mappings?type=contact").json["items"] == []
    assert desk.browser.delete(f"/import-mappings/{kept['id']}").status_code == 204
    assert desk.upload(ODD.format(name="丙"))["used_mapping"] is None


def test_another_file_can_be_read_the_same_way(desk: Desk, other_company: Company) -> None:
    kept = keep(
        desk, desk.map(desk.upload("单位,号头\n甲,13800138000\n"), {"0": "name", "1": "mobile"}), "老系统"
    )
    other = desk.upload("号头,别的,单位\n13900139000,x,乙\n")
    sent = {"mapping_id": kept["id"]}
    answer = desk.browser.put(f"/imports/{other['id']}/used-mapping", sent, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.json
    assert answer.json["mapping"]["columns"] == {"0": "mobile", "2": "name"}
    assert other_company.admin.get("/import-mappings").json["items"] == []
    assert other_company.admin.delete(f"/import-mappings/{kept['id']}").status_code == 404


WUKONG = (
    "客户名称,成交状态,客户级别,客户行业,客户来源,手机,电话,网址,下次联系时间,备注,负责人,最后跟进时间,"
    "创建人,创建时间,更新时间,距进入公海天数\n"
    "澄川科技,已成交,A（重点客户）,IT,转介绍,13800138000,0519-88886021,www.example.com,2026-03-18 10:00:00,"
    "老客户,,2026-03-01 10:00:00,张三,2025-01-01 09:00:00,2026-03-01 10:00:00,12\n"
)
CORDYS = (
    "客户名称,客户行业,客户等级,客户类型,客户来源,客户标签,地区,负责人,最近跟进日期,剩余归属天数,创建时间\n"
    "云岫智能,制造业,战略客户,最终客户,线上,展会;华东,中国-江苏-常州,,2026-03-01,12,2025-01-01\n"
)


@pytest.mark.parametrize(
    ("file", "origin", "told"),
    [
        (WUKONG, "wukong", {"tier": "platinum", "stage": "deal", "industry": "IT", "source": "转介绍",
                            "website": "https://www.example.com", "remark": "老客户"}),
        (CORDYS, "cordys", {"tier": "platinum", "type": "end_customer", "industry": "制造业",
                            "region": "中国-江苏-常州", "tags": ["展会", "华东"]}),
    ],
)  # fmt: skip
def test_exports_of_other_products_map_themselves(desk: Desk, file: str, origin: str, told: Json) -> None:
    wanted = desk.upload(file)
    assert (wanted["origin"], wanted["type"], wanted["unmapped_values"]) == (origin, "customer", {})
    assert {column["confidence"] for column in wanted["columns"]} == {"sure"}
    job = run(desk, wanted)
    assert job["succeeded"] == 1, desk.rows(job)
    made = desk.browser.get("/customers").json["items"][0]
    shown = desk.browser.get(f"/customers/{made['id']}").json
    assert {name: shown[name] for name in told} == told


def test_their_contacts_are_recognised_as_such(desk: Desk) -> None:
    desk.bring_in("客户名称\n澄川科技\n")
    wanted = desk.upload(
        "姓名,客户名称,手机,电话,电子邮箱,是否关键决策人,职务,性别,下次联系时间,备注,负责人,创建时间\n"
        "陈屿,澄川科技,13800138000,,a@example.com,是,总经理,男,,,,2025-01-01\n"
        "林知夏,澄川科技,,,,否,采购,女,,,,2025-01-01\n"
    )
    assert (wanted["origin"], wanted["type"]) == ("wukong", "contact")
    job = run(desk, wanted)
    assert job["succeeded"] == 2, desk.rows(job)
    assert brief(desk) == [("林知夏", "澄川科技"), ("陈屿", "澄川科技")]
    roles = {one["name"]: one["role"] for one in desk.browser.get("/contacts").json["items"]}
    assert roles == {"陈屿": "decision_maker", "林知夏": None}


@pytest.mark.parametrize(
    "heading",
    [
        "客户名称,手机,负责人,备注",
        "公司名称,客户等级,行业,地址,联系人,电话,邮箱,城市,网站",
        "姓名,客户名称,手机",
    ],
)
def test_what_any_list_may_have_is_nobodys_export(desk: Desk, heading: str) -> None:
    assert desk.upload(f"{heading}\n甲,,,,,,,,\n"[: len(heading) + 3])["origin"] is None
