"""Price books: made, filled from the catalogue, typed like a sheet, put to use, adjusted, and then found."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person
from tests.browser.visitor import told


def _sell(boss: Person, *names: str) -> None:
    for name in names:
        boss.call("POST", "/products", {"name": name, "list_price": {"amount": 10_000, "currency": "CNY"}})


def _price(page: Page, name: str, least: str = "0") -> str:
    return page.get_by_role("textbox", name=f"{name}的单价，起订量 {least}").input_value()


def test_a_price_book_is_kept(visit: Visit, boss: Person) -> None:
    _sell(boss, "球阀", "水泵")
    page = visit(boss).open("/price-books")
    page.get_by_role("button", name="新建价目表").first.click()
    form = page.get_by_role("dialog", name="新建价目表")
    form.get_by_role("button", name="保存价目表").click()
    expect(form.get_by_text("填写价目表名称")).to_be_visible()
    form.get_by_label("名称").fill("标准价")
    form.get_by_label("名称").press("Enter")
    told(page, "已新建“标准价”")
    expect(page.get_by_role("heading", name="标准价", exact=True)).to_be_visible()

    page.get_by_role("button", name="添加产品").first.click()
    picker = page.get_by_role("dialog", name="添加产品")
    picker.get_by_text("选择列出的 2 个").click()
    picker.get_by_role("button", name="添加 2 个产品").click()
    page.get_by_role("textbox", name="球阀的单价，起订量 0").fill("90")
    page.get_by_role("button", name="给球阀加一档数量价").click()
    page.get_by_role("textbox", name="球阀的起订量，第 2 档").fill("10")
    page.get_by_role("textbox", name="球阀的单价，起订量 10").fill("80")
    page.get_by_role("textbox", name="球阀的底价，起订量 10").fill("85")
    page.get_by_role("button", name="保存价格").click()
    expect(page.get_by_text("底价不能高于单价")).to_be_visible()
    page.get_by_role("textbox", name="球阀的底价，起订量 10").fill("70.5")
    page.get_by_role("button", name="保存价格").click()
    told(page, "已保存 2 个产品的价格")
    page.get_by_role("button", name="启用价目表").click()
    told(page, "已启用“标准价”")

    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="整体调价").click()
    dialog = page.get_by_role("dialog", name="整体调价")
    dialog.get_by_label("调整幅度").fill("-10")
    expect(dialog.get_by_role("cell", name="¥81.00", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="调整全部价格").click()
    told(page, "已调整“标准价”的全部价格")
    expect(page.get_by_role("textbox", name="球阀的单价，起订量 10")).to_have_value("72.00")
    assert (_price(page, "球阀"), _price(page, "水泵")) == ("81.00", "90.00")

    [valve] = [one for one in boss.call("GET", "/products")["items"] if one["name"] == "球阀"]
    page.goto(f"{page.url.partition('/price-books')[0]}/products/{valve['id']}")
    expect(page.get_by_text("标准价 · 来自“标准价” · 目录价的 81%")).to_be_visible()
    page.get_by_role("textbox", name="数量").fill("12")
    expect(page.get_by_text("标准价 · 来自“标准价” · 满 10 起 · 目录价的 72%")).to_be_visible()


def test_who_was_overtaken_is_asked_and_keeps_what_was_typed(visit: Visit, boss: Person) -> None:
    _sell(boss, "球阀", "水泵")
    book = boss.call(
        "POST", "/price-books", {"name": "标准价", "kind": "standard", "valid_from": "2026-01-01"}
    )
    products = {one["name"]: one["id"] for one in boss.call("GET", "/products")["items"]}
    path = f"/price-books/{book['id']}"

    def typed(name: str, amount: int, version: int) -> None:
        steps = [{"from_quantity": "0", "unit_price": amount}]
        sent = {"products": [{"product_id": products[name], "steps": steps}]}
        boss.call("PATCH", f"{path}/prices", sent, version=version)

    typed("球阀", 9_000, 1)
    visitor = visit(boss, size=PHONE)
    visitor.expected.add(412)
    page = visitor.open(path)
    page.get_by_role("textbox", name="球阀的单价，起订量 0").fill("85")
    typed("水泵", 5_000, 2)
    page.get_by_role("button", name="保存价格").click()
    page.get_by_role("button", name="保存我的价格").click()
    told(page, "已保存 1 个产品的价格")
    expect(page.get_by_role("textbox", name="水泵的单价，起订量 0")).to_have_value("50.00")
    assert _price(page, "球阀") == "85.00"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
