"""Rows become customers: the good ones come in, the others say why not."""

import csv
import io
import os
import time
from pathlib import Path
from uuid import UUID

import pytest

from app.imports import storage
from tests.imports.conftest import Desk
from tests.support.client import Company
from tests.support.people import hire
from tests.support.store import Row, Store

DIRTY = Path(__file__).parent / "data" / "dirty.csv"


def customers(store: Store, desk: Desk, columns: str) -> list[Row]:
    """The company's customers, in the order they came in."""
    query = f"SELECT {columns} FROM customers c WHERE c.tenant_id = %s ORDER BY c.id"
    return store.rows(query, store.tenant_id(desk.company.slug))


def names(store: Store, desk: Desk) -> list[str]:
    return [row["name"] for row in customers(store, desk, "c.name")]


def test_brings_every_field_in(desk: Desk, store: Store) -> None:
    job = desk.bring_in(
        "公司名称,公司或个人,客户类型,客户等级,客户阶段,来源,行业,地区,地址,网址,"
        "统一社会信用代码,员工人数,成立年份,司庆日,年营收（万元）,手机,电话,邮箱,负责人,标签,备注\n"
        "澄川科技,企业,渠道商,白金,签约,展会,机电,华东,某某路 1 号,example.com,"
        '91320400MA1ABCDE0X,"1,280",2008年,3月8日,35,13800138000/13900139000,0519-88886021,'
        'a@example.com,秦明远,展会；华东,"第一行\n第二行"\n'
    )
    assert (job["state"], job["succeeded"]) == ("succeeded", 1), desk.rows(job)
    shown = desk.browser.get(f"/customers/{desk.rows(job)[0]['record_id']}").json
    assert {name: shown[name] for name in (
        "name", "kind", "type", "tier", "stage", "source", "industry", "region", "address", "website",
        "credit_code", "employees", "founded_year", "founding_day", "annual_revenue", "email", "tags",
        "remark",
    )} == {
        "name": "澄川科技", "kind": "company", "type": "channel", "tier": "platinum", "stage": "deal",
        "source": "展会", "industry": "机电", "region": "华东", "address": "某某路 1 号",
        "website": "https://example.com", "credit_code": "91320400MA1ABCDE0X", "employees": 1280,
        "founded_year": 2008, "founding_day": "03-08",
        "annual_revenue": {"amount": 35_000_000, "currency": "CNY"},
        "email": "a@example.com", "tags": ["展会", "华东"], "remark": "第一行\n第二行",
    }  # fmt: skip
    assert [phone["number"] for phone in shown["phones"]] == [
        "+8613800138000",
        "+8613900139000",
        "+8651988886021",
    ]
    assert shown["owner"] == {"id": desk.company.user_id, "name": "秦明远"}


def test_a_dirty_file_gives_what_can_be_had(desk: Desk, store: Store) -> None:
    wanted = desk.upload(DIRTY.read_bytes())
    assert [c["suggestion"] for c in wanted["columns"]] == [
        "name", "mobile", "phone", "tier", "region", "owner", "annual_revenue", "employees", "founded_year",
        "tags", "remark",
    ]  # fmt: skip
    assert wanted["unmapped_values"] == {
        "tier": [
            {"value": "重点", "count": 1, "suggestion": "gold"},
            {"value": "特别重要", "count": 1, "suggestion": None},
        ],
        "owner": [{"value": "王不存在", "count": 1, "suggestion": None}],
    }
    wanted = desk.map(wanted, values={"tier": {"重点": "gold"}})
    job = desk.start(wanted)
    desk.work()
    job = desk.job(job["id"])
    assert (job["state"], job["total"], job["done"]) == ("succeeded", 14, 14)
    assert {row["row"]: row["messages"] for row in desk.rows(job, "failed")} == {
        6: ["手机：手机号应为 11 位，现在是 10 位"],
        7: ["年营业额：“面议” 不是金额，例如 35 万 或 1,234.50"],
        8: ["负责人：没有找到同事 “王不存在”"],
        9: ["客户名称：必填"],
        11: ["这一行有 12 格，表头只有 11 列，可能有内容里的分隔符没有加引号"],
        13: ["成立年份：“刚成立” 不是年份，例如 2008"],
        14: ["价值等级：“特别重要” 没有对应的选项"],
        16: ["电话：电话号码不对"],
        17: ["这一行的引号没有成对，请检查双引号"],
    }
    assert {row["row"]: row["messages"] for row in desk.rows(job, "skipped")} == {
        10: ["与前面的行同名，按设置跳过"]
    }
    found = customers(store, desk, "c.name, c.tier, c.employees, c.founded_year, c.annual_revenue")
    assert [tuple(row.values()) for row in found] == [
        ("常州澜图机电有限公司", "gold", 120, 2008, 1_280_500_000),
        ("云岫智能 装备（苏州）有限公司", "gold", 200, 2011, 35_000_000),
        ("短行", None, None, None, None),
        ("最后一家", "platinum", 1, 1998, 0),
    ]


def test_the_failed_rows_come_back_as_a_file_that_can_be_sent_again(desk: Desk, store: Store) -> None:
    content = '公司名称,手机,备注\n澄川科技,1380013800,=1+1\n云岫智能,13800138001,好\n,13800138002,"@a\nb"\n'
    job = desk.bring_in(content)
    answer = desk.browser.get(f"/imports/{job['import_id']}/errors.csv")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["公司名称", "手机", "备注", "没有导入的原因"],
        ["澄川科技", "1380013800", "'=1+1", "手机：手机号应为 11 位，现在是 10 位"],
        ["", "13800138002", "'@a\nb", "客户名称：必填"],
    ]
    mended = answer.data.replace(b"1380013800,", b"13800138000,")
    again = desk.bring_in(mended)
    assert (again["succeeded"], again["failed"]) == (1, 1)
    assert customers(store, desk, "c.name, c.remark")[-1] == {"name": "澄川科技", "remark": "=1+1"}


def test_there_is_no_file_of_errors_before_it_ran(desk: Desk) -> None:
    wanted = desk.upload("公司名称\n甲\n")
    assert desk.browser.get(f"/imports/{wanted['id']}/errors.csv").status_code == 404


def test_a_file_that_was_tidied_away_is_said_to_be_gone(desk: Desk) -> None:
    job = desk.bring_in("公司名称,手机\n甲,1\n")
    waiting = desk.upload("公司名称\n乙\n")
    long_ago = time.time() - storage.KEPT.total_seconds() - 1
    for import_id in (job["import_id"], waiting["id"]):
        os.utime(storage.path_of(desk.company.slug, UUID(import_id)), (long_ago, long_ago))
    assert storage.tidy() == 2
    for path in (f"/imports/{job['import_id']}/errors.csv", f"/imports/{waiting['id']}"):
        answer = desk.browser.get(path)
        assert (answer.status_code, answer.json["code"]) == (404, "upload-gone")
    assert desk.browser.post(f"/imports/{waiting['id']}/run").status_code == 404
    assert desk.browser.delete(f"/imports/{waiting['id']}", version=1).status_code == 204


@pytest.mark.parametrize(("on_duplicate", "made"), [("skip", 1), ("create", 3)])
def test_names_that_are_there_already(desk: Desk, store: Store, on_duplicate: str, made: int) -> None:
    first = desk.bring_in("公司名称\n澄川科技\n")
    job = desk.bring_in("公司名称\n（澄川） 科技\n云岫\n云岫\n", on_duplicate=on_duplicate)
    assert (job["succeeded"], job["skipped"]) == (made, 3 - made)
    skipped = desk.rows(job, "skipped")
    if on_duplicate == "skip":
        assert [row["messages"] for row in skipped] == [
            ["已有同名客户，按设置跳过"],
            ["与前面的行同名，按设置跳过"],
        ]
        assert skipped[0]["record_id"] == desk.rows(first)[0]["record_id"]
    assert len(names(store, desk)) == 1 + made


def test_a_name_that_one_does_not_see_is_no_duplicate(desk: Desk, company: Company, store: Store) -> None:
    desk.bring_in("公司名称\n澄川科技\n")
    seller = Desk(company, hire(company, "sales").browser)
    job = seller.bring_in("公司名称\n澄川科技\n")
    assert (job["succeeded"], job["skipped"]) == (1, 0)
    assert names(store, desk) == ["澄川科技", "澄川科技"]


def test_ties_parents_wherever_they_stand(desk: Desk, store: Store) -> None:
    desk.bring_in("公司名称\n老集团\n")
    job = desk.bring_in(
        "公司名称,上级公司\n子公司,后面的集团\n后面的集团,老集团\n孤儿,没有这家\n自己,自己\n环一,环二\n环二,环一\n"
    )
    assert (job["state"], job["succeeded"], job["failed"]) == ("succeeded", 6, 0)
    found = store.rows(
        "SELECT c.name, p.name AS parent FROM customers c"
        " LEFT JOIN customers p ON p.tenant_id = c.tenant_id AND p.id = c.parent_id"
        " WHERE c.tenant_id = %s ORDER BY c.id",
        store.tenant_id(desk.company.slug),
    )
    assert {row["name"]: row["parent"] for row in found} == {
        "老集团": None,
        "子公司": "后面的集团",
        "后面的集团": "老集团",
        "孤儿": None,
        "自己": None,
        "环一": "环二",
        "环二": None,
    }
    assert {row["label"]: row["messages"] for row in desk.rows(job) if row["messages"]} == {
        "孤儿": ["上级公司：已导入，但没有找到上级公司 “没有这家”"],
        "环二": ["上级公司：已导入，但没能设置上级公司 “环一”"],
    }
    left = store.rows("SELECT 1 FROM import_links WHERE import_id = %s", UUID(job["import_id"]))
    assert left == []


def test_whoever_may_not_change_customers_still_brings_them_in(company: Company, store: Store) -> None:
    marketing = Desk(company, hire(company, "marketing").browser)
    job = marketing.bring_in("公司名称,上级公司\n子公司,集团\n集团,\n")
    assert (job["state"], job["succeeded"]) == ("succeeded", 2)
    assert [row["messages"] for row in marketing.rows(job)] == [
        ["上级公司：已导入，但没能设置上级公司 “集团”"],
        [],
    ]


def test_finds_colleagues_by_name_or_sign_in_name(desk: Desk, company: Company, store: Store) -> None:
    first, second = hire(company, "sales"), hire(company, "sales", name="陈屿")
    job = desk.bring_in(
        f"公司名称,负责人\n甲,陈屿\n乙,{first.login}\n丙,+86 {second.login[-11:]}\n丁,\n",
    )
    assert job["succeeded"] == 4, desk.rows(job, "failed")
    owners = [str(row["owner_id"]) for row in customers(store, desk, "c.owner_id")]
    assert owners == [second.id, first.id, second.id, company.user_id]
    twin = hire(company, "sales", name="陈屿")
    again = desk.bring_in("公司名称,负责人\n戊,陈屿\n")
    assert [row["messages"] for row in desk.rows(again)] == [
        ["负责人：有多位同事叫 “陈屿”，请改用手机号或邮箱"]
    ]
    chosen = desk.bring_in("公司名称,负责人\n戊,陈屿\n", values={"owner": {"陈屿": twin.id}})
    assert chosen["succeeded"] == 1
    assert str(customers(store, desk, "c.owner_id")[-1]["owner_id"]) == twin.id


def test_a_seller_cannot_give_customers_to_others(company: Company, store: Store) -> None:
    seller, other = hire(company, "sales"), hire(company, "sales", name="陈屿")
    desk = Desk(company, seller.browser)
    job = desk.bring_in("公司名称,负责人\n甲,陈屿\n乙,\n")
    assert (job["succeeded"], job["failed"]) == (1, 1)
    assert [str(row["owner_id"]) for row in customers(store, desk, "c.owner_id")] == [seller.id]
    assert other.id != seller.id
