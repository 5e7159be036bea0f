"""A phone in one hand: nothing has to be pushed aside, and a thumb hits what it means."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person
from tests.browser.visitor import told

NAMES = (
    "杭州云岫智能装备有限公司",
    "一家名字长得在任何一部手机的一行里都绝对写不下的跨国集团股份有限公司上海第一分公司",
)
PAGES = (
    "/my-day",
    "/activities",
    "/tasks",
    "/tasks?new=1",
    "/tasks?open={task}",
    "/customers",
    "/customers?new=1",
    "/customers/{customer}",
    "/customers/{customer}?tab=timeline",
    "/customers/{customer}?tab=details",
    "/customers/{customer}?edit=1",
    "/contacts",
    "/contacts/{contact}",
    "/imports/new",
    "/imports/{upload}",
    "/imports/{upload}?step=check",
    "/jobs",
    "/jobs/{job}",
    "/recycle-bin",
    "/notifications",
    "/care/runs",
    "/settings/company",
    "/settings/departments",
    "/settings/users",
    "/settings/users?invite=1",
    "/settings/roles",
    "/settings/roles/{role}",
    "/settings/fields",
    "/settings/audit",
    "/settings/sessions",
    "/settings/api-tokens",
    "/settings/security",
    "/settings/webhooks",
    "/settings/webhooks/{webhook}",
)
MAIN_ACTIONS = {
    "/customers": ("导入", "新建客户"),
    "/customers/{customer}": ("编辑", "转移", "更多操作"),
    "/customers?new=1": ("保存客户", "关闭此对话框"),
    "/tasks": ("新建待办",),
    "/contacts": ("新建联系人",),
    "/contacts/{contact}": ("编辑",),
    "/imports/{upload}": ("下一步：检查数据",),
    "/settings/departments": ("新建部门",),
    "/settings/users": ("邀请同事",),
    "/settings/fields": ("添加字段",),
}
THUMB = 44
# Tables, tabs and what is typed are meant to be pushed; a clipped line ends in an ellipsis.
SIDEWAYS = """() => [...document.querySelectorAll('body, body *')].filter((element) => {
    const { clipPath, overflowX, textOverflow } = getComputedStyle(element)
    const isPage = element === document.body && document.documentElement.scrollWidth > innerWidth
    const isCut = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1
    const isMeant = element.closest('.table-area, .scroll, .tabs, .index, input, textarea')
    const isHidden = element.clientWidth < 2 || clipPath !== 'none'
    return isPage || (isCut && !isMeant && !isHidden && textOverflow !== 'ellipsis')
}).map((found) => `${found.tagName}.${found.className} ${found.scrollWidth} > ${found.clientWidth}`)"""


@pytest.fixture(scope="module")
def ids(boss: Person) -> dict[str, str]:
    """A record of each kind."""
    customers = [boss.customer(name, phones=[{"number": "13800006021"}]) for name in NAMES]
    contact = boss.call("POST", "/contacts", {"name": "周启明", "customer_id": customers[0]["id"]})
    _, job = boss.bring_in("公司名称,手机\n苏州汇澜精密制造有限公司,13800006022\n坏行,138\n")
    waiting = boss.upload("公司名称,客户分级\n深圳启衡电子技术有限公司,重点\n")
    late = {"due_at": "2026-01-05T02:00:00Z", "customer_id": customers[1]["id"]}
    done = {"kind": "visit", "content": f"在{NAMES[1]}看了车间", "customer_id": customers[1]["id"]}
    boss.call("POST", "/activities", {**done, "next_step": {"title": NAMES[1], "due_at": late["due_at"]}})
    url = f"https://hooks.example.com/{'x' * 200}"
    hook = {"name": "订单系统", "url": url, "events": ["task.created"]}
    return {
        "webhook": boss.call("POST", "/webhooks", hook)["id"],
        "task": boss.call("POST", "/tasks", {"title": NAMES[1], **late})["id"],
        "customer": customers[1]["id"],
        "contact": contact["id"],
        "upload": waiting["id"],
        "job": job["id"],
        "role": boss.call("GET", "/roles")["items"][1]["id"],
    }


def test_no_page_has_to_be_pushed_sideways(visit: Visit, boss: Person, ids: dict[str, str]) -> None:
    phone = visit(boss, size=PHONE)
    found: list[str] = []
    for path in PAGES:
        page = phone.read(path.format(**ids))
        found += [f"{path}: {fault}" for fault in page.evaluate(SIDEWAYS)]
    assert "\n".join(found) == ""


def test_a_thumb_hits_every_main_action(visit: Visit, boss: Person, ids: dict[str, str]) -> None:
    phone = visit(boss, size=PHONE)
    page = phone.read("/customers")
    small = [
        fault
        for button in page.get_by_role("banner").get_by_role("button").all()
        for fault in too_small(button)
    ]
    for path, names in MAIN_ACTIONS.items():
        page = phone.read(path.format(**ids))
        for name in names:
            small += too_small(page.get_by_role("button", name=name, exact=True).last)
    assert small == []


def too_small(button: Locator) -> list[str]:
    """What keeps a thumb from hitting this button; a tap on it must reach it, but is not carried out."""
    button.tap(trial=True)
    box = button.bounding_box()
    assert box is not None
    width, height = box["width"], box["height"]
    name = button.get_attribute("aria-label") or button.inner_text()
    return [] if min(width, height) >= THUMB else [f"{name}: {width:.0f} x {height:.0f}"]


def test_a_phone_finds_a_customer_and_adds_a_contact(visit: Visit, boss: Person, ids: dict[str, str]) -> None:
    page = visit(boss, size=PHONE).open("/jobs")
    page.get_by_role("button", name="打开菜单").tap()
    page.get_by_role("link", name="客户", exact=True).tap()
    expect(page.get_by_role("link", name="客户", exact=True)).to_be_hidden()
    page.get_by_role("searchbox").fill("yunxiu")
    expect(page.locator(".card-row")).to_have_count(1)
    page.locator(".card-row").tap()
    expect(page.get_by_role("heading", name=NAMES[0])).to_be_visible()
    page.get_by_role("button", name="添加联系人").tap()
    drawer = page.get_by_role("dialog", name="新建联系人")
    drawer.get_by_label("姓名").fill("韩松")
    drawer.get_by_role("button", name="保存联系人").tap()
    told(page, "已新建联系人“韩松”")
    expect(page.get_by_role("link", name="韩松")).to_be_visible()
