"""What an administrator and everybody else do for the safety of their company and account."""

import re

import pyotp
from playwright.sync_api import APIResponse, Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import PASSWORD, Arrive, Person
from tests.browser.visitor import told


def test_the_audit_log_is_searched_and_says_how_far_it_is_sealed(visit: Visit, boss: Person) -> None:
    visitor = visit(boss)
    boss.customer("杭州云岫智能装备有限公司")
    boss.customer("苏州汇澜精密制造有限公司")
    page = visitor.open("/settings/audit")
    expect(page.get_by_text(re.compile("封存"))).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="汇澜")).to_be_visible()
    page.get_by_placeholder("按对象名称查找").fill("云岫")
    expect(page.get_by_role("row").filter(has_text="汇澜")).to_have_count(0)
    expect(page.get_by_role("row").filter(has_text="杭州云岫智能装备有限公司")).to_have_count(1)
    page.get_by_placeholder("按对象名称查找").fill("没有这个名字")
    expect(page.get_by_text("没有符合条件的日志")).to_be_visible()


def test_the_audit_log_fits_a_phone(visit: Visit, boss: Person) -> None:
    visitor = visit(boss, size=PHONE)
    page = visitor.read("/settings/audit")
    expect(page.get_by_text(re.compile("封存"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def set_up(page: Page) -> pyotp.TOTP:
    """Go through the steps of setting two-step sign-in up."""
    page.get_by_label("当前密码").first.fill(PASSWORD)
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("img", name="供验证器扫描的二维码")).to_be_visible()
    totp = pyotp.TOTP(page.locator(".key").inner_text())
    page.get_by_label("动态码").fill(totp.now())
    page.get_by_role("button", name="开启两步验证").click()
    expect(page.get_by_role("list", name="保存好备用码").get_by_role("listitem")).to_have_count(10)
    return totp


def recovery_codes(page: Page) -> list[str]:
    return page.get_by_role("list", name="保存好备用码").get_by_role("listitem").all_inner_texts()


def test_two_step_sign_in_is_turned_on_used_and_turned_off(visit: Visit, arrive: Arrive) -> None:
    person = arrive().sign_up()
    visitor = visit(person)
    page = visitor.open("/settings/sessions")
    section = page.locator(".settings-body .section").filter(has_text="两步验证")
    section.get_by_role("button", name="开启两步验证").click()
    page.get_by_label("当前密码").last.fill(PASSWORD)
    section.get_by_role("button", name="继续").click()
    expect(section.get_by_role("img", name="供验证器扫描的二维码")).to_be_visible()
    totp = pyotp.TOTP(section.locator(".key").inner_text())
    section.get_by_label("动态码").fill(totp.now())
    section.get_by_role("button", name="开启两步验证").click()
    told(page, "已开启两步验证")
    codes = recovery_codes(page)
    section.get_by_role("button", name="我已保存好").click()
    expect(section).to_contain_text("还有 10 个备用码")

    other = visit()
    other.expected.add(422)
    page = other.open("/sign-in")
    page.get_by_label("手机号或邮箱").fill(person.login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", name="输入动态码")).to_be_visible()
    page.get_by_label("动态码或备用码").fill("000000x")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("动态码不对")
    page.get_by_label("动态码或备用码").fill(codes[0])
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", name="客户").first).to_be_visible()

    page = other.open("/settings/sessions")
    section = page.locator(".settings-body .section").filter(has_text="两步验证")
    expect(section).to_contain_text("还有 9 个备用码")
    section.get_by_role("button", name="关闭两步验证").click()
    section.get_by_label("当前密码").fill(PASSWORD)
    section.get_by_label("动态码或备用码").fill(codes[1])
    section.get_by_role("button", name="关闭两步验证").click()
    told(page, "已关闭两步验证")
    expect(section.get_by_role("button", name="开启两步验证")).to_be_visible()


def test_a_role_that_demands_it_lets_nobody_past_on_a_phone(visit: Visit, arrive: Arrive) -> None:
    boss = arrive().sign_up()
    (seller,) = boss.gather(arrive, 林知夏="sales")
    visitor = visit(boss)
    page = visitor.open("/settings/roles")
    page.get_by_role("link", name="销售").click()
    page.get_by_text("要求两步验证", exact=True).click()
    page.get_by_role("button", name="保存角色").click()
    told(page, "已保存角色“销售”")

    guest = visit(seller, size=PHONE)
    page = guest.open("/customers")
    expect(page.get_by_role("heading", name="先开启两步验证")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    set_up(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.get_by_role("button", name="我已保存好").click()
    expect(page.get_by_text("还没有客户")).to_be_visible()


def test_a_token_is_made_used_seen_and_revoked(visit: Visit, arrive: Arrive) -> None:
    boss = arrive().sign_up()
    boss.customer("杭州云岫智能装备有限公司")
    visitor = visit(boss)
    page = visitor.open("/settings/api-tokens")
    expect(page.get_by_text("还没有 API 令牌")).to_be_visible()
    page.get_by_role("button", name="新建令牌").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="新建令牌").click()
    expect(drawer.get_by_text("请填写用途")).to_be_visible()
    drawer.get_by_label("用途").fill("同步订单的脚本")
    drawer.get_by_text("客户", exact=True).click()
    drawer.get_by_role("button", name="新建令牌").click()
    secret = drawer.get_by_label("令牌", exact=True).inner_text()
    expect(drawer.get_by_label("调用示例")).to_contain_text(f"Bearer {secret}")
    drawer.get_by_role("button", name="我已保存好").click()
    keys = page.get_by_role("list", name="API 令牌")
    expect(keys.get_by_role("listitem")).to_contain_text("只读 · 客户")

    def asked() -> APIResponse:
        program = arrive().request
        return program.get(f"{boss.site}/api/v1/customers", headers={"Authorization": f"Bearer {secret}"})

    assert asked().json()["items"][0]["name"] == "杭州云岫智能装备有限公司"
    page = visitor.open("/settings/api-tokens?of=everyone")
    expect(keys.get_by_role("listitem")).to_contain_text("秦明远")
    expect(keys.get_by_role("listitem")).to_contain_text("来自 127.0.0.1")
    page.get_by_role("button", name="撤销令牌“同步订单的脚本”").click()
    page.get_by_role("dialog").get_by_role("button", name="撤销令牌").click()
    told(page, "已撤销令牌“同步订单的脚本”")
    expect(keys.get_by_role("listitem")).to_contain_text("已撤销")
    assert asked().status == 401


def test_a_webhook_is_made_tested_looked_into_and_sent_again(visit: Visit, arrive: Arrive) -> None:
    """Nothing is let into the inside: the test must fail, say why, and be sent once more."""
    visitor = visit(arrive().sign_up())
    visitor.expected.add(422)
    page = visitor.open("/settings/webhooks")
    page.get_by_role("button", name="新建 Webhook").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("名称").fill("订单系统")
    drawer.get_by_label("接收地址").fill("https://127.0.0.1/hook")
    drawer.get_by_text("新建客户", exact=True).click()
    drawer.get_by_role("button", name="保存 Webhook").click()
    expect(drawer.get_by_text("不能发往内部网络的地址")).to_be_visible()
    drawer.get_by_label("接收地址").fill("https://hooks.invalid/guanxi")
    drawer.get_by_role("button", name="保存 Webhook").click()
    expect(drawer.get_by_label("签名密钥", exact=True)).to_contain_text("whsec_")
    drawer.get_by_role("button", name="我已保存好").click()
    page.get_by_role("link", name="订单系统").click()
    page.get_by_role("button", name="发送测试").click()
    told(page, "已发出测试通知")
    lines = page.get_by_role("list", name="发送记录").get_by_role("listitem")
    expect(lines).to_have_count(1)
    for tries in (1, 2):
        lines.get_by_role("button", name="查看“测试”的发送详情").click()
        drawer = page.get_by_role("dialog", name="测试")
        attempts = drawer.get_by_role("list", name="每次发送").get_by_role("listitem")
        while attempts.count() < tries:
            drawer.get_by_role("button", name="关闭").click()
            lines.get_by_role("button", name="查看“测试”的发送详情").click()
            drawer.get_by_label("发送的内容").wait_for()
        expect(attempts.first).to_contain_text("找不到这个域名")
        expect(drawer.get_by_label("发送的内容")).to_contain_text('"event": "ping"')
        if tries == 1:
            drawer.get_by_role("button", name="重新发送").click()
            told(page, "已安排重新发送")
        drawer.get_by_role("button", name="关闭").click()
    page.get_by_role("button", name="“订单系统”的更多操作").click()
    page.get_by_role("menuitem", name="暂停").click()
    told(page, "已暂停“订单系统”")
    expect(page.get_by_text("已手动暂停")).to_be_visible()


def test_an_administrator_says_what_the_company_demands(visit: Visit, arrive: Arrive) -> None:
    boss = arrive().sign_up()
    visitor = visit(boss)
    visitor.expected.add(422)
    page = visitor.open("/settings/security")
    page.get_by_label("最短长度").fill("14")
    networks = page.get_by_label("允许进入的网络", exact=True)
    networks.fill("203.0.113.0/24")
    page.get_by_role("button", name="保存安全设置").click()
    expect(page.get_by_text("你现在的地址 127.0.0.1 不在其中")).to_be_visible()
    networks.fill("203.0.113.0/24\n127.0.0.0/8")
    page.get_by_text("允许同事使用 API 令牌").click()
    page.get_by_role("button", name="保存安全设置").click()
    told(page, "已保存安全设置")
    policy = boss.call("GET", "/security-policy")
    assert (policy["password_length"], policy["tokens_allowed"]) == (14, False)
    assert policy["networks"] == ["203.0.113.0/24", "127.0.0.0/8"]
    page.get_by_label("两步验证", exact=True).get_by_text("销售", exact=True).click()
    told(page, "“销售”已要求两步验证")
    page = visitor.open("/settings/sessions")
    page.get_by_label("当前密码").first.fill(PASSWORD)
    page.get_by_label("新密码").first.fill("a horse 9")
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_text("密码至少 14 位，现在是 9 位")).to_be_visible()
    page = visitor.open("/settings/api-tokens")
    expect(page.get_by_text("企业没有开放 API 令牌")).to_be_visible()
