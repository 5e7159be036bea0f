"""Files of products: recognised, tried out, brought in, changed and taken back."""

from typing import Any

import pytest

from app.imports import running
from tests.imports.conftest import Desk
from tests.products.test_products import category, product
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent

Json = dict[str, Any]
SALES = (
    "product,series,sales_price\n"
    "GTX Basic,GTX,550\n"
    "GTX Pro,GTX,4821\n"
    "MG Special,MG,55\n"
    "MG Advanced,MG,3393\n"
    "GTX Plus Pro,GTX,5482\n"
    "GTX Plus Basic,GTX,1096\n"
    "GTK 500,GTK,26768\n"
)
LIST = (
    "产品编号,品名,产品分类,规格型号,计量单位,币种,单价,成本价,底价,税率,备注\n"
    "ZC-6204,深沟球轴承,传动件/轴承,20×47×14 mm,套,,28,15.4,21,13%,双面密封\n"
    "QD-63,标准气缸,气动元件,,台,USD,385.5,214,,0.13,\n"
    "FW-1,现场维修,,,人天,,1.8千,,,6,\n"
)


def upload(desk: Desk, content: str | bytes, filename: str = "产品.csv") -> Json:
    answer = desk.send(content, filename, type="product")
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def run(desk: Desk, content: str, **rules: str) -> Json:
    wanted = upload(desk, content)
    job = desk.start(desk.map(wanted, **rules) if rules else wanted)
    desk.work()
    return desk.job(job["id"])


def check(desk: Desk, content: str, **rules: str) -> Json:
    wanted = upload(desk, content)
    wanted = desk.map(wanted, **rules) if rules else wanted
    answer = desk.browser.post(f"/imports/{wanted['id']}/check")
    assert answer.status_code == 202, answer.json
    desk.work()
    return desk.job(answer.json["id"])


def done(job: Json) -> tuple[str, int, int, int]:
    return job["state"], job["succeeded"], job["skipped"], job["failed"]


def effects(job: Json) -> Json:
    return {name: count for name, count in job["effects"].items() if count}


def goods(desk: Desk) -> Json:
    items = desk.browser.get("/products?limit=100").json["items"]
    return {one["name"]: one for one in items}


def told(desk: Desk, job: Json) -> list[tuple[str, str, list[str]]]:
    return [(row["label"], row["outcome"], row["messages"]) for row in desk.rows(job)]


def shelf(desk: Desk) -> list[tuple[str, str | None]]:
    items = desk.browser.get("/product-categories").json["items"]
    called = {one["id"]: one["name"] for one in items}
    return sorted((one["name"], called.get(one["parent_id"])) for one in items)


@pytest.mark.parametrize("chunk", [500, 2])
def test_the_products_of_a_sales_file_come_with_their_series(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(running, "CHUNK", chunk)
    wanted = upload(desk, SALES, "products.csv")
    assert wanted["mapping"]["columns"] == {"0": "name", "1": "category", "2": "list_price"}
    assert wanted["mapping"]["match_by"] == "name"
    assert wanted["preview"][0]["values"] == {
        "name": "GTX Basic", "category": "GTX", "list_price": "¥550.00",
    }  # fmt: skip
    tried = check(desk, SALES)
    assert (done(tried), effects(tried)) == (("succeeded", 7, 0, 0), {"created": 7})
    assert (goods(desk), shelf(desk)) == ({}, [])
    job = run(desk, SALES)
    assert (done(job), effects(job)) == (("succeeded", 7, 0, 0), {"created": 7})
    found = {
        name: (one["category"]["name"], one["list_price"]["amount"]) for name, one in goods(desk).items()
    }
    assert found == {
        "GTX Basic": ("GTX", 55_000),
        "GTX Pro": ("GTX", 482_100),
        "MG Special": ("MG", 5_500),
        "MG Advanced": ("MG", 339_300),
        "GTX Plus Pro": ("GTX", 548_200),
        "GTX Plus Basic": ("GTX", 109_600),
        "GTK 500": ("GTK", 2_676_800),
    }
    assert shelf(desk) == [("GTK", None), ("GTX", None), ("MG", None)]
    assert [one["name"] for one in desk.browser.get("/search?q=gtxplus").json["products"]] == [
        "GTX Plus Basic", "GTX Plus Pro",
    ]  # fmt: skip
    again = run(desk, SALES)
    assert done(again) == ("succeeded", 0, 7, 0)
    assert told(desk, again)[0] == ("GTX Basic", "skipped", ["已有这个产品，按设置跳过"])


def test_reads_what_a_price_list_says(desk: Desk) -> None:
    category(desk.browser, "气动元件")
    wanted = upload(desk, LIST)
    assert list(wanted["mapping"]["columns"].values()) == [
        "code", "name", "category", "specification", "unit", "currency", "list_price", "cost", "floor_price",
        "tax_rate", "description",
    ]  # fmt: skip
    assert wanted["mapping"]["match_by"] == "code"
    assert [row["values"]["tax_rate"] for row in wanted["preview"]] == ["13%", "13%", "6%"]
    assert effects(run(desk, LIST)) == {"created": 3}
    found = goods(desk)
    bearing, cylinder, repair = found["深沟球轴承"], found["标准气缸"], found["现场维修"]
    assert (bearing["code"], bearing["category"]["name"], bearing["unit"], bearing["description"]) == (
        "ZC-6204", "轴承", "套", "双面密封",
    )  # fmt: skip
    assert (bearing["list_price"], bearing["cost"]["amount"], bearing["floor_price"]["amount"]) == (
        {"amount": 2_800, "currency": "CNY"}, 1_540, 2_100,
    )  # fmt: skip
    assert (cylinder["list_price"], cylinder["cost"]["currency"], cylinder["tax_rate"]) == (
        {"amount": 38_550, "currency": "USD"}, "USD", 1300,
    )  # fmt: skip
    assert (repair["category"], repair["list_price"]["amount"], repair["tax_rate"]) == (None, 180_000, 600)
    assert shelf(desk) == [("传动件", None), ("气动元件", None), ("轴承", "传动件")]


def test_tells_of_each_row_why_it_is_left_out(desk: Desk) -> None:
    top, other = category(desk.browser, "传动件"), category(desk.browser, "气动元件")
    category(desk.browser, "附件", top["id"])
    category(desk.browser, "附件", other["id"])
    product(desk.browser, name="旧球阀", code="A-1")
    content = (
        "编号,品名,分类,单价,税率,币种,成本\n"
        "B-1,没有价格,,,,,\n"
        "B-2,价格不对,,面议,,,\n"
        "B-3,税率不对,,1,130%,,\n"
        "B-4,分类不明,附件,1,,,\n"
        "B-5,好的,传动件/附件,1,,,\n"
        "b5,同一个编号,,1,,,\n"
        "B-6,两种币种,,1,,USD,¥ 2\n"
        ",没有编号,,1,,,\n"
        "a1,已有编号,,1,,,\n"
    )
    wrong = {
        "没有价格": ["目录价：必填"],
        "价格不对": ["目录价：“面议” 不是金额，例如 35 万 或 1,234.50"],
        "税率不对": ["税率：“130%” 不是税率，例如 13%"],
        "分类不明": ["分类：有 2 个分类叫这个名字，请写明上级，例如 传动件/轴承"],
        "两种币种": ["成本：同一产品的价格和成本要用同一种币种（USD）"],
    }
    for job in (check(desk, content), run(desk, content)):
        rows = told(desk, job)
        assert {name: messages for name, outcome, messages in rows if outcome == "failed"} == wrong
        assert [(name, messages) for name, outcome, messages in rows if outcome == "skipped"] == [
            ("同一个编号", ["与前面的行是同一个产品，按设置跳过"]),
            ("已有编号", ["已有这个产品，按设置跳过"]),
        ]
        assert effects(job) == {"created": 2}
    assert sorted(goods(desk)) == ["好的", "旧球阀", "没有编号"]


@pytest.mark.parametrize("chunk", [500, 1])
def test_changes_what_is_there_and_takes_it_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(running, "CHUNK", chunk)
    drawer = category(desk.browser, "阀门")
    cost = {"amount": 700, "currency": "CNY"}
    there = product(desk.browser, name="球阀", code="QF-1", category_id=drawer["id"], cost=cost, tax_rate=900)
    same = product(desk.browser, name="闸阀", code="ZF-1", list_price={"amount": 900, "currency": "CNY"})
    content = (
        "编号,品名,分类,单价,成本,税率\nQF-1,球阀,水阀,1300,8,13%\nZF-1,闸阀,,9.00,,\nNEW,新阀,水阀,5,,\n"
    )
    tried = check(desk, content, on_duplicate="update")
    assert effects(tried) == {"created": 1, "updated": 1, "unchanged": 1}
    changes = ["目录价：¥1,280.00 → ¥1,300.00", "成本：¥7.00 → ¥8.00", "税率：9% → 13%", "分类：阀门 → 水阀"]
    assert sorted(told(desk, tried)[0][2]) == sorted(changes)
    assert goods(desk)["球阀"] == {name: there[name] for name in goods(desk)["球阀"]}
    job = run(desk, content, on_duplicate="update")
    assert effects(job) == {"created": 1, "updated": 1, "unchanged": 1}
    assert sorted(told(desk, job)[0][2]) == sorted(changes)
    now = goods(desk)["球阀"]
    assert (now["category"]["name"], now["list_price"]["amount"], now["version"]) == ("水阀", 130_000, 2)
    assert goods(desk)["闸阀"]["version"] == same["version"]
    answer = desk.browser.post(f"/imports/{job['import_id']}/undo")
    assert answer.status_code == 202, answer.json
    desk.work()
    assert done(desk.job(answer.json["id"])) == ("succeeded", 2, 0, 0)
    back = goods(desk)["球阀"]
    kept = ("category", "list_price", "cost", "tax_rate")
    assert [back[name] for name in kept] == [there[name] for name in kept]
    assert "新阀" not in goods(desk)
    assert [one["name"] for one in desk.browser.get("/recycle-bin?type=product").json["items"]] == ["新阀"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_bringing_ones_own_export_in_changes_nothing(desk: Desk, suffix: str) -> None:
    run(desk, LIST)
    product(desk.browser, name="+阀", description="两\n行", specification="=1\n2", tax_rate=150)
    before = goods(desk)
    asked = desk.browser.post("/exports", {"type": "product", "format": suffix}).json
    desk.work()
    file = desk.browser.get(f"/jobs/{asked['id']}/file").data
    wanted = upload(desk, file, f"产品.{suffix}")
    assert (wanted["mapping"]["match_by"], wanted["mapping"]["on_duplicate"]) == ("id", "update")
    job = desk.start(wanted)
    desk.work()
    assert effects(desk.job(job["id"])) == {"unchanged": 4}, told(desk, desk.job(job["id"]))
    assert goods(desk) == before


def test_needs_name_price_and_the_right_to_keep_the_catalogue(desk: Desk, company: Company) -> None:
    wanted = upload(desk, "品名,颜色\n球阀,红\n")
    refused = desk.browser.post(f"/imports/{wanted['id']}/run")
    assert [one["code"] for one in refused.json["errors"]] == ["price-not-mapped"]
    seller = Desk(company, hire(company, "manager").browser)
    answer = seller.send(SALES, "产品.csv", type="product")
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
    assert goods(desk) == {}


def test_nobody_brings_in_a_cost_they_may_not_see(desk: Desk, company: Company) -> None:
    grants = ("customer:import", "product:read", "product:manage", "job:read", "customer:read")
    role = {"name": "目录", "permissions": dict.fromkeys(grants, "all")}
    assert company.admin.post("/roles", role).status_code == 201
    theirs = Desk(company, hire(company, "目录").browser)
    wanted = upload(theirs, "品名,单价,成本\n球阀,9,5\n")
    assert wanted["mapping"]["columns"] == {"0": "name", "1": "list_price"}
    assert {"cost", "floor_price"}.isdisjoint(one["name"] for one in wanted["fields"])
    assert effects(run(theirs, "品名,单价,成本\n球阀,9,5\n")) == {"created": 1}
    assert goods(desk)["球阀"]["cost"] is None


def test_the_statements_of_a_chunk_do_not_depend_on_how_many(desk: Desk) -> None:
    category(desk.browser, "阀门")
    counts = []
    for count in (2, 40):
        lines = "".join(f"{count}-{i},阀 {count} {i},阀门,{i + 1}\n" for i in range(count))
        desk.start(upload(desk, f"编号,品名,分类,单价\n{lines}"))
        with sent() as statements:
            desk.work()
        counts.append(len(statements))
    assert counts[0] == counts[1], counts
    assert len(goods(desk)) == 42
