"""No page shuts anybody out: axe finds nothing serious, light or dark, at a desk or on a phone."""

import re
from functools import cache

import pytest
from playwright.sync_api import expect

from app.embedded.web_build import WEB, ensure_packages
from tests.browser.conftest import DESK, PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import Visitor
from tests.support.pictures import painted

PAGES = {
    "public": (
        "/sign-in",
        "/sign-up",
        "/forgot-password",
        "/reset-password",
        "/accept-invitation",
        "/mailbox",
        "/mailbox?way=sms",
    ),
    "work": (
        "/help/tasks",
        "/my-day",
        "/activities",
        "/tasks",
        "/tasks?new=1",
        "/tasks?open={task}",
        "/customers/{customer}?tab=timeline",
    ),
    "customers": (
        "/customers",
        "/customers?q=nothing",
        "/customers?new=1",
        "/duplicates",
        "/duplicates?past=1",
        "/customers/{customer}",
        "/customers/{customer}?tab=contacts",
        "/customers/{customer}?edit=1",
    ),
    "contacts": ("/contacts", "/contacts?new=1", "/contacts/{contact}", "/recycle-bin", "/no-such-page"),
    "hung": (
        "/calendar",
        "/customers/{customer}?tab=files",
        "/customers/{customer}?tab=comments",
        "/customers/{customer}?tab=details",
        "/settings/field-rights",
    ),
    "prices": ("/products", "/products/{product}", "/price-books", "/price-books/{book}"),
    "approvals": (
        "/approvals",
        "/approvals/mine",
        "/approvals/copies",
        "/approvals/all?stuck=true",
        "/approvals/{approval}",
    ),
    "quotes": (
        "/quotes",
        "/quotes/new",
        "/quotes/{quote}",
        "/quotes/{quote}/edit",
        "/quotes/{quote}?tab=versions",
        "/quotes/{out}",
        "/q#token={link}",
        "/settings/papers",
    ),
    "imports": (
        "/imports/new",
        "/imports/{upload}",
        "/imports/{upload}?step=check",
        "/imports/{tried}?step=check",
        "/imports/{brought}",
        "/jobs",
        "/jobs/{job}",
    ),
    "settings": (
        "/settings/company",
        "/settings/departments",
        "/settings/users",
        "/settings/users?invite=1",
        "/settings/sessions",
        "/settings/api-tokens",
        "/settings/security",
        "/settings/webhooks",
    ),
    "rights": (
        "/settings/roles",
        "/settings/roles/{role}",
        "/settings/fields",
        "/settings/audit",
        "/notifications",
        "/care/runs",
    ),
    "flows": ("/settings/flows", "/settings/flows/{flow}?node=a", "/settings/flows/{flow}?node=x1"),
}
# What opens on a page, and how one comes there: buttons by their names, one after another.
DIALOGS = {
    "/price-books": (("新建价目表",),),
    "/price-books/{book}": (("添加产品",), ("更多操作", "整体调价"), ("更多操作", "复制价目表")),
    "/approvals": (("退回",), ("更多", "转交给同事"), ("这件审批：更多操作", "改派审批人")),
    "/customers": (("添加筛选", "组合筛选…"), ("列",)),
    "/customers?stage=potential": (("存为视图",),),
    "/duplicates": (("合并",),),
    "/settings/fields": (("添加字段", "公式"),),
    "/quotes/{out}": (("发给客户",),),
    "/q#token={link}": (("接受报价",),),
    "/settings/api-tokens": (("新建令牌",),),
    "/settings/webhooks": (("新建 Webhook",), ("什么是“Webhook”",)),
    "/calendar": (("订阅到手机",),),
}
OPENERS = ("外观", "通知", "新建", "秦明远的菜单", "添加筛选", "搜索客户、联系人")
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The newest ask for the size of targets, and take what an open panel half covers for a small one.
OLDER = EVERYTHING[:-1]
COLOURS = ["color-contrast"]
_DARK = re.compile(r"(^|\s)dark(\s|$)")
# Colours that still fade into each other are nobody's choice.
RUN = """async (runOnly) => {
    const fading = document.getAnimations().filter(({ effect }) => effect.getTiming().iterations !== Infinity)
    await Promise.allSettled(fading.map(({ finished }) => finished))
    const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] })
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html.slice(0, 160)}`))
}"""


@cache
def axe() -> str:
    """The checker's own script."""
    ensure_packages()
    return (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text()


def faults(visitor: Visitor, rules: list[str] = EVERYTHING) -> list[str]:
    """What is seriously wrong with a page for those who cannot see or point; by night only colours differ."""
    page = visitor.page
    page.evaluate(axe())
    found = page.evaluate(RUN, rules)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_class(_DARK)
    visitor.settle()
    found += page.evaluate(RUN, COLOURS)
    page.emulate_media(color_scheme="light")
    return [f"{page.url}: {fault}" for fault in found]


def _priced(boss: Person) -> dict[str, str]:
    """A product, and a price book in which it stands."""
    price = {"amount": 12_800, "currency": "CNY"}
    sold = boss.call("POST", "/products", {"name": "深沟球轴承", "code": "ZC-6204", "list_price": price})[
        "id"
    ]
    boss.call("POST", "/products", {"name": "圆弧齿同步带", "list_price": price})
    facts = {"name": "标准价", "kind": "standard", "valid_from": "2026-01-01"}
    book = boss.call("POST", "/price-books", facts)["id"]
    steps = [{"from_quantity": "0", "unit_price": 12_000}, {"from_quantity": "10", "unit_price": 11_000}]
    wanted = {"products": [{"product_id": sold, "steps": steps}]}
    boss.call("PATCH", f"/price-books/{book}/prices", wanted, version=1)
    boss.call("POST", f"/price-books/{book}/activation")
    return {"product": sold, "book": book}


def _asked(boss: Person, to: Person) -> str:
    """A customer that is to be a colleague's, which waits for the word of whoever asks."""
    flow = boss.call("POST", "/approval-flows", {"kind": "customer-transfer", "name": "客户转移审批"})
    who = [{"by": "people", "ids": [boss.me]}]
    lead = {"id": "lead", "type": "approve", "name": "主管审批", "who": who, "own": {"then": "ask"}}
    path, drawn = f"/approval-flows/{flow['id']}", {"definition": {"nodes": [lead]}}
    drawing = boss.call("PUT", f"{path}/draft", drawn, version=flow["version"])
    boss.call("POST", f"{path}/publication", version=drawing["version"])
    wanted = boss.customer("无锡云帆新材料有限公司")["id"]
    sent = {"to_id": to.me, "reason": "客户搬到了无锡，由那边的同事跟进更方便"}
    return str(boss.call("POST", f"/customers/{wanted}/handover-requests", sent)["id"])


def _quoted(boss: Person, customer: str, product: str) -> str:
    """A quote of two versions."""
    lines = [{"product_id": product, "quantity": "2", "discount": {"rate": 4_000}}]
    facts = {"customer_id": customer, "title": "备件", "lines": lines}
    quote = str(boss.call("POST", "/quotes", facts)["id"])
    boss.call("POST", f"/quotes/{quote}/submission", version=1)
    boss.call("POST", f"/quotes/{quote}/renewal")
    return quote


def _offered(boss: Person, customer: str) -> dict[str, str]:
    """A quote that may go out, and a link to it."""
    lines = [{"name": "安装调试", "quantity": "2", "unit_price": 50_000, "note": "含差旅"}]
    facts = {"customer_id": customer, "title": "调试", "lines": lines, "terms": "货到付款"}
    out = str(boss.call("POST", "/quotes", facts)["id"])
    boss.call("POST", f"/quotes/{out}/submission", version=1)
    address = boss.call("POST", f"/quotes/{out}/links", {"recipient": "周清"})["address"]
    return {"out": out, "link": address.partition("token=")[2]}


@pytest.fixture(scope="module")
def ids(boss: Person, arrive: Arrive) -> dict[str, str]:
    """A record of each kind, and something in the bin."""
    photos = {"entity": "customer", "key": "c_photos", "label": "门头照", "kind": "file"}
    boss.call("POST", "/fields", photos)
    front, hung = (
        {"name": f"{name}.png", "mimeType": "image/png", "buffer": painted()} for name in ("门头", "合影")
    )
    front_id = boss.call("POST", "/uploads", multipart={"file": front})["id"]
    shown = {"phones": [{"number": "13800006021"}], "tier": "gold", "custom": {"c_photos": [front_id]}}
    customer = boss.customer("杭州云岫智能装备有限公司", **shown)
    boss.customer("杭州云岫智能装备", region="浙江")
    boss.call("POST", f"/records/customer/{customer['id']}/attachments", multipart={"file": hung})
    boss.call("POST", f"/records/customer/{customer['id']}/comments", {"text": "账期再谈谈"})
    contact = {"name": "周启明", "customer_id": customer["id"], "role": "decision_maker"}
    gone = boss.customer("宁波海岚供应链有限公司")
    boss.call("DELETE", f"/customers/{gone['id']}", version=gone["version"])
    upload = boss.upload("公司名称,手机,客户分级,序号\n深圳启衡电子技术有限公司,138000,重点,1\n")
    tried = boss.try_out("公司名称,手机\n甲,13800006021\n乙,13800006021\n丙,138\n")
    brought, job = boss.bring_in("公司名称,手机\n苏州汇澜精密制造有限公司,13800006022\n坏行,138\n")
    late = {"due_at": "2026-01-05T02:00:00Z", "customer_id": customer["id"]}
    done = {"kind": "visit", "content": "看了车间", "customer_id": customer["id"]}
    boss.call("POST", "/activities", {**done, "next_step": {"title": "报价", "due_at": late["due_at"]}})
    return {
        "task": boss.call("POST", "/tasks", {"title": "寄样品", **late})["id"],
        "customer": customer["id"],
        "contact": boss.call("POST", "/contacts", contact)["id"],
        "upload": upload["id"],
        "tried": tried["id"],
        "brought": brought["id"],
        "job": job["id"],
        "role": boss.call("GET", "/roles")["items"][1]["id"],
        "approval": _asked(boss, *boss.gather(arrive, 顾辰="sales")),
        "flow": flow_of(boss),
        **(priced := _priced(boss)),
        "quote": _quoted(boss, customer["id"], priced["product"]),
        **_offered(boss, customer["id"]),
    }


def flow_of(boss: Person) -> str:
    """A flow that is being drawn: asked, then one of two ways, the first of which has no condition yet."""
    flow = boss.call("POST", "/approval-flows", {"kind": "customer-transfer", "name": "转移审批"})
    approve = {"id": "a", "type": "approve", "name": "上级审批", "who": [{"by": "manager", "level": 1}]}
    ways = [
        {"id": "x1", "name": "金额大", "nodes": [{**approve, "id": "b"}]},
        {"id": "x2", "name": "其他", "nodes": []},
    ]
    nodes = [approve, {"id": "x", "type": "branch", "name": "按金额", "arms": ways}]
    draft = f"/approval-flows/{flow['id']}/draft"
    boss.call("PUT", draft, {"definition": {"nodes": nodes}}, version=flow["version"])
    return str(flow["id"])


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("area", PAGES)
def test_axe_finds_no_serious_fault(
    visit: Visit, boss: Person, ids: dict[str, str], area: str, size: tuple[int, int]
) -> None:
    visitor = visit(None if area == "public" else boss, size=size)
    found: list[str] = []
    for path in PAGES[area]:
        visitor.read(path.format(**ids))
        found += faults(visitor)
    assert "\n".join(found) == ""


def test_axe_finds_no_serious_fault_in_what_opens(visit: Visit, boss: Person, ids: dict[str, str]) -> None:
    visitor = visit(boss)
    page = visitor.read(f"/customers?parent_id={ids['customer']}")
    found: list[str] = []
    for name in OPENERS:
        opener = page.get_by_role("button", name=name).first
        opener.click()
        expect(
            page.get_by_role("menu").or_(page.get_by_role("dialog")).or_(page.get_by_role("tooltip")).first
        ).to_be_visible()
        visitor.settle()
        found += [f"{name} {fault}" for fault in faults(visitor, OLDER)]
        page.keyboard.press("Escape")
    assert "\n".join(found) == ""


def test_axe_finds_no_serious_fault_in_dialogs(visit: Visit, boss: Person, ids: dict[str, str]) -> None:
    visitor = visit(boss)
    found: list[str] = []
    for path, ways in DIALOGS.items():
        for way in ways:
            page = visitor.read(path.format(**ids))
            for name in way:
                begins = re.compile(f"^{re.escape(name)}")
                button = page.get_by_role("button", name=begins)
                button.or_(page.get_by_role("menuitem", name=begins)).first.click()
            expect(page.get_by_role("dialog").or_(page.get_by_role("tooltip")).first).to_be_visible()
            visitor.settle()
            found += [f"{name} {fault}" for fault in faults(visitor, OLDER)]
    assert "\n".join(found) == ""
