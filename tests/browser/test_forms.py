"""Forms: what the server refuses, what is sent twice, and what somebody else has changed meanwhile."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import Person
from tests.browser.visitor import told

NAME = "杭州云岫智能装备有限公司"


@pytest.fixture
def customer(boss: Person) -> Any:
    """A customer that no other test changes."""
    return boss.customer(NAME, industry="机械")


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(
    visit: Visit, boss: Person, customer: Any
) -> None:
    visitor = visit(boss)
    visitor.expected.add(422)
    page = visitor.open(f"/customers/{customer['id']}?edit=1")
    drawer = page.get_by_role("dialog", name="编辑客户")
    drawer.get_by_label("地区").fill("浙江")
    drawer.get_by_label("人员规模").fill("三百人")
    drawer.get_by_label("成立年份").fill("12345")
    drawer.get_by_role("button", name="保存客户").click()

    expect(drawer.get_by_label("人员规模")).to_have_accessible_description("应为整数")
    expect(drawer.get_by_label("人员规模")).to_be_focused()
    expect(drawer.get_by_label("成立年份")).to_have_accessible_description("应在 1000 到 2100 之间")
    expect(drawer.get_by_label("人员规模")).to_have_value("三百人")
    expect(drawer.get_by_label("地区")).to_have_value("浙江")
    assert boss.call("GET", f"/customers/{customer['id']}")["version"] == customer["version"]

    drawer.get_by_label("人员规模").fill("300")
    drawer.get_by_label("成立年份").fill("2009")
    drawer.get_by_role("button", name="保存客户").click()
    told(page, f"已保存“{NAME}”")
    now = boss.call("GET", f"/customers/{customer['id']}")
    assert (now["region"], now["employees"], now["founded_year"]) == ("浙江", 300, 2009)


def test_a_double_click_sends_once(visit: Visit, boss: Person) -> None:
    sent: list[str] = []
    page = visit(boss).open("/customers?new=1")
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    drawer = page.get_by_role("dialog", name="新建客户")
    drawer.get_by_label("客户名称").fill("宁波海岚供应链有限公司")
    drawer.get_by_role("button", name="保存客户").dblclick()
    told(page, "已新建“宁波海岚供应链有限公司”")
    expect(drawer).to_be_hidden()

    assert sent == ["POST"]
    assert len(boss.call("GET", "/customers?q=海岚")["items"]) == 1


def test_who_comes_late_is_shown_both_sides_field_by_field(visit: Visit, boss: Person, customer: Any) -> None:
    visitor = visit(boss)
    visitor.expected.add(412)
    page = visitor.open(f"/customers/{customer['id']}?edit=1")
    drawer = page.get_by_role("dialog", name="编辑客户")
    expect(drawer.get_by_label("行业")).to_have_value("机械")
    theirs = {"industry": "智能制造", "address": "滨江区江南大道 100 号"}
    boss.call("PATCH", f"/customers/{customer['id']}", theirs, version=customer["version"])

    drawer.get_by_label("行业").fill("装备制造")
    drawer.get_by_label("地区").fill("浙江")
    drawer.get_by_role("button", name="保存客户").click()
    conflict = page.get_by_role("dialog", name="这条资料刚被改过")
    expect(conflict.get_by_role("group")).to_have_count(1)
    sides = conflict.get_by_role("group", name="行业")
    expect(sides.get_by_role("radio", name="你的 装备制造")).to_be_checked()
    assert boss.call("GET", f"/customers/{customer['id']}")["region"] is None

    sides.get_by_text("智能制造").click()
    conflict.get_by_role("button", name="保存选择").click()
    told(page, f"已保存“{NAME}”")
    now = boss.call("GET", f"/customers/{customer['id']}")
    assert (now["industry"], now["region"], now["address"]) == ("智能制造", "浙江", theirs["address"])
