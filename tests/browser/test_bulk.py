"""Many records at a time: choose, change, look at the result, take it back."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import Person


def test_many_customers_are_edited_and_put_back(visit: Visit, boss: Person) -> None:
    for i in range(4):
        boss.customer(f"批量第{i}家有限公司", region="浙江", stage="potential")
    boss.customer("不动的公司", region="北京")
    page = visit(boss).open("/customers?region=浙江&sort=name")
    rows = page.get_by_role("row")
    rows.filter(has_text="批量第0家").locator(".el-checkbox").click()
    # With Shift, all from the last one to this.
    rows.filter(has_text="批量第2家").locator(".el-checkbox").click(modifiers=["Shift"])
    bar = page.get_by_role("toolbar", name="批量操作")
    expect(bar.get_by_text("已选 3 项")).to_be_visible()
    bar.get_by_role("button", name="修改").click()

    drawer = page.get_by_role("dialog", name="修改 3 位客户")
    drawer.get_by_role("combobox", name="再选一个字段").click()
    page.get_by_role("option", name="阶段", exact=True).click()
    drawer.get_by_role("combobox", name="阶段", exact=True).click(force=True)
    page.get_by_role("option", name="已成交").click()
    drawer.get_by_role("button", name="修改 3 位客户").click()
    toast = page.get_by_text("批量修改客户：客户阶段：已完成 3 位")
    expect(toast).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="已成交")).to_have_count(3)

    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已恢复 3 位客户")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="已成交")).to_have_count(0)


def test_all_that_a_list_finds_and_what_was_refused(visit: Visit, boss: Person) -> None:
    for i in range(51):
        boss.customer(f"整页{i:02d}号公司", region="江苏")
    page = visit(boss).open("/customers?region=江苏")
    page.locator("thead .el-checkbox").click()
    bar = page.get_by_role("toolbar", name="批量操作")
    bar.get_by_role("button", name="选择全部 51 位客户").click()
    expect(bar.get_by_text("已选全部 51 位客户")).to_be_visible()
    bar.get_by_role("button", name="标签").click()
    dialog = page.get_by_role("dialog", name="修改 51 位客户的标签")
    dialog.get_by_role("button", name="修改标签").click()
    expect(dialog.get_by_text("至少选一个要加上或去掉的标签")).to_be_visible()
    dialog.get_by_role("combobox", name="加上标签").fill("展会")
    page.get_by_role("option", name="展会").click()
    dialog.get_by_role("heading").click()
    dialog.get_by_role("button", name="修改标签").click()
    expect(page.get_by_text("批量改客户标签：+展会：已完成 51 位")).to_be_visible()

    page.goto(page.url.split("/customers")[0] + "/jobs")
    page.get_by_role("link", name="批量改客户标签：+展会").click()
    expect(page.get_by_role("heading", name="批量改客户标签：+展会")).to_be_visible()
    expect(page.get_by_text("标签：— → 展会").first).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    page.get_by_role("button", name="撤销改动").click()
    expect(page.get_by_role("heading", name="撤销：批量改客户标签：+展会")).to_be_visible()
    expect(page.get_by_text("标签：展会 → —").first).to_be_visible()


def test_many_tasks_in_a_view_of_ones_own(visit: Visit, boss: Person) -> None:
    for i in range(3):
        boss.call("POST", "/tasks", {"title": f"回访第{i}家", "due_at": f"2126-01-0{i + 1}T02:00:00Z"})
    boss.call("POST", "/tasks", {"title": "写周报", "due_at": "2126-01-05T02:00:00Z", "priority": "low"})
    # A link from before tasks had views.
    page = visit(boss).open("/tasks?view=all&state=open")
    page.get_by_role("button", name="添加筛选").click()
    page.get_by_role("menuitem", name="优先级").click()
    page.get_by_role("checkbox", name="普通").press("Space")
    page.get_by_role("button", name="应用筛选").click()
    rows = page.get_by_role("row").filter(has_text="回访")
    expect(rows).to_have_count(3)
    expect(page.get_by_role("row").filter(has_text="写周报")).to_have_count(0)
    page.get_by_role("button", name="另存为").click()
    dialog = page.get_by_role("dialog", name="存为新视图")
    dialog.get_by_role("textbox", name="视图名称").fill("普通待办")
    dialog.get_by_role("button", name="保存视图").click()
    expect(page.get_by_role("link", name="普通待办")).to_have_attribute("aria-current", "page")

    page.locator("thead .el-checkbox").click()
    bar = page.get_by_role("toolbar", name="批量操作")
    bar.get_by_role("button", name="改期").click()
    moving = page.get_by_role("dialog", name="给 3 个待办改期")
    moving.get_by_label("推后天数").fill("0")
    moving.get_by_role("button", name="改期").click()
    expect(moving.get_by_text("0 除外")).to_be_visible()
    moving.get_by_label("推后天数").fill("7")
    moving.get_by_role("button", name="改期").click()
    expect(page.get_by_text("批量推迟待办：7 天，已处理 3 个")).to_be_visible()
    expect(rows.filter(has_text="1 月 8 日")).to_have_count(1)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已恢复 3 个待办")).to_be_visible()
    expect(rows.filter(has_text="1 月 8 日")).to_have_count(0)

    page.locator("thead .el-checkbox").click()
    bar.get_by_role("button", name="标为完成").click()
    expect(page.get_by_text("批量完成待办，已处理 3 个")).to_be_visible()
    expect(page.get_by_text("没有符合条件的待办")).to_be_visible()
    page.get_by_role("button", name="导出").click()
    page.get_by_role("dialog").get_by_role("button", name="导出待办").click()
    expect(page.get_by_role("link", name=".xlsx")).to_be_visible()
