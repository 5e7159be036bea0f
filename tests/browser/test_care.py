"""The three rules that an administrator makes first, from the form to the mail that arrives."""

from datetime import timedelta
from typing import Any

import pytest
from borax.calendars.lunardate import LunarDate
from playwright.sync_api import Locator, Page, expect

from app.core import clock
from tests.browser.conftest import Visit
from tests.browser.person import Person
from tests.browser.visitor import choose, told
from tests.embedded.running import await_true

Json = dict[str, Any]
# The company's day may be another than that of the clock.
TODAY = clock.now().date()
BIRTHDAY, END = TODAY + timedelta(days=12), TODAY + timedelta(days=40)


@pytest.fixture(scope="module")
def customer(boss: Person) -> Json:
    """A customer with two people, one of whom reckons by the moon, and a machine under warranty."""
    made: Json = boss.call("POST", "/customers", {"name": "湖州远望电机有限公司"})
    moon = LunarDate.from_solar(BIRTHDAY)
    born = {
        "沈听雨": {"calendar": "solar", "month": BIRTHDAY.month, "day": BIRTHDAY.day},
        "顾南风": {"calendar": "lunar", "month": moon.month, "day": moon.day, "leap": bool(moon.leap)},
    }
    for place, (name, birthday) in enumerate(born.items()):
        facts = {"name": name, "birthday": birthday, "email": f"reader{place}@example.com"}
        wanted = {**facts, "customer_id": made["id"], "is_primary": place == 0}
        boss.call("POST", "/contacts", wanted)
    pump = {"name": "螺杆空压机", "customer_id": made["id"], "warranty_until": END.isoformat()}
    boss.call("POST", "/assets", pump)
    # At whatever hour this runs.
    policy = boss.call("GET", "/calm-policy")
    rules = [{**one, "begins": "00:00", "ends": "23:59"} for one in policy["rules"]]
    boss.call("PATCH", "/calm-policy", {"rules": rules}, version=policy["version"])
    return made


def begin(page: Page, starter: str) -> Locator:
    """The form of a new rule."""
    page.get_by_role("button", name="新建规则").click()
    page.get_by_role("menuitem", name=starter).click()
    return page.get_by_role("dialog")


def by_mail(drawer: Locator, step: int, template: str) -> None:
    """Have a step send a mail."""
    card = drawer.get_by_role("listitem").nth(step)
    card.get_by_role("button", name="加邮件").click()
    choose(card, "邮件模板", template)


def save_and_switch_on(page: Page, drawer: Locator, name: str) -> None:
    drawer.get_by_role("button", name="保存规则").click()
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("button", name="停用")).to_be_visible()


def test_birthdays_by_the_sun_and_by_the_moon(visit: Visit, boss: Person, customer: Json) -> None:
    page = visit(boss).open("/care")
    drawer = begin(page, "生日祝福")
    by_mail(drawer, 0, "生日祝福")
    save_and_switch_on(page, drawer, "生日祝福")
    for name in ("沈听雨", "顾南风"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
        expect(page.get_by_text(f"{name}，祝您生日快乐")).to_be_visible()
    expect(page.get_by_text("共 2 项")).to_be_visible()


def test_the_end_of_a_warranty_a_month_before_of_some_machines(
    visit: Visit, boss: Person, customer: Json
) -> None:
    page = visit(boss).open("/care")
    drawer = begin(page, "质保到期提醒")
    drawer.get_by_role("button", name="只限这些设备：设条件").click()
    conditions = page.get_by_role("dialog", name="只限这些设备")
    choose(conditions, "第 1 个条件的字段", "型号")
    conditions.get_by_label("第 1 个条件的值").fill("GA-75")
    conditions.get_by_role("button", name="确定").click()
    expect(drawer.get_by_text("型号 包含 GA-75")).to_be_visible()
    by_mail(drawer, 0, "质保到期提醒")
    drawer.get_by_role("button", name="保存规则").click()
    told(page, "已保存“质保到期提醒”")
    expect(page.get_by_text("型号 包含 GA-75")).to_be_visible()
    # There is no such machine: the rule says so before it is switched on.
    expect(page.get_by_role("alert")).to_contain_text("一年之内没有人会收到")
    page.get_by_role("button", name="编辑").click()
    drawer.get_by_role("button", name="取消条件").click()
    save_and_switch_on(page, drawer, "质保到期提醒")
    expect(page.get_by_role("link", name="沈听雨")).to_be_visible()
    expect(page.get_by_text("螺杆空压机的质保期即将届满")).to_be_visible()


def test_three_steps_after_a_service_and_the_first_mail_arrives(
    visit: Visit, boss: Person, customer: Json
) -> None:
    page = visit(boss).open("/care")
    drawer = begin(page, "服务后三次回访")
    card = drawer.get_by_role("listitem").nth(0)
    card.get_by_label("数量").fill("0")
    choose(card, "单位", "小时")
    by_mail(drawer, 0, "服务回访")
    by_mail(drawer, 2, "服务回访")
    save_and_switch_on(page, drawer, "服务后三次回访")
    done = {
        "customer_id": customer["id"],
        "kind": "repair",
        "content": "更换轴承",
        "done_on": TODAY.isoformat(),
    }
    boss.call("POST", "/service-records", {**done, "customer_id": customer["id"]})
    page.get_by_role("link", name="计划进度").click()
    expect(page.get_by_role("link", name="沈听雨")).to_be_visible()
    expect(page.get_by_text("电话回访，了解使用情况未到时间")).to_be_visible()
    mailbox = f"{boss.site}/dev/mailbox"
    await_true("the mail", lambda: "维修服务，您还满意吗" in boss.request.get(mailbox).text())
    seen = visit(None).open("/mailbox")
    seen.get_by_role("button", name="reader0@example.com").first.click()
    expect(seen.get_by_text("维修服务，您还满意吗").first).to_be_visible()


def test_all_plans_stand_on_one_page(visit: Visit, boss: Person) -> None:
    customer = boss.call("POST", "/customers", {"name": "海宁晨光袜业有限公司"})
    contact = {"name": "蒋一帆", "customer_id": customer["id"], "is_primary": True}
    boss.call("POST", "/contacts", contact)
    step = {"amount": 3, "unit": "day", "at": "09:00", "task": "给{{contact.name}}打电话"}
    facts = {"purpose": "service", "audience": {"whom": "own"}, "stops": [], "steps": [step]}
    wanted = {**facts, "name": "三天后回访", "trigger": {"kind": "event", "happening": "service-done"}}
    made = boss.call("POST", "/care-rules", wanted)
    boss.call("POST", f"/care-rules/{made['id']}/switch", {"on": True})
    served = {
        "customer_id": customer["id"],
        "kind": "repair",
        "content": "换皮带",
        "done_on": TODAY.isoformat(),
    }
    boss.call("POST", "/service-records", served)
    page = visit(boss).open("/care")
    page.get_by_role("button", name="进展与逾期").click()
    expect(page.get_by_text("没有逾期的")).to_be_visible()
    page.get_by_role("button", name="进行中").click()
    plan = page.get_by_role("article").filter(has=page.get_by_role("link", name="蒋一帆"))
    expect(plan.get_by_role("link", name="三天后回访")).to_be_visible()
    choose(page, "规则", "三天后回访")
    expect(page).to_have_url(f"{boss.site}/care/runs?rule={made['id']}")
    expect(plan.get_by_role("link", name="三天后回访")).to_have_count(0)
    plan.get_by_role("button", name="跳过第 1 步").click()
    page.get_by_role("button", name="全部").click()
    expect(plan.get_by_text("已跳过")).to_be_visible()
