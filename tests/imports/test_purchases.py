"""Files of purchases: the same is not brought in twice; tried out, brought in, changed, taken back."""

import pytest

from app.imports import running
from tests.assets.site import customer, day
from tests.imports.conftest import Desk
from tests.imports.filing import Filing, done, effects
from tests.products.test_products import product
from tests.purchases.test_purchases import buy
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent

DIRTY = (
    "订单号;下单日期;购货单位;商品编码;商品名称;数量;单位;价税合计（元）;币种;收货人;备注\n"
    "XS-1;2024/3/18;澄川科技;LX-1;;2箱;;1,280.50;;周宁;\n"
    "XS-1;20240318;澄川科技;;上门安装;1;次;;;;\n"
    "XS-2;18 Mar 2024;澄川科技;;滤芯;1.5;支;0.3万;;;\n"
    "XS-3;2024-03-18 09:41;云岫智能;;进口滤芯;3;;385.5;美元;;\n"
    "xs1;2024年3月18日;澄川科技;LX-1;滤芯;9;;1;;;\n"
    ";2024-04-01;云岫智能;;咖啡豆;5;袋;300;;;\n"
    ";2024-04-01;云岫智能;;咖啡豆;6;袋;360;;;\n"
    "XS-4;2024/2/30;云岫智能;;日子不对;1;;;;;\n"
    "XS-5;{tomorrow};云岫智能;;还没买;1;;;;;\n"
    "XS-6;2024-04-01;云岫智能;;金额不对;1;;面议;;;\n"
    "XS-7;2024-04-01;云岫智能;;数量不对;一批;;;;;\n"
    "XS-8;2024-04-01;云岫智能;;没有这人;1;;;;周宁;\n"
    "XS-9;;云岫智能;;没有日期;1;;;;;\n"
    "XS-9;2024-04-01;;;没有客户;1;;;;;\n"
)
WRONG = {
    "日子不对": ["购买日期：应为日期，例如 2026-03-18"],
    "还没买": ["购买日期：购买日期不能晚于今天"],
    "金额不对": ["金额：“面议” 不是金额，例如 35 万 或 1,234.50"],
    "数量不对": ["数量：应为大于 0 的数量，例如 2.5"],
    "没有这人": ["联系人：这位客户下没有联系人 “周宁”"],
    "没有日期": ["购买日期：必填"],
    "没有客户": ["客户：必填"],
}


@pytest.fixture
def filing(desk: Desk) -> Filing:
    return Filing(desk, "purchase")


@pytest.mark.parametrize("chunk", [500, 1])
def test_reads_what_people_keep_of_sales(filing: Filing, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(running, "CHUNK", chunk)
    admin = filing.desk.browser
    first, second = customer(admin, "澄川科技"), customer(admin, "云岫智能")
    person = admin.post("/contacts", {"name": "周宁", "customer_id": first["id"]}).json
    core = product(admin, name="滤芯", code="LX-1")
    raw = DIRTY.format(tomorrow=day(1)).encode("utf-16")
    wanted = filing.upload(raw)
    assert list(wanted["mapping"]["columns"].values()) == [
        "reference", "bought_on", "customer", "product", "name", "quantity", "unit", "amount", "currency",
        "contact", "remark",
    ]  # fmt: skip
    assert wanted["mapping"]["match_by"] == "document"
    assert wanted["preview"][0]["values"]["bought_on"] == "2024-03-18"
    tried = filing.check(raw)
    assert filing.listed() == []
    job = filing.run(raw)
    for one in (tried, job):
        assert (done(one), effects(one)) == (("succeeded", 6, 1, 7), {"created": 6})
        assert dict(filing.told(one, "failed")) == WRONG
        assert filing.told(one, "skipped") == [("滤芯", ["与前面的行是同一条购买记录，按设置跳过"])]
    boxes, fitting, cores, foreign, beans, more = filing.listed()
    assert (boxes["name"], boxes["product"]["id"], boxes["contact"]["id"], boxes["source"]) == (
        "滤芯", core["id"], person["id"], "file",
    )  # fmt: skip
    assert (boxes["quantity"], boxes["unit"], boxes["amount"], boxes["bought_on"]) == (
        "2", "箱", {"amount": 128_050, "currency": "CNY"}, "2024-03-18",
    )  # fmt: skip
    assert (fitting["name"], fitting["product"], fitting["amount"], fitting["reference"]) == (
        "上门安装", None, None, "XS-1",
    )  # fmt: skip
    assert (cores["product"]["id"], cores["quantity"], cores["unit"], cores["amount"]["amount"]) == (
        core["id"], "1.5", "支", 300_000,
    )  # fmt: skip
    assert (foreign["amount"], foreign["customer"]["id"]) == (
        {"amount": 38_550, "currency": "USD"}, second["id"],
    )  # fmt: skip
    assert (beans["quantity"], more["quantity"]) == ("5", "6")
    assert done(filing.run(raw)) == ("succeeded", 0, 7, 7), "no purchase comes in twice"
    assert len(filing.listed()) == 6


def test_what_was_told_by_hand_is_not_brought_in_again(filing: Filing) -> None:
    at = customer(filing.desk.browser, "澄川科技")
    buy(filing.desk.browser, at, name="滤芯", reference="DD-7", bought_on="2024-03-18")
    content = "单号,日期,客户,品名,数量\ndd7,2024-03-18,澄川科技,滤芯,3\n"
    job = filing.run(content)
    assert filing.told(job, "skipped") == [("滤芯", ["已有这条购买记录，按设置跳过"])]
    assert effects(filing.run(content, on_duplicate="create")) == {"created": 1}


def test_feeds_the_rhythm_of_the_customer_at_once(filing: Filing) -> None:
    admin = filing.desk.browser
    at = customer(admin, "澄川科技")
    content = "日期,客户,品名\n" + "".join(f"{day(-days)},澄川科技,滤芯\n" for days in (70, 40, 10))
    assert effects(filing.run(content)) == {"created": 3}
    summed = admin.get(f"/customers/{at['id']}/purchase-summary").json
    [one] = summed["products"]
    assert (one["name"], one["count"], one["rhythm"]) == ("滤芯", 3, {"days": 30, "expected_on": day(20)})


def test_changes_what_is_there_and_takes_it_back(filing: Filing) -> None:
    admin = filing.desk.browser
    at = customer(admin, "澄川科技")
    core = product(admin, name="精密滤芯", code="LX-1")
    there = buy(
        admin, at, name="滤芯", reference="DD-7", bought_on="2024-03-18", quantity="2", unit="支",
        amount={"amount": 100, "currency": "CNY"},
    )  # fmt: skip
    content = f"系统编号,单号,购买日期,数量,金额,商品编码\n{there['id']},DD-8,2024-03-19,3箱,US$ 5,LX-1\n"
    rules = {"on_missing": "skip"}
    job = filing.run(content, **rules)
    assert effects(job) == {"updated": 1}
    [(_, said)] = filing.told(job, "succeeded")
    assert set(said) == {
        "单号：DD-7 → DD-8", "购买日期：2024-03-18 → 2024-03-19", "数量：2 → 3", "单位：支 → 箱",
        "金额：¥1.00 → USD 5.00", "产品：— → 精密滤芯",
    }  # fmt: skip
    [now] = filing.listed()
    assert (now["name"], now["product"]["id"], now["version"]) == ("滤芯", core["id"], 2)
    assert done(filing.undo(job)) == ("succeeded", 1, 0, 0)
    [back] = filing.listed()
    moved = {"version", "updated_at"}
    assert {n: v for n, v in back.items() if n not in moved} == {
        name: there[name] for name in back if name not in moved
    }


def test_what_somebody_has_touched_since_is_not_taken_back(filing: Filing) -> None:
    admin = filing.desk.browser
    customer(admin, "澄川科技")
    job = filing.run("日期,客户,品名\n2024-03-18,澄川科技,滤芯\n2024-03-19,澄川科技,轴承\n")
    touched = next(one for one in filing.listed() if one["name"] == "轴承")
    changed = admin.patch(f"/purchases/{touched['id']}", {"remark": "急"}, version=touched["version"])
    assert changed.status_code == 200, changed.json
    back = filing.undo(job)
    assert done(back) == ("succeeded", 1, 1, 0)
    assert filing.told(back, "skipped") == [("轴承", ["导入后有人改动过，保持现状"])]
    assert [one["name"] for one in filing.listed()] == ["轴承"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_bringing_ones_own_export_in_changes_nothing(filing: Filing, suffix: str) -> None:
    admin = filing.desk.browser
    at = customer(admin, "澄川科技")
    dollars = {"amount": 38_550, "currency": "USD"}
    buy(admin, at, quantity="2.5", unit="箱", amount=dollars, reference="DD-7", remark="两\n行")
    buy(admin, at, name=None, product_id=product(admin)["id"])
    before = filing.listed()
    asked = admin.post("/exports", {"type": "purchase", "format": suffix}).json
    filing.desk.work()
    file = admin.get(f"/jobs/{asked['id']}/file").data
    job = filing.run(file, f"购买.{suffix}")
    assert effects(job) == {"unchanged": 2}, filing.desk.rows(job)
    assert filing.listed() == before


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("品名,颜色", ["host-not-mapped", "day-not-mapped"]),
        ("客户,日期", ["purchase-name-not-mapped"]),
    ],
)
def test_needs_a_name_a_customer_and_a_day(filing: Filing, heading: str, codes: list[str]) -> None:
    wanted = filing.upload(f"{heading}\n红的,红\n")
    refused = filing.desk.browser.post(f"/imports/{wanted['id']}/run")
    assert (refused.status_code, [one["code"] for one in refused.json["errors"]]) == (422, codes)


def test_brings_nothing_in_for_customers_that_one_does_not_see(filing: Filing, company: Company) -> None:
    customer(company.admin, "澄川科技")
    grants = dict.fromkeys(("customer:import", "job:read", "asset:create"), "all")
    role = {"name": "登记员", "permissions": {**grants, "customer:read": "own", "asset:read": "own"}}
    assert company.admin.post("/roles", role).status_code == 201
    theirs = Filing(Desk(company, hire(company, "登记员").browser), "purchase")
    job = theirs.run("日期,客户,品名\n2024-03-18,澄川科技,滤芯\n")
    assert theirs.told(job, "failed") == [("滤芯", ["客户：没有找到客户 “澄川科技”，请先导入客户"])]
    assert filing.listed() == []


@pytest.mark.parametrize("record_type", ["asset", "purchase"])
def test_there_is_a_file_to_fill_in(filing: Filing, record_type: str) -> None:
    browser = filing.desk.browser
    template = browser.get(f"/import-template?type={record_type}&format=csv")
    headings = template.data.decode("utf-8-sig").strip().split(",")
    assert {"客户", "联系人", "产品"} <= set(headings)
    assert "系统编号" not in headings
    book = browser.get(f"/import-template?type={record_type}")
    assert (book.status_code, book.data[:2]) == (200, b"PK")


def test_the_statements_of_a_chunk_do_not_depend_on_how_many(filing: Filing) -> None:
    admin = filing.desk.browser
    customer(admin, "澄川科技")
    product(admin, name="滤芯", code="LX-1")
    counts = []
    for rules in ({}, {"on_duplicate": "update"}):
        for count in (1, 2, 40):
            lines = "".join(f"D{count}-{i},2024-03-18,澄川科技,LX-1,{len(rules)}\n" for i in range(count))
            wanted = filing.desk.map(filing.upload(f"单号,日期,客户,商品编码,备注\n{lines}"), **rules)
            filing.desk.start(wanted)
            with sent() as statements:
                filing.desk.work()
            counts.append(len(statements))
    assert counts[1] == counts[2], counts
    assert counts[4] == counts[5], counts
    assert {one["remark"] for one in filing.listed()} == {"1"}
