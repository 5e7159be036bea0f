"""What an administrator and everybody else do for the safety of their company and account."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person


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
