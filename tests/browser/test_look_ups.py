"""A customer that a look-up does not find is made in place, and chosen."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import told


def test_a_contact_gets_a_customer_that_was_not_there(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/contacts?new=1")
    drawer = page.get_by_role("dialog", name="新建联系人")
    drawer.get_by_label("姓名").fill("周启明")
    drawer.get_by_label("所属客户").click()
    page.keyboard.type("湖州新立机械有限公司")
    page.get_by_role("button", name="新建“湖州新立机械有限公司”").click()
    quick = page.get_by_role("group", name="新建客户")
    expect(quick.get_by_label("客户名称")).to_have_value("湖州新立机械有限公司")
    quick.get_by_label("电话").fill("13800001234")
    quick.get_by_role("button", name="保存并选用").click()
    told(page, "湖州新立机械有限公司")
    drawer.get_by_label("职务").fill("采购总监")
    drawer.get_by_role("button", name="保存", exact=False).last.click()
    told(page, "已新建联系人“周启明”")

    (contact,) = boss.call("GET", "/contacts")["items"]
    (customer,) = boss.call("GET", "/customers")["items"]
    assert (contact["customer"]["id"], customer["name"]) == (customer["id"], "湖州新立机械有限公司")
    assert customer["phones"][0]["number"] == "+8613800001234"


def test_a_customer_that_wants_more_is_filled_in_in_the_whole_form(visit: Visit, arrive: Arrive) -> None:
    boss = arrive().sign_up()
    boss.call(
        "POST", "/fields", {"entity": "customer", "label": "行业编号", "kind": "text", "required": True}
    )
    visitor = visit(boss)
    visitor.expected.add(422)
    page = visitor.open("/contacts?new=1")
    drawer = page.get_by_role("dialog", name="新建联系人")
    drawer.get_by_label("姓名").fill("周启明")
    drawer.get_by_label("所属客户").click()
    page.keyboard.type("湖州新立机械有限公司")
    page.get_by_role("button", name="新建“湖州新立机械有限公司”").click()
    quick = page.get_by_role("group", name="新建客户")
    quick.get_by_label("电话").fill("13800001234")
    quick.get_by_role("button", name="保存并选用").click()
    whole = page.get_by_role("dialog", name="新建客户")
    expect(whole.get_by_label("客户名称")).to_have_value("湖州新立机械有限公司")
    whole.get_by_label("行业编号").fill("C34")
    whole.get_by_role("button", name="保存", exact=False).last.click()
    told(page, "湖州新立机械有限公司")
    expect(whole).to_be_hidden()
    drawer.get_by_role("button", name="保存", exact=False).last.click()
    told(page, "已新建联系人“周启明”")

    (contact,) = boss.call("GET", "/contacts")["items"]
    (customer,) = boss.call("GET", "/customers")["items"]
    assert (contact["customer"]["id"], customer["name"]) == (customer["id"], "湖州新立机械有限公司")
    assert customer["phones"][0]["number"] == "+8613800001234"
