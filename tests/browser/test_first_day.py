"""The first day of a company: it signs up, gathers its people, and brings its customers along."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import PASSWORD, Person, unique_login
from tests.browser.visitor import Visitor, choose, told
from tests.embedded.running import await_true

ROWS = 2000


@pytest.fixture
def list_of_customers(tmp_path: Path) -> Path:
    """A list as spreadsheets in China write them: GBK, own headings, one bad number."""
    path = tmp_path / "展会名单.csv"
    rows = [["公司名称", "手机", "区域", "客户分级", "备注", "序号"]]
    rows.append(["杭州云岫智能装备有限公司", "13800006021", "华东", "重点", "展会认识", "1"])
    rows.append(["深圳启衡电子技术有限公司", "138000", "华南", "普通", "", "2"])
    rows += [[f"第 {n} 号样本公司", "", "华北", "普通", "", str(n)] for n in range(3, ROWS + 1)]
    with path.open("w", encoding="gbk", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_company_signs_up_makes_departments_and_gathers_its_people(visit: Visit) -> None:
    boss, colleague = visit(), visit()
    login, invited = unique_login(), unique_login()

    page = boss.open("/")
    page.get_by_role("link", name="免费创建").click()
    page.get_by_label("企业名称").fill("澄川科技（杭州）有限公司")
    page.get_by_label("你的姓名").fill("秦明远")
    page.get_by_label("手机号或邮箱").fill(login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="还没有客户")).to_be_visible()

    boss.open("/settings/departments")
    page.get_by_role("button", name="新建部门").first.click()
    page.get_by_role("dialog").get_by_label("部门名称").fill("华东销售部")
    page.get_by_role("dialog").get_by_role("button", name="新建部门").click()
    told(page, "已新建“华东销售部”")

    boss.open("/settings/users?invite=1")
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("邮箱").fill(invited)
    drawer.get_by_label("姓名").fill("林知夏")
    choose(drawer, "角色", "跟进自己")
    drawer.get_by_role("button", name="发送邀请").click()
    told(page, "已发送邀请")

    follow_the_invitation(colleague, invited)
    mail = colleague.page
    mail.get_by_label("你的姓名").fill("林知夏")
    mail.get_by_label("设置密码", exact=True).fill(PASSWORD)
    mail.keyboard.press("Enter")
    expect(mail.get_by_role("heading", name="客户", exact=True)).to_be_visible()
    expect(mail.get_by_role("button", name="林知夏的菜单")).to_be_visible()

    boss.open("/settings/users")
    expect(page.get_by_role("row", name="林知夏")).to_contain_text("正常")


def follow_the_invitation(visitor: Visitor, login: str) -> None:
    """Open the mail to this address as soon as it has arrived, and its link."""
    mailbox = f"{visitor.site}/dev/mailbox"
    await_true("the mail", lambda: login in visitor.context.request.get(mailbox).text())
    page = visitor.open("/mailbox")
    page.get_by_role("button", name=login).click()
    page.locator('a[href*="/accept-invitation#token="]').click()


def test_an_import_shows_its_progress_and_its_customers_are_found_changed_and_deleted(
    visit: Visit, boss: Person, list_of_customers: Path
) -> None:
    states: list[str] = []
    page = visit(boss).open("/imports/new")
    page.on("response", lambda r: states.append(r.json()["state"]) if "/api/v1/jobs/" in r.url else None)

    page.get_by_label("选择文件").set_input_files(list_of_customers)
    expect(page.get_by_text("已自动匹配").first).to_be_visible()
    expect(page.get_by_text("“重点”对应“黄金”？")).to_be_visible()
    page.get_by_role("button", name="下一步：检查数据").click()
    expect(page.get_by_role("button", name="处理“客户分级”里的值")).to_be_visible()
    page.get_by_role("button", name="处理“客户分级”里的值").click()
    page.get_by_role("button", name="保存对应").click()
    choose(page, "“序号”导入到", "不导入")
    expect(page.get_by_text("每一列都安排好了")).to_be_visible()

    page.reload()
    expect(page.get_by_text("每一列都安排好了")).to_be_visible()
    page.get_by_role("button", name="下一步：检查数据").click()
    expect(page.get_by_text("前 5 行里有 1 行导不进来")).to_be_visible()
    expect(page.get_by_text("手机号应为 11 位，现在是 6 位")).to_be_visible()
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_role("heading", name="已导入 1,999 位客户")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "100")
    assert states[0] in {"queued", "running"}
    assert states[-1] == "succeeded"
    with page.expect_download() as download:
        page.get_by_role("link", name="下载失败的行").click()
    assert "138000,华南,普通,,2,手机：手机号应为 11 位" in download.value.path().read_text("utf-8-sig")

    page.get_by_role("button", name="查看导入的客户").click()
    box = page.get_by_role("searchbox")
    for words in ("云岫", "yunxiu", "hzyx", "6021"):
        box.fill(words)
        box.press("Enter")
        expect(page.locator(".name-cell")).to_have_count(1)
        expect(page.locator(".name-cell")).to_contain_text("杭州云岫智能装备有限公司")

    page.locator(".name-cell").click()
    expect(page.get_by_role("heading", name="杭州云岫智能装备有限公司")).to_be_visible()
    page.get_by_role("button", name="编辑", exact=True).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("行业").fill("智能制造")
    drawer.get_by_role("button", name="保存客户").click()
    told(page, "已保存“杭州云岫智能装备有限公司”")
    expect(page.get_by_text("智能制造").first).to_be_visible()

    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="删除客户").click()
    told(page, "已删除“杭州云岫智能装备有限公司”，可在回收站恢复")
    expect(page.get_by_text("没有符合条件的客户")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    told(page, "已恢复“杭州云岫智能装备有限公司”")
    expect(page.get_by_role("heading", name="杭州云岫智能装备有限公司")).to_be_visible()
