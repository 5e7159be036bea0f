"""A file is tried out, brought in and taken back; another product's export reads itself; a template comes."""

from pathlib import Path

from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person

FILE = (
    "客户名称,行业,手机,联系人,联系人职务\n"
    "杭州云岫智能装备有限公司,装备,13800138000,陈屿,总经理\n"
    "杭州云岫智能装备有限公司,装备,,林知夏,采购\n"
    "新来的公司,贸易,1380013,,\n"
)


def upload(page: Page, text: str, name: str = "名单.csv") -> None:
    page.get_by_label("选择文件").last.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )


def test_tried_out_then_brought_in_then_taken_back(visit: Visit, boss: Person) -> None:
    there = boss.customer("杭州云岫智能装备有限公司", industry="机电")
    page = visit(boss).open("/imports/new")
    upload(page, FILE)
    page.get_by_text("更新为文件里的内容").click()
    page.get_by_role("button", name="下一步：检查数据").click()
    page.get_by_role("button", name="开始试运行").click()
    expect(page.get_by_role("heading", name="试运行结果")).to_be_visible()
    expect(page.get_by_text("手机：手机号应为 11 位，现在是 7 位")).to_be_visible()
    page.get_by_role("tab", name="将导入").click()
    expect(page.get_by_text("行业：机电 → 装备")).to_be_visible()
    assert boss.call("GET", f"/customers/{there['id']}")["industry"] == "机电"

    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_role("button", name="撤销这次导入")).to_be_visible()
    assert boss.call("GET", f"/customers/{there['id']}")["industry"] == "装备"
    assert len(boss.call("GET", "/contacts")["items"]) == 2

    page.get_by_role("button", name="撤销这次导入").click()
    page.get_by_role("button", name="撤销导入", exact=True).click()
    page.get_by_role("tab", name="成功").click()
    expect(page.get_by_text("行业：装备 → 机电")).to_be_visible()
    assert boss.call("GET", f"/customers/{there['id']}")["industry"] == "机电"
    assert boss.call("GET", "/contacts")["items"] == []


def test_a_list_of_products_comes_with_its_series(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/products")
    page.get_by_role("button", name="导入", exact=True).first.click()
    expect(page.get_by_role("heading", name="导入产品")).to_be_visible()
    upload(page, "product,series,sales_price\nGTX Basic,GTX,550\nGTK 500,GTK,26768\n", "products.csv")
    expect(page.get_by_text("每一列都安排好了")).to_be_visible()
    page.get_by_role("button", name="下一步：检查数据").click()
    page.get_by_role("button", name="开始试运行").click()
    expect(page.get_by_text("将新建产品")).to_be_visible()
    assert boss.call("GET", "/products?q=GTK")["items"] == []
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_text("已导入 2 个产品")).to_be_visible()
    page.get_by_role("button", name="查看导入的产品").click()
    expect(page.get_by_role("row").filter(has_text="GTK 500").get_by_text("¥26,768.00")).to_be_visible()
    expect(page.get_by_role("button", name="GTK 1", exact=True)).to_be_visible()


def test_an_export_of_another_product_reads_itself(visit: Visit, boss: Person) -> None:
    page = visit(boss, size=PHONE).open("/imports/new")
    upload(
        page,
        "客户名称,成交状态,客户级别,客户行业,客户来源,手机,负责人获取客户时间,距进入公海天数\n"
        "澄川科技,已成交,A（重点客户）,IT,转介绍,13800138000,2026-01-01,12\n",
        "悟空.csv",
    )
    expect(page.get_by_text("识别为悟空 CRM 导出的客户，各列已自动对应")).to_be_visible()
    expect(page.get_by_text("每一列都安排好了")).to_be_visible()
    page.get_by_role("button", name="保存这份匹配").click()
    page.get_by_role("button", name="保存匹配", exact=True).click()
    expect(page.get_by_text("已保存匹配“悟空”")).to_be_visible()
    [kept] = boss.call("GET", "/import-mappings")["items"]
    assert kept["name"] == "悟空"


def test_a_template_to_fill_in(visit: Visit, boss: Person) -> None:
    boss.call("POST", "/fields", {"entity": "contact", "label": "爱好", "kind": "text"})
    page = visit(boss).open("/imports/new")
    page.get_by_role("radiogroup", name="文件里是").get_by_text("联系人").click()
    with page.expect_download() as begun:
        page.get_by_role("link", name="下载导入模板").click()
    assert begun.value.suggested_filename == "联系人导入模板.xlsx"
    book = CalamineWorkbook.from_path(Path(begun.value.path()))
    assert book.sheet_names == ["联系人", "填写说明", "选项"]
    assert "爱好" in book.get_sheet_by_index(0).to_python()[0]
