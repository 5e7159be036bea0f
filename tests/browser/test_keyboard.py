"""No mouse: everything can be found, opened, filled in and sent with keys."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import PASSWORD, Person
from tests.browser.visitor import told

NAMES = ("杭州云岫智能装备有限公司", "苏州汇澜精密制造有限公司", "宁波海岚供应链有限公司")


@pytest.fixture(scope="module", autouse=True)
def customers(boss: Person) -> None:
    """A few customers; the last is the newest."""
    for name in NAMES:
        boss.customer(name)


def test_the_search_opens_by_keys_and_its_hits_are_walked(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/contacts")
    opener = page.get_by_role("button", name="新建联系人").first
    opener.focus()
    page.keyboard.press("Control+k")
    search = page.get_by_role("dialog", name="搜索")
    expect(search.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(search).to_be_hidden()
    expect(opener).to_be_focused()

    page.keyboard.press("Control+k")
    expect(search.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("有限公司")
    hits = search.get_by_role("option")
    expect(hits).to_have_count(3)
    expect(hits.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_have_attribute("aria-selected", "true")
    name = hits.nth(1).locator(".clip").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(search).to_be_hidden()


def test_one_signs_in_by_keys(visit: Visit, boss: Person) -> None:
    page = visit().open("/sign-in")
    expect(page.get_by_label("手机号或邮箱")).to_be_focused()
    page.keyboard.type(boss.login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="客户", exact=True)).to_be_visible()


def test_a_form_is_filled_in_and_sent_by_keys(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/contacts")
    expect(page.get_by_role("heading", name="还没有联系人")).to_be_visible()
    page.keyboard.press("n")
    drawer = page.get_by_role("dialog", name="新建联系人")
    expect(drawer.get_by_label("姓名")).to_be_focused()
    page.keyboard.type("周启明")
    page.keyboard.press("Tab")
    expect(drawer.get_by_label("所属客户")).to_be_focused()
    page.keyboard.type("hailan")
    expect(page.get_by_role("option", name=NAMES[2])).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(drawer.get_by_label("职务")).to_be_focused()
    page.keyboard.type("采购总监")
    page.keyboard.press("Enter")
    told(page, "已新建联系人“周启明”")

    (contact,) = boss.call("GET", "/contacts")["items"]
    assert (contact["name"], contact["customer"]["name"], contact["title"]) == (
        "周启明",
        NAMES[2],
        "采购总监",
    )


def test_a_list_is_walked_and_a_record_edited_by_keys(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/customers")
    rows = page.locator(".name-cell")
    expect(rows).to_have_count(len(NAMES))
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    name = rows.nth(1).inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=name)).to_be_visible()

    page.keyboard.press("e")
    drawer = page.get_by_role("dialog", name="编辑客户")
    expect(drawer).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
