"""A workbook comes in as it is, without being saved as something else first."""

from io import BytesIO

import xlsxwriter
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import Person
from tests.browser.visitor import choose


def workbook() -> bytes:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        book.add_worksheet("说明").write_column(0, 0, ["填写说明", "每行一位客户"])
        book.add_worksheet("名单").write_row(0, 0, ["公司名称", "员工人数"])
        book.get_worksheet_by_name("名单").write_row(1, 0, ["杭州云岫智能装备有限公司", 1280])
    return kept.getvalue()


def test_the_right_sheet_of_a_workbook_comes_in(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/imports/new")
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("选择文件").last.set_input_files(
        {"name": "客户.xlsx", "mimeType": media, "buffer": workbook()}
    )
    expect(page.get_by_role("group", name="填写说明")).to_be_visible()
    choose(page, "工作表", "名单")
    expect(page.get_by_role("group", name="公司名称").get_by_text("已自动匹配")).to_be_visible()
    page.get_by_role("button", name="下一步：检查数据").click()
    expect(page.get_by_text("前 1 行都可以导入")).to_be_visible()
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_role("heading", name="已导入 1 位客户")).to_be_visible()
    [made] = boss.call("GET", "/customers?q=云岫")["items"]
    assert made["employees"] == 1280


def test_an_edited_export_updates_what_is_different(visit: Visit, boss: Person) -> None:
    made = boss.customer("杭州澄川科技有限公司", industry="机电")
    boss.customer("杭州远景软件有限公司", industry="软件")
    file = f"系统编号,客户名称,行业,价值等级\n{made['id']},杭州澄川科技有限公司,装备,黄金\n"
    page = visit(boss).open("/imports/new")
    page.get_by_label("选择文件").last.set_input_files(
        {"name": "客户.csv", "mimeType": "text/csv", "buffer": file.encode()}
    )
    expect(page.get_by_role("radio", name="更新为文件里的内容")).to_be_checked()
    page.get_by_role("button", name="下一步：检查数据").click()
    expect(page.get_by_text("已有的客户会更新。")).to_be_visible()
    page.get_by_role("button", name="开始导入").click()
    page.get_by_role("link", name="查看每一行的结果").click()
    expect(page.get_by_text("行业：机电 → 装备")).to_be_visible()
    expect(page.get_by_text("价值等级：— → 黄金")).to_be_visible()
    after = boss.call("GET", f"/customers/{made['id']}")
    assert (after["industry"], after["tier"], after["version"]) == ("装备", "gold", 2)
