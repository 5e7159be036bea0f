"""The same done with many tasks: ticked off, postponed, handed on, put away, and taken back."""

from datetime import timedelta
from typing import Any

from app.tasks import tidying
from tests.bulk_actions.conftest import Bench
from tests.customers.desk import customer
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent
from tests.support.store import Store

DUE = "2099-03-18T10:00:00Z"
Json = dict[str, Any]


def task(bench: Bench, title: str, **facts: Any) -> Json:
    answer = bench.browser.post("/tasks", {"title": title, "due_at": DUE, **facts})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def now(bench: Bench, made: Json) -> Json:
    return dict(bench.browser.get(f"/tasks/{made['id']}").json)


def ids(made: list[Json]) -> list[str]:
    return [one["id"] for one in made]


def titles(bench: Bench) -> list[str]:
    return [one["title"] for one in bench.browser.get("/tasks").json["items"]]


def last_action(bench: Bench, made: Json) -> str:
    found = bench.browser.get(f"/audit-records?subject_id={made['id']}").json["items"]
    return str(found[0]["action"])


def test_ticks_off_and_back_and_plans_the_customer_anew(bench: Bench) -> None:
    host = customer(bench.browser, "甲")
    made = [task(bench, "回电话", customer_id=host["id"]), task(bench, "发报价")]
    bench.browser.post(f"/tasks/{made[1]['id']}/completion")
    job = bench.do("complete", type="task", record_ids=ids(made))
    assert bench.figures(job) == ("succeeded", 1, 0, 1)
    assert bench.rows(job) == [
        ("回电话", "succeeded", []),
        ("发报价", "skipped", ["与现有资料相同，没有改动"]),
    ]
    assert now(bench, made[0])["done_by"]["id"] == made[0]["owner"]["id"]
    assert bench.browser.get(f"/customers/{host['id']}").json["next_step_at"] is None
    assert last_action(bench, made[0]) == "completed"
    assert bench.figures(bench.undo(job)) == ("succeeded", 1, 0, 0)
    assert [now(bench, one)["done_at"] is None for one in made] == [True, False]
    assert bench.browser.get(f"/customers/{host['id']}").json["next_step_at"] == "2099-03-18T10:00:00Z"


def test_undo_leaves_what_was_changed_since(bench: Bench) -> None:
    made = [task(bench, "甲"), task(bench, "乙")]
    for one in made:
        bench.browser.post(f"/tasks/{one['id']}/completion")
    job = bench.do("reopen", type="task", record_ids=ids(made))
    bench.browser.post(f"/tasks/{made[0]['id']}/completion")
    back = bench.undo(job)
    assert bench.figures(back) == ("succeeded", 1, 1, 0)
    assert all(now(bench, one)["done_at"] for one in made)


def test_one_that_comes_back_makes_the_next(bench: Bench) -> None:
    made = task(bench, "周报", repeat={"every": "week"})
    job = bench.do("complete", type="task", record_ids=[made["id"]])
    assert now(bench, made)["next"] is not None
    bench.undo(job)
    assert (now(bench, made)["next"], titles(bench)) == (None, ["周报"])


def test_postpones_by_days_and_moves_to_a_moment(bench: Bench) -> None:
    made = [task(bench, "甲", reminders=[{"amount": 1, "unit": "hours"}]), task(bench, "乙", priority="low")]
    job = bench.do("postpone", type="task", record_ids=ids(made), days=3)
    assert bench.rows(job)[0][2] == ["截止时间：2099-03-18 18:00 → 2099-03-21 18:00"]
    assert now(bench, made[0])["due_at"] == "2099-03-21T10:00:00Z"
    assert now(bench, made[0])["version"] == made[0]["version"] + 1
    changes = {"priority": "high", "due_at": "2099-05-01T02:00:00Z"}
    job = bench.do("edit", type="task", record_ids=ids(made), changes=changes)
    assert [(now(bench, one)["due_at"], now(bench, one)["priority"]) for one in made] == [
        ("2099-05-01T02:00:00Z", "high")
    ] * 2
    bench.undo(job)
    assert [now(bench, one)["priority"] for one in made] == ["normal", "low"]
    assert now(bench, made[1])["due_at"] == "2099-03-21T10:00:00Z"


def test_hands_them_on_and_tells_once(company: Company) -> None:
    boss, seller = Bench(company, company.admin), hire(company, "sales")
    made = [task(boss, "甲"), task(boss, "乙")]
    job = boss.do("transfer", type="task", record_ids=ids(made), owner_id=seller.id)
    assert [now(boss, one)["owner"]["id"] for one in made] == [seller.id] * 2
    bells = seller.browser.get("/notifications").json["items"]
    assert [bell["title"] for bell in bells] == [f"{made[0]['owner']['name']} 给你安排了 2 个待办"]
    assert boss.figures(boss.undo(job)) == ("succeeded", 2, 0, 0)
    assert [now(boss, one)["owner"]["id"] for one in made] == [made[0]["owner"]["id"]] * 2


def test_puts_away_and_brings_back_with_what_hangs_on_them(bench: Bench) -> None:
    made = [task(bench, "甲"), task(bench, "乙")]
    said = {"text": "等对方回复"}
    bench.browser.post(f"/records/task/{made[0]['id']}/comments", said)
    job = bench.do("delete", type="task", record_ids=ids(made))
    assert (titles(bench), bench.browser.get("/my-day").json["coming"]) == ([], [])
    assert bench.browser.get(f"/tasks/{made[0]['id']}").status_code == 404
    assert bench.figures(bench.undo(job)) == ("succeeded", 2, 0, 0)
    assert titles(bench) == ["甲", "乙"]
    told = bench.browser.get(f"/records/task/{made[0]['id']}/comments").json["items"]
    assert [one["text"] for one in told] == ["等对方回复"]


def test_one_that_is_back_reminds_again(bench: Bench, store: Store) -> None:
    made = task(bench, "甲", reminders=[{"amount": 1, "unit": "hours"}])
    planned, here = "SELECT remind_at FROM tasks WHERE tenant_id = %s", store.tenant_id(bench.company.slug)
    before = store.rows(planned, here)
    job = bench.do("delete", type="task", record_ids=[made["id"]])
    assert store.rows(planned, here) == [{"remind_at": None}]
    bench.undo(job)
    assert store.rows(planned, here) == before != [{"remind_at": None}]


def test_is_not_promised_back_once_it_is_removed(bench: Bench, store: Store) -> None:
    made = [task(bench, "甲"), task(bench, "乙")]
    gone = bench.do("delete", type="task", record_ids=[made[0]["id"]])
    moved = bench.do("postpone", type="task", record_ids=[made[1]["id"]], days=-1)
    aged = "UPDATE jobs SET finished_at = finished_at - %s WHERE tenant_id = %s"
    store.rows(aged, tidying.KEPT - timedelta(hours=1), store.tenant_id(bench.company.slug))
    assert [bench.job(job)["can"]["undo"] for job in (gone, moved)] == [True, True]
    store.rows(aged, timedelta(hours=1), store.tenant_id(bench.company.slug))
    assert [bench.job(job)["can"]["undo"] for job in (gone, moved)] == [False, True]
    assert bench.browser.post(f"/jobs/{gone['id']}/undo").status_code == 409


def test_is_called_what_it_does(bench: Bench) -> None:
    made = task(bench, "甲")
    ask = {"type": "task", "record_ids": [made["id"]], "days": -3}
    jobs = [bench.do(action, **ask) for action in ("postpone", "complete")]
    assert [job["title"] for job in jobs] == ["批量提前待办：3 天", "批量完成待办"]


def test_refuses_each_that_one_may_not_change_and_says_why(company: Company) -> None:
    boss, seller = Bench(company, company.admin), hire(company, "sales")
    given = task(boss, "给销售的", owner_id=seller.id)
    theirs = Bench(company, seller.browser)
    own = task(theirs, "自己的")
    hidden = task(boss, "看不到的")
    job = theirs.do("delete", type="task", record_ids=ids([given, own, hidden]))
    assert theirs.figures(job) == ("succeeded", 1, 2, 0)
    assert theirs.rows(job) == [
        ("给销售的", "failed", ["你不能修改这个待办"]),
        ("自己的", "succeeded", []),
        ("", "failed", ["已被删除，或不在你的查看范围内"]),
    ]
    assert [now(boss, one)["version"] for one in (given, hidden)] == [1, 1]
    refused = theirs.browser.post(
        "/bulk-actions", {"type": "task", "action": "tag", "record_ids": [own["id"]], "tags_added": ["a"]}
    )
    assert refused.status_code == 422


def test_takes_all_that_a_view_of_ones_own_finds(company: Company) -> None:
    boss, seller = Bench(company, company.admin), hire(company, "sales")
    mine, given = task(boss, "我的"), task(boss, "交办的", owner_id=seller.id)
    mine_and_open = [
        {"field": "mine", "op": "eq", "value": True},
        {"field": "done_at", "op": "empty", "value": True},
    ]
    wanted = {"and": mine_and_open}
    assert boss.figures(boss.do("complete", type="task", filter=wanted)) == ("succeeded", 1, 0, 0)
    assert [bool(now(boss, one)["done_at"]) for one in (mine, given)] == [True, False]


def test_the_statements_of_a_chunk_do_not_depend_on_how_many(bench: Bench) -> None:
    owner = hire(bench.company, "sales").id
    for action, facts in (
        ("postpone", {"days": 1}),
        ("complete", {}),
        ("transfer", {"owner_id": owner}),
        ("delete", {}),
    ):
        counts = []
        for count in (2, 30):
            made = ids([task(bench, f"{action}{count}-{i}") for i in range(count)])
            job = bench.ask(action, type="task", record_ids=made, **facts)
            with sent() as statements:
                bench.work()
                bench.undo(job)
            counts.append(len(statements))
        assert counts[0] == counts[1], action
