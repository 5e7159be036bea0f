"""A working day: what was done is noted, what comes next is planned, and in the evening it is ticked off."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import choose, told

NAME = "杭州云岫智能装备有限公司"


@pytest.fixture
def boss(arrive: Arrive) -> Person:
    """The administrator of a company of their own: a day is told in full."""
    return arrive().sign_up()


def tick(page: Page, name: str) -> None:
    """Set or take back a tick, by the keyboard."""
    page.get_by_role("checkbox", name=name).press("Space")


def section(page: Page, heading: str) -> str:
    """What my day lists under a heading."""
    return page.get_by_role("region", name=heading).inner_text()


def test_a_visit_is_noted_and_its_next_step_done(visit: Visit, boss: Person) -> None:
    visitor = visit(boss)
    customer = boss.customer(NAME)
    boss.call("POST", "/contacts", {"name": "周启明", "customer_id": customer["id"]})
    sent: list[str | None] = []
    page = visitor.open(f"/customers/{customer['id']}")
    page.on(
        "request",
        lambda r: (
            sent.append(r.headers.get("idempotency-key"))
            if r.method == "POST" and r.url.endswith("/activities")
            else None
        ),
    )
    expect(page.get_by_text("还没有跟进")).to_be_visible()
    expect(page.get_by_role("button", name="保存跟进")).to_be_disabled()

    page.get_by_role("radiogroup", name="跟进方式").get_by_text("拜访").click()
    page.get_by_label("跟进内容").fill("现场看了二期车间，\n希望周五前看到新版报价")
    choose(page, "联系人", "周启明")
    page.get_by_role("button", name="下一步", exact=True).click()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("写下要做的事，或移除下一步")).to_be_visible()
    assert sent == []

    page.reload()
    expect(page.get_by_label("跟进内容")).to_have_value("现场看了二期车间，\n希望周五前看到新版报价")
    page.get_by_role("textbox", name="下一步").fill("发送新版报价")
    page.get_by_role("button", name="明天").click()
    page.keyboard.press("Control+Enter")
    told(page, "已记录跟进，下一步已放进你的待办")
    assert len(sent) == 1
    assert sent[0]
    line = page.get_by_role("listitem").filter(has_text="拜访跟进")
    expect(line).to_contain_text("秦明远")
    expect(line.get_by_role("link", name="与 周启明")).to_be_visible()
    expect(line).to_contain_text(re.compile(r"下一步 发送新版报价.*明天 18:00", re.DOTALL))
    expect(page.get_by_label("跟进内容")).to_have_value("")

    page.get_by_role("link", name="我的一天").click()
    expect(page.get_by_role("heading", name="今后 7 天")).to_be_visible()
    assert "发送新版报价" in section(page, "今后 7 天")
    tick(page, "完成“发送新版报价”")
    told(page, "已完成“发送新版报价”")
    expect(page.get_by_role("heading", name="今天没有要做的事")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("checkbox", name="完成“发送新版报价”")).not_to_be_checked()
    tick(page, "完成“发送新版报价”")
    expect(page.get_by_role("heading", name="今天没有要做的事")).to_be_visible()

    page.get_by_role("textbox", name="新建待办").fill("给周启明回电话")
    page.keyboard.press("Enter")
    told(page, "已添加“给周启明回电话”")
    assert "给周启明回电话" in section(page, "今天")

    visitor.open(f"/customers/{customer['id']}")
    expect(page.get_by_role("checkbox", name="重新打开“发送新版报价”")).to_be_checked()
    page.get_by_role("tab", name="动态").click()
    expect(page.locator(".tl li").filter(has_text="现场看了二期车间")).to_contain_text("拜访")


def test_a_follow_up_is_corrected_deleted_and_brought_back_on_a_phone(visit: Visit, boss: Person) -> None:
    visitor = visit(boss, size=PHONE)
    customer = boss.customer(NAME)
    page = visitor.open(f"/customers/{customer['id']}")
    page.get_by_label("跟进内容").fill("电话没有接通")
    page.get_by_role("button", name="保存跟进").click()
    told(page, "已记录跟进")

    page.get_by_role("button", name="秦明远的这条跟进").click()
    page.get_by_role("menuitem", name="编辑跟进").click()
    editor = page.locator(".editor")
    editor.get_by_label("跟进内容").fill("下午回了电话")
    editor.get_by_role("button", name="保存跟进").click()
    told(page, "已修改跟进")
    expect(page.get_by_text("下午回了电话")).to_be_visible()

    page.get_by_role("button", name="秦明远的这条跟进").click()
    page.get_by_role("menuitem", name="删除跟进").click()
    told(page, "已删除跟进，可在回收站恢复")
    expect(page.get_by_text("还没有跟进")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    told(page, "已恢复跟进")
    expect(page.get_by_text("下午回了电话")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_what_was_typed_outlives_a_refusal_and_is_noted_once(visit: Visit, boss: Person) -> None:
    visitor = visit(boss)
    customer = boss.customer(NAME)
    visitor.expected.add(503)
    keys: list[str | None] = []
    page = visitor.open(f"/customers/{customer['id']}")

    def refuse_once(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        if len(keys) == 1:
            route.fulfill(status=503, content_type="application/problem+json", body="{}")
        else:
            route.continue_()

    page.route("**/api/v1/activities", refuse_once)
    page.get_by_label("跟进内容").fill("谈妥了付款方式")
    page.get_by_role("button", name="保存跟进").click()
    expect(page.get_by_role("alert")).to_contain_text("服务器暂时没有响应")
    expect(page.get_by_label("跟进内容")).to_have_value("谈妥了付款方式")
    page.get_by_role("button", name="保存跟进").dblclick()
    told(page, "已记录跟进")
    assert len(keys) == 2
    assert keys[0] == keys[1]
    there = boss.call("GET", f"/customers/{customer['id']}/activities")["items"]
    assert [noted["content"] for noted in there] == ["谈妥了付款方式"]


def test_tasks_are_given_found_changed_and_deleted(visit: Visit, boss: Person) -> None:
    visitor = visit(boss)
    me = boss.call("GET", "/session")["user"]["id"]
    late = {"title": "整理设备清单", "due_at": "2026-01-05T02:00:00Z", "priority": "high"}
    task = boss.call("POST", "/tasks", late)
    boss.call("POST", "/tasks", {"title": "核对合同条款", "due_at": "2126-01-05T02:00:00Z"})

    page = visitor.open("/tasks?due=overdue")
    row = page.get_by_role("row", name="整理设备清单")
    expect(row).to_contain_text("逾期")
    expect(page.get_by_role("row", name="核对合同条款")).to_have_count(0)

    visitor.open(f"/tasks?open={task['id']}")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_label("事项")).to_have_value("整理设备清单")
    drawer.get_by_label("事项").fill("整理二期设备清单")
    drawer.get_by_role("button", name="明天").click()
    drawer.get_by_role("button", name="保存待办").click()
    told(page, "已保存“整理二期设备清单”")
    expect(page.get_by_role("row", name="整理二期设备清单")).not_to_contain_text("逾期")

    tick(page, "完成“整理二期设备清单”")
    told(page, "已完成“整理二期设备清单”")
    expect(page.get_by_role("row", name="整理二期设备清单")).to_have_count(0)
    page.get_by_role("button", name="状态 未完成").click()
    page.get_by_role("radio", name="已完成").click(force=True)
    page.get_by_role("row", name="整理二期设备清单").hover()
    page.get_by_role("button", name="删除“整理二期设备清单”").click()
    page.get_by_role("dialog").get_by_role("button", name="删除待办").click()
    told(page, "已删除“整理二期设备清单”")
    expect(page.get_by_text("没有符合条件的待办")).to_be_visible()
    left = boss.call("GET", f"/tasks?filter={json.dumps({'field': 'owner_id', 'op': 'eq', 'value': me})}")
    assert [kept["title"] for kept in left["items"]] == ["核对合同条款"]
