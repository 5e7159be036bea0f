"""No page shuts anybody out: axe finds nothing serious, light or dark, at a desk or on a phone."""

from functools import cache

import pytest
from playwright.sync_api import expect

from app.embedded.web_build import WEB, ensure_packages
from tests.browser.conftest import DESK, PHONE, Visit
from tests.browser.person import Person
from tests.browser.visitor import Visitor

PUBLIC = ("/sign-in", "/sign-up", "/forgot-password", "/reset-password", "/accept-invitation", "/mailbox")
SIGNED_IN = (
    "/customers",
    "/customers?q=nothing",
    "/customers?new=1",
    "/customers/{customer}",
    "/customers/{customer}?tab=contacts",
    "/customers/{customer}?edit=1",
    "/contacts",
    "/contacts?new=1",
    "/contacts/{contact}",
    "/imports/new",
    "/imports/{upload}",
    "/imports/{upload}?step=check",
    "/jobs",
    "/jobs/{job}",
    "/recycle-bin",
    "/notifications",
    "/settings/company",
    "/settings/departments",
    "/settings/users",
    "/settings/users?invite=1",
    "/settings/roles",
    "/settings/roles/{role}",
    "/settings/audit",
    "/settings/sessions",
    "/no-such-page",
)
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast"]
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


def faults(visitor: Visitor) -> list[str]:
    """What is seriously wrong with a page for those who cannot see or point; by night only colours differ."""
    page = visitor.page
    page.evaluate(axe())
    found = page.evaluate(RUN, EVERYTHING)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_class("dark")
    visitor.settle()
    found += page.evaluate(RUN, COLOURS)
    page.emulate_media(color_scheme="light")
    return [f"{page.url}: {fault}" for fault in found]


@pytest.fixture(scope="module")
def ids(boss: Person) -> dict[str, str]:
    """A record of each kind, and something in the bin."""
    customer = boss.customer("杭州云岫智能装备有限公司", phones=[{"number": "13800006021"}], tier="gold")
    contact = {"name": "周启明", "customer_id": customer["id"], "role": "decision_maker"}
    gone = boss.customer("宁波海岚供应链有限公司")
    boss.call("DELETE", f"/customers/{gone['id']}", version=gone["version"])
    upload = boss.upload("公司名称,手机,客户分级,序号\n深圳启衡电子技术有限公司,138000,重点,1\n")
    _, job = boss.bring_in("公司名称,手机\n苏州汇澜精密制造有限公司,13800006022\n坏行,138\n")
    return {
        "customer": customer["id"],
        "contact": boss.call("POST", "/contacts", contact)["id"],
        "upload": upload["id"],
        "job": job["id"],
        "role": boss.call("GET", "/roles")["items"][1]["id"],
    }


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_no_serious_fault(
    visit: Visit, boss: Person, ids: dict[str, str], size: tuple[int, int]
) -> None:
    found: list[str] = []
    stranger, member = visit(size=size), visit(boss, size=size)
    for who, paths in ((stranger, PUBLIC), (member, SIGNED_IN)):
        for path in paths:
            who.read(path.format(**ids))
            found += faults(who)
    assert "\n".join(found) == ""
