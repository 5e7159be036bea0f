"""What stands in exported files."""

import csv
import io
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from app.core import csv_files, xlsx_files
from tests.expense_requests.requests import request, submit
from tests.expenses.claims import claim
from tests.exports.conftest import Counter

FULL: dict[str, Any] = {
    "kind": "company",
    "type": "channel",
    "tier": "gold",
    "stage": "deal",
    "source": "展会",
    "industry": "机电",
    "region": "华东",
    "address": "某某路 1 号",
    "website": "https://example.com",
    "credit_code": "91320400MA1ABCDE0X",
    "employees": 1280,
    "founded_year": 2008,
    "founding_day": "03-08",
    "annual_revenue": {"amount": 35_000_050, "currency": "CNY"},
    "phones": [{"number": "13800138000"}, {"number": "0519-88886021"}, {"number": "13900139000"}],
    "email": "a@example.com",
    "tags": ["展会", "华东"],
    "remark": "第一行\n第二行",
}


def test_csv_has_its_mark_and_every_column_in_the_readers_language(counter: Counter) -> None:
    made = counter.customer("澄川科技", **FULL)
    raw = counter.take()
    assert raw.startswith(b"\xef\xbb\xbf")
    heading, row = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    shown = dict(zip(heading, row, strict=True))
    assert (shown.pop("创建时间"), shown.pop("更新时间")) != ("", "")
    assert shown == {
        "客户名称": "澄川科技", "性质": "企业", "客户类型": "渠道商", "价值等级": "黄金",
        "客户阶段": "已成交", "来源": "展会", "行业": "机电", "地区": "华东", "地址": "某某路 1 号", "网址": "https://example.com",
        "统一社会信用代码": "91320400MA1ABCDE0X", "人员规模": "1280", "成立年份": "2008", "司庆日": "03-08",
        "年营业额": "350000.50", "手机": "13800138000/13900139000", "电话": "0519 8888 6021",
        "邮箱": "a@example.com", "负责人": "秦明远", "上级公司": "", "标签": "展会；华东",
        "备注": "第一行\n第二行", "部门": "澄川科技", "最近跟进": "", "下次跟进": "",
        "系统编号": made["id"],
    }  # fmt: skip


def test_a_workbook_has_typed_cells(counter: Counter) -> None:
    counter.customer("澄川科技", **FULL)
    names = ["name", "employees", "annual_revenue", "mobile", "founded_year", "tier", "created_at", "parent"]
    book = CalamineWorkbook.from_filelike(BytesIO(counter.take(format="xlsx", field_names=names)))
    assert book.sheet_names == ["客户"]
    heading, row = book.get_sheet_by_index(0).to_python()
    assert heading == [
        "客户名称", "人员规模", "年营业额", "手机", "成立年份", "价值等级", "创建时间", "上级公司",
    ]  # fmt: skip
    at = row.pop(6)
    assert isinstance(at, datetime)
    assert row == ["澄川科技", 1280, 350000.5, "13800138000/13900139000", 2008, "黄金", ""]


def test_headings_and_words_are_english_to_who_reads_english(counter: Counter) -> None:
    assert counter.browser.patch("/profile", {"locale": "en"}).status_code == 200
    counter.customer("Clear River", tier="gold")
    rows = counter.rows(field_names=["name", "tier", "stage"])
    assert rows == [["Customer name", "Value tier", "Stage"], ["Clear River", "Gold", "Potential"]]


DANGEROUS = ["=1+1", "+86", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "'=1", " =1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_file_is_a_formula(counter: Counter, text: str) -> None:
    counter.customer("甲", remark=f"{text}|")
    [_, [cell]] = counter.rows(field_names=["remark"])
    assert cell == f"'{text.strip()}|"


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "　=1", "=1"])
def test_nor_behind_white_space(text: str) -> None:
    assert csv_files.inert(text) == f"'{text}"


@pytest.mark.parametrize("text", [*DANGEROUS, "<b>&amp;\"'", "_x0041_", " 两边有空 ", "a\nb"])
def test_cells_of_a_workbook_are_text_as_it_stands(tmp_path: Any, text: str) -> None:
    rows, made = tmp_path / "rows", tmp_path / "made.xlsx"
    rows.write_bytes(xlsx_files.heading(["列"]) + xlsx_files.row([text]))
    xlsx_files.assemble(rows, made, sheet="a/b", widths=[10])
    book = CalamineWorkbook.from_path(made)
    assert book.get_sheet_by_index(0).to_python() == [["列"], [text]]


def test_contacts_too(counter: Counter) -> None:
    customer = counter.customer("澄川科技")
    sent = {
        "name": "林知夏",
        "customer_id": customer["id"],
        "gender": "female",
        "role": "decision_maker",
        "phones": [{"number": "13800138000"}],
        "birthday": {"calendar": "lunar", "month": 3, "day": 8, "leap": False, "year": 1988},
        "is_primary": True,
    }
    assert counter.browser.post("/contacts", sent).status_code == 201
    names = ["name", "customer", "gender", "role", "mobile", "phone", "birthday", "is_primary", "owner"]
    rows = counter.rows(type="contact", field_names=names)
    assert rows == [
        ["姓名", "所属客户", "性别", "采购角色", "手机", "电话", "生日", "首要联系人", "负责人"],
        ["林知夏", "澄川科技", "女", "决策人", "13800138000", "", "农历 1988-03-08", "是", "秦明远"],
    ]


def test_quotes_stand_in_files_with_what_they_come_to(counter: Counter) -> None:
    to = counter.customer("澄川科技")
    lines = [{"name": "安装", "quantity": "2", "unit_price": 5_650, "tax_rate": 1_300, "unit_cost": 3_000}]
    facts = {"customer_id": to["id"], "title": "备件", "valid_until": "2099-12-31", "lines": lines}
    made = counter.browser.post("/quotes", facts).json
    names = ["number", "title", "state", "customer", "net", "tax", "gross", "margin_rate", "below_floor",
             "valid_until", "owner"]  # fmt: skip
    heading, row = counter.rows(type="quote", field_names=names)
    assert dict(zip(heading, row, strict=True)) == {
        "报价编号": made["number"], "报价名称": "备件", "状态": "草稿", "客户": "澄川科技",
        "不含税金额": "100.00", "税额": "13.00", "含税金额": "113.00", "毛利率": "40%", "低于底价": "否",
        "有效期至": "2099-12-31", "负责人": "秦明远",
    }  # fmt: skip


def test_expense_claims_are_written_down(counter: Counter) -> None:
    made = claim(counter.browser)
    heading, row = counter.rows(type="expense-claim")
    told = dict(zip(heading, row, strict=True))
    assert {made["number"], made["title"]} <= set(told.values())


def test_expense_requests_are_written_down(counter: Counter) -> None:
    made = submit(counter.browser, request(counter.browser, city="广州"))
    names = ["number", "title", "state", "amount", "drawn", "left", "kinds", "city", "owner"]
    heading, row = counter.rows(type="expense-request", field_names=names)
    assert dict(zip(heading, row, strict=True)) == {
        "申请单号": made["number"], "申请事由": "广州展会", "状态": "已批准", "申请金额": "1200.00",
        "已报销金额": "0.00", "剩余金额": "1200.00", "费用类型": "交通", "城市": "广州", "申请人": "秦明远",
    }  # fmt: skip
