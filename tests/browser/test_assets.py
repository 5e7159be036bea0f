"""Assets: noted on the customer's page, maintained, found by what is due; all of it fits a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person
from tests.browser.visitor import choose, told


@pytest.fixture(scope="module")
def customer_id(boss: Person) -> str:
    """A customer without any assets."""
    return str(boss.call("POST", "/customers", {"name": "云岫机械"})["id"])


def test_is_noted_maintained_and_found(visit: Visit, boss: Person, customer_id: str) -> None:
    page = visit(boss).open(f"/customers/{customer_id}?tab=assets")
    expect(page.get_by_text("还没有登记设备")).to_be_visible()
    page.get_by_role("button", name="登记设备").click()
    drawer = page.get_by_role("dialog", name="登记设备")
    drawer.get_by_role("button", name="保存设备").click()
    expect(drawer.get_by_text("填写设备名称，或者选择产品")).to_be_visible()
    drawer.get_by_label("设备名称").fill("螺杆空压机")
    drawer.get_by_label("序列号").fill("LG-0042")
    drawer.get_by_label("安装日期").fill("2024-01-15")
    choose(drawer, "质保怎么算", "按月数")
    drawer.get_by_label("质保月数").fill("24")
    drawer.get_by_label("每隔多久保养").fill("3")
    drawer.get_by_role("button", name="保存设备").click()
    told(page, "已登记设备 螺杆空压机")
    row = page.get_by_role("listitem").filter(has_text="螺杆空压机").first
    expect(row.get_by_text("已过保")).to_be_visible()
    expect(row.get_by_text(re.compile("保养 逾期"))).to_be_visible()

    row.get_by_role("button", name="给螺杆空压机记服务").click()
    drawer = page.get_by_role("dialog", name="记服务")
    drawer.get_by_role("button", name="保存服务记录").click()
    expect(drawer.get_by_text("写下做了什么")).to_be_visible()
    drawer.get_by_label("服务内容").fill("更换油滤和空滤")
    drawer.get_by_role("button", name="保存服务记录").click()
    told(page, "已保存服务记录")
    expect(page.get_by_text("更换油滤和空滤")).to_be_visible()
    expect(row.get_by_text(re.compile("保养 .*天后"))).to_be_visible()

    page = visit(boss).open("/equipment")
    page.get_by_role("button", name="30 天内要保养").click()
    expect(page.get_by_role("link", name="螺杆空压机")).to_have_count(0)
    page.get_by_role("button", name="30 天内要保养").click()
    page.get_by_role("link", name="螺杆空压机").first.click()
    expect(page.get_by_role("heading", name="螺杆空压机")).to_be_visible()
    expect(page.get_by_text("更换油滤和空滤")).to_be_visible()


def test_fits_a_phone(visit: Visit, boss: Person, customer_id: str) -> None:
    for path in ("/equipment", "/service-records", f"/customers/{customer_id}?tab=assets"):
        page = visit(boss, size=PHONE).open(path)
        expect(page.get_by_text("螺杆空压机").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
