"""The same done with many products."""

from typing import Any

from tests.bulk_actions.conftest import Bench
from tests.products.test_products import category, names, product
from tests.support.people import hire
from tests.support.statements import sent


def now(bench: Bench, made: dict[str, Any]) -> dict[str, Any]:
    return dict(bench.browser.get(f"/products/{made['id']}").json)


def shown(bench: Bench, made: dict[str, Any]) -> tuple[Any, ...]:
    seen = now(bench, made)
    return seen["category"] and seen["category"]["name"], seen["unit"], seen["tax_rate"]


def test_edits_and_puts_back_what_nobody_has_changed_since(bench: Bench) -> None:
    valves, pumps = category(bench.browser, "阀门"), category(bench.browser, "泵")
    made = [
        product(bench.browser, name="球阀", category_id=valves["id"], tax_rate=900, cost={"amount": 1}),
        product(bench.browser, name="闸阀", unit="台"),
    ]
    wanted = {"category_id": pumps["id"], "unit": "套", "tax_rate": 1300}
    job = bench.do("edit", type="product", record_ids=[one["id"] for one in made], changes=wanted)
    assert bench.figures(job) == ("succeeded", 2, 0, 0)
    assert job["title"] == "批量修改产品：分类、单位、税率"
    assert bench.rows(job)[0] == ("球阀", "succeeded", ["单位：— → 套", "税率：9% → 13%", "分类：阀门 → 泵"])
    assert [shown(bench, one) for one in made] == [("泵", "套", 1300)] * 2
    assert (now(bench, made[0])["version"], now(bench, made[0])["cost"]["amount"]) == (2, 1)
    bench.browser.patch(f"/products/{made[1]['id']}", {"unit": "件"}, version=2)
    assert bench.figures(bench.undo(job)) == ("succeeded", 2, 0, 0)
    assert [shown(bench, one) for one in made] == [("阀门", None, 900), (None, "件", None)]


def test_refuses_what_can_be_the_same_for_none(bench: Bench) -> None:
    made = product(bench.browser)
    unknown = {"category_id": "01a20007-7fb3-73b0-9cfe-606978e570ee"}
    job = bench.do("edit", type="product", record_ids=[made["id"]], changes=unknown)
    assert bench.figures(job) == ("succeeded", 0, 1, 0)
    assert now(bench, made) == made
    seller = hire(bench.company, "sales").browser
    refused = seller.post(
        "/bulk-actions",
        {"type": "product", "action": "edit", "record_ids": [made["id"]], "changes": {"unit": "套"}},
    )
    assert refused.status_code == 403
    assert now(bench, made) == made


def test_deletes_and_restores_but_for_codes_taken_meanwhile(bench: Bench) -> None:
    made = [product(bench.browser, name="甲", code="A-1"), product(bench.browser, name="乙", code="B-1")]
    job = bench.do("delete", type="product", record_ids=[one["id"] for one in made])
    assert (bench.figures(job), names(bench.browser)) == (("succeeded", 2, 0, 0), [])
    product(bench.browser, name="丙", code="a1")
    back = bench.undo(job)
    assert bench.figures(back) == ("succeeded", 1, 1, 0)
    assert sorted(names(bench.browser)) == ["丙", "乙"]


def test_the_statements_of_a_chunk_do_not_depend_on_how_many(bench: Bench) -> None:
    drawer = category(bench.browser, "阀门")["id"]
    for action in ("edit", "delete"):
        counts = []
        for count in (2, 30):
            made = [product(bench.browser, name=f"{action}{count}-{i}")["id"] for i in range(count)]
            bench.ask(action, type="product", record_ids=made, changes={"unit": "套", "category_id": drawer})
            with sent() as statements:
                bench.work()
            counts.append(len(statements))
        assert counts[0] == counts[1], counts
