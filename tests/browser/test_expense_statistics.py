"""Expenses in numbers: added up, narrowed by a line, saved as a file, and the claims behind them."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person

YEAR = "/expense-statistics?period=own&first=2026-01-01&last=2026-12-31"


def _claim(person: Person, title: str, *spent: tuple[int, str]) -> None:
    kinds = {one["name"]: one["id"] for one in person.call("GET", "/expense-kinds")["items"]}
    lines = [{"kind_id": kinds["差旅补贴"], "spent_on": day, "amount": amount} for amount, day in spent]
    made = person.call("POST", "/expense-claims", {"title": title, "lines": lines})
    person.call("POST", f"/expense-claims/{made['id']}/submission", {}, version=made["version"])


def _cells(page: Page, part: str, name: str) -> list[str]:
    row = page.get_by_role("region", name=part).get_by_role("row", name=re.compile(name))
    return [text.strip() for text in row.get_by_role("cell").all_inner_texts()]


def test_numbers_are_narrowed_saved_and_lead_to_the_claims(
    visit: Visit, boss: Person, arrive: Arrive, tmp_path: Path
) -> None:
    [seller] = boss.gather(arrive, 林知夏="sales")
    _claim(seller, "上海出差", (30_000, "2026-02-10"), (45_000, "2026-03-11"))
    _claim(boss, "北京出差", (25_000, "2026-03-12"))
    page = visit(boss).open(YEAR)
    expect(page.get_by_text("¥1,000.00").first).to_be_visible()
    assert _cells(page, "按报销人", "林知夏") == ["林知夏", "¥750.00", "75.0%", "2", "—", "上期没有"]
    assert _cells(page, "按月", "2026-03")[:4] == ["2026-03", "¥700.00", "70.0%", "2"]
    expect(page.get_by_role("img", name="每个月的费用，按类型分段")).to_be_visible()
    with page.expect_download() as saving:
        page.get_by_role("button", name="导出按报销人的表格").click()
    file = tmp_path / "numbers.csv"
    saving.value.save_as(file)
    assert saving.value.suggested_filename == "费用统计-按报销人-2026-01-01-2026-12-31.csv"
    assert file.read_text("utf-8-sig").splitlines()[1:] == [
        '"林知夏",750.00,2,75.0%,0.00',
        '"秦明远",250.00,1,25.0%,0.00',
    ]

    page.get_by_role("button", name="只看2026-03").click()
    expect(page.get_by_text("¥700.00").first).to_be_visible()
    page.get_by_role("button", name="只看林知夏").click()
    expect(page.get_by_text("¥450.00").first).to_be_visible()
    expect(page.get_by_text("+50.0%").first).to_be_visible()
    page.get_by_role("link", name="查看报销单").click()
    expect(page.get_by_role("link", name="上海出差")).to_be_visible()
    expect(page.get_by_role("link", name="北京出差")).to_have_count(0)


def test_who_sells_counts_only_what_is_their_own_on_a_phone_too(
    visit: Visit, boss: Person, arrive: Arrive
) -> None:
    [seller] = boss.gather(arrive, 叶舟="sales")
    _claim(boss, "北京出差", (25_000, "2026-03-12"))
    _claim(seller, "广州出差", (8_000, "2026-03-12"))
    page = visit(seller, size=PHONE).open(YEAR)
    expect(page.get_by_text("¥80.00").first).to_be_visible()
    assert _cells(page, "按报销人", "叶舟")[:2] == ["叶舟", "¥80.00"]
    expect(page.get_by_role("button", name=re.compile("导出"))).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
