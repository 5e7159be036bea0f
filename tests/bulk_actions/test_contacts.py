"""The same done with many contacts."""

from typing import Any

from tests.bulk_actions.conftest import Bench
from tests.customers.desk import customer, names
from tests.support.statements import sent


def contact(bench: Bench, name: str, **facts: Any) -> dict[str, Any]:
    answer = bench.browser.post("/contacts", {"name": name, **facts})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def now(bench: Bench, made: dict[str, Any]) -> dict[str, Any]:
    return dict(bench.browser.get(f"/contacts/{made['id']}").json)


def test_edits_and_puts_back(bench: Bench) -> None:
    made = [contact(bench, "孟瑶", title="经理"), contact(bench, "何舟", role="user")]
    ids = [one["id"] for one in made]
    job = bench.do("edit", type="contact", record_ids=ids, changes={"role": "purchaser", "title": None})
    assert bench.figures(job) == ("succeeded", 2, 0, 0)
    assert bench.rows(job)[1] == ("何舟", "succeeded", ["采购角色：使用者 → 采购"])
    assert [(now(bench, one)["role"], now(bench, one)["title"]) for one in made] == [("purchaser", None)] * 2
    assert now(bench, made[0])["version"] == made[0]["version"] + 1
    assert bench.figures(bench.undo(job)) == ("succeeded", 2, 0, 0)
    assert [(now(bench, one)["role"], now(bench, one)["title"]) for one in made] == [
        (None, "经理"),
        ("user", None),
    ]


def test_deletes_and_restores_leaving_each_customer_one_primary(bench: Bench) -> None:
    host = customer(bench.browser, "甲")
    first = contact(bench, "孟瑶", customer_id=host["id"], is_primary=True)
    job = bench.do("delete", type="contact", record_ids=[first["id"]])
    assert (bench.figures(job), names(bench.browser, path="/contacts")) == (("succeeded", 1, 0, 0), [])
    second = contact(bench, "何舟", customer_id=host["id"], is_primary=True)
    assert bench.figures(bench.undo(job)) == ("succeeded", 1, 0, 0)
    assert [now(bench, one)["is_primary"] for one in (first, second)] == [False, True]


def test_none_comes_back_to_a_customer_in_the_bin(bench: Bench) -> None:
    host = customer(bench.browser, "甲")
    made = contact(bench, "孟瑶", customer_id=host["id"])
    job = bench.do("delete", type="contact", record_ids=[made["id"]])
    bench.do("delete", record_ids=[host["id"]])
    back = bench.undo(job)
    assert bench.figures(back) == ("succeeded", 0, 1, 0)
    assert names(bench.browser, path="/contacts") == []


def test_the_statements_of_a_chunk_do_not_depend_on_how_many(bench: Bench) -> None:
    for action in ("edit", "delete"):
        counts = []
        for count in (2, 30):
            made = [contact(bench, f"{action}{count}-{i}")["id"] for i in range(count)]
            bench.ask(action, type="contact", record_ids=made, changes={"title": "经理"})
            with sent() as statements:
                bench.work()
            counts.append(len(statements))
        assert counts[0] == counts[1], counts
