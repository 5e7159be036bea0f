"""The catalogue: a category and a product made, found by category, retired, deleted and taken back."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person
from tests.browser.visitor import told


def test_the_catalogue_is_kept(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/products")
    page.get_by_role("button", name="新建分类").click()
    page.get_by_label("分类名称").fill("轴承")
    page.get_by_role("button", name="保存分类").click()
    told(page, "已新建分类“轴承”")
    page.get_by_role("navigation", name="分类").get_by_role("button", name="轴承 0", exact=True).click()

    page.get_by_role("button", name="新建产品").first.click()
    form = page.get_by_role("dialog", name="新建产品")
    form.get_by_role("button", name="保存产品").click()
    expect(form.get_by_text("填写产品名称")).to_be_visible()
    form.get_by_label("产品名称").fill("深沟球轴承")
    form.get_by_label("产品编号").fill("ZC-6204")
    form.get_by_role("textbox", name="目录价").fill("1280.5")
    form.get_by_label("成本").fill("760")
    form.get_by_role("button", name="保存产品").click()
    told(page, "已新建产品“深沟球轴承”")

    page.get_by_role("link", name="深沟球轴承", exact=True).click()
    expect(page.get_by_role("heading", name="深沟球轴承")).to_be_visible()
    expect(page.get_by_text("毛利率 40.6%")).to_be_visible()
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="停用产品").click()
    told(page, "已停用“深沟球轴承”")
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="删除产品").click()
    told(page, "已删除“深沟球轴承”")
    page.locator(".toast", has_text="已删除").get_by_role("button", name="撤销").click()
    expect(page.get_by_role("heading", name="深沟球轴承")).to_be_visible()
    [made] = boss.call("GET", "/products")["items"]
    assert (made["state"], made["list_price"]["amount"], made["category"]["name"]) == (
        "retired", 128_050, "轴承",
    )  # fmt: skip


def test_the_catalogue_fits_a_phone(visit: Visit, boss: Person) -> None:
    price = {"amount": 128_000, "currency": "CNY"}
    boss.call("POST", "/products", {"name": "二位五通电磁阀 " * 8, "code": "QD-4V210", "list_price": price})
    page = visit(boss, size=PHONE).open("/products")
    expect(page.get_by_text("¥1,280.00")).to_be_visible()
    page.get_by_role("button", name="分类").click()
    expect(page.get_by_role("button", name="全部产品")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_products_are_changed_in_their_list(visit: Visit, boss: Person) -> None:
    price = {"amount": 128_000, "currency": "CNY"}
    boss.call("POST", "/product-categories", {"name": "气动元件"})
    for name in ("换向阀甲", "换向阀乙"):
        boss.call("POST", "/products", {"name": name, "list_price": price})
    page = visit(boss).open("/products?q=换向阀")
    page.get_by_role("row").filter(has_text="换向阀甲").get_by_text("¥1,280.00").dblclick()
    page.get_by_role("textbox", name="目录价").fill("1300")
    page.keyboard.press("Enter")
    told(page, "换向阀甲")
    expect(page.get_by_role("row").filter(has_text="换向阀甲").get_by_text("¥1,300.00")).to_be_visible()

    page.locator("thead .el-checkbox").click()
    page.get_by_role("toolbar", name="批量操作").get_by_role("button", name="修改").click()
    drawer = page.get_by_role("dialog", name="修改 2 个产品")
    drawer.get_by_role("combobox").click()
    page.get_by_role("option", name="分类", exact=True).click()
    drawer.get_by_role("combobox", name="分类").click(force=True)
    page.get_by_role("option", name="气动元件").click()
    drawer.get_by_role("button", name="修改 2 个产品").click()
    expect(page.get_by_text("批量修改产品：分类，已处理 2 个")).to_be_visible()
    assert {one["category"]["name"] for one in boss.call("GET", "/products?q=换向阀")["items"]} == {
        "气动元件"
    }
