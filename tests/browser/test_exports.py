"""A list leaves the product as a file that opens elsewhere."""

import csv
import io
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person


def test_a_narrowed_list_becomes_a_file(visit: Visit, boss: Person) -> None:
    boss.customer("杭州云岫智能装备有限公司", stage="deal", phones=[{"number": "13800138000"}])
    boss.customer("=2+3", stage="deal")
    boss.customer("还没谈成的公司", stage="potential")
    page = visit(boss).open("/customers?stage=deal&sort=name")
    page.get_by_role("button", name="导出", exact=True).click()
    dialog = page.get_by_role("dialog", name="导出客户")
    expect(dialog.get_by_text("符合当前搜索和筛选的客户，共 2 位")).to_be_visible()
    dialog.get_by_text("CSV", exact=True).click()
    dialog.get_by_role("button", name="导出客户").click()

    link = page.get_by_role("link", name="下载文件")
    expect(link).to_be_visible()
    with page.expect_download() as begun:
        link.click()
    assert begun.value.suggested_filename.startswith("客户 ")
    rows = list(csv.reader(io.StringIO(Path(begun.value.path()).read_text("utf-8-sig"))))
    assert [row[0] for row in rows] == ["客户名称", "'=2+3", "杭州云岫智能装备有限公司"]
    assert "13800138000" in rows[2]


def test_on_a_phone_too(visit: Visit, boss: Person) -> None:
    page = visit(boss, size=PHONE).open("/contacts")
    page.get_by_role("button", name="导出", exact=True).click()
    page.get_by_role("dialog", name="导出联系人").get_by_role("button", name="导出联系人").click()
    expect(page.get_by_role("link", name="下载文件")).to_be_visible()
