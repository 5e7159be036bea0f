"""The company's own fields on tasks: in a series, planned in passing, for many at a time, in files."""

from datetime import timedelta
from typing import Any

import pytest

from app.core import clock
from app.tasks import tidying
from tests.activities.people import activity, moment, task
from tests.bulk_actions.conftest import Bench
from tests.exports.conftest import Counter
from tests.fields.conftest import Workshop, refused
from tests.files.shelf import bring
from tests.support.client import Company
from tests.support.people import change
from tests.support.store import Store

DUE = "2099-03-18T10:00:00Z"
Json = dict[str, Any]


@pytest.fixture
def workshop(company: Company) -> Workshop:
    """An administrator who shapes tasks."""
    return Workshop(company)


def daily(workshop: Workshop, **custom: Any) -> Json:
    return task(workshop.admin, "日报", due_at=DUE, repeat={"every": "day"}, custom=custom)


def following(workshop: Workshop, made: Json) -> Json:
    """The one that was made when this one was done."""
    done = workshop.admin.post(f"/tasks/{made['id']}/completion").json
    return dict(workshop.admin.get(f"/tasks/{done['next']['id']}").json)


def titles(workshop: Workshop, query: str) -> list[str]:
    return [one["title"] for one in workshop.admin.get(f"/tasks?{query}").json["items"]]


def test_a_series_hands_on_what_can_be_there_again(workshop: Workshop) -> None:
    workshop.define("用时", "number", entity="task", key="c_hours", filterable=True)
    workshop.define("单号", "text", entity="task", key="c_no", unique=True)
    workshop.define("凭证", "file", entity="task", key="c_proof")
    settings = {"expression": "{due_at} - 3", "result": "date"}
    workshop.define("准备日", "formula", entity="task", key="c_ready", settings=settings)
    proof = bring(workshop.admin, "收据.png")["id"]
    first = daily(workshop, c_hours=2, c_no="A1", c_proof=[proof])
    assert first["custom"]["c_ready"] == "2099-03-15"
    second = following(workshop, first)
    assert second["custom"] == {"c_hours": 2, "c_ready": "2099-03-16"}
    assert len(titles(workshop, "c_hours=2")) == 2
    workshop.admin.delete(f"/tasks/{first['id']}/completion")
    assert len(titles(workshop, "c_hours=2")) == 1


def test_a_change_is_for_this_one_or_for_those_that_follow(workshop: Workshop) -> None:
    workshop.define("用时", "number", entity="task", key="c_hours")
    workshop.define("地点", "text", entity="task", key="c_place")
    path = f"/tasks/{(made := daily(workshop, c_hours=2))['id']}"
    change(workshop.admin, path, custom={"c_hours": 5})
    change(workshop.admin, path, custom={"c_place": "三楼"}, scope="following")
    assert workshop.admin.get(path).json["custom"] == {"c_hours": 5, "c_place": "三楼"}
    assert following(workshop, made)["custom"] == {"c_hours": 2, "c_place": "三楼"}


def test_a_series_follows_a_merge(workshop: Workshop) -> None:
    settings = {"target": "customer"}
    workshop.define("供应商", "record", entity="task", key="c_from", settings=settings, filterable=True)
    master, loser = workshop.customer("甲"), workshop.customer("乙")
    made = daily(workshop, c_from=loser["id"])
    both = [{"id": one["id"], "version": 1} for one in (master, loser)]
    merge = {"type": "customer", "master_id": master["id"], "records": both}
    merged = workshop.admin.post("/merges", merge)
    assert merged.status_code == 201, merged.json
    assert following(workshop, made)["custom"]["c_from"] == {"id": master["id"], "name": "甲"}
    workshop.admin.delete(f"/tasks/{made['id']}/completion")
    assert workshop.admin.post(f"/merges/{merged.json['id']}/undo").json["left_over"] == []
    assert following(workshop, made)["custom"]["c_from"] == {"id": loser["id"], "name": "乙"}


def test_a_next_step_does_not_wait_for_what_must_be_filled_in(workshop: Workshop) -> None:
    workshop.define("用时", "number", entity="task", key="c_hours", required=True)
    workshop.define("地点", "text", entity="task", key="c_place", default="客户现场")
    step = {"title": "带样品去", "due_at": moment(hours=-2)}
    customer = workshop.customer()["id"]
    noted = activity(workshop.admin, customer, next_step=step)
    planned = workshop.admin.get(f"/tasks/{noted['next_step']['id']}").json
    assert planned["custom"] == {"c_place": "客户现场"}
    assert change(workshop.admin, f"/tasks/{planned['id']}", title="带两份样品去").status_code == 200
    answer = workshop.admin.post("/tasks", {"title": "寄样品", "due_at": moment(hours=-2)})
    assert refused(answer) == [("custom.c_hours", "required")]
    assert titles(workshop, "") == ["带两份样品去"]


def test_many_are_filled_in_at_a_time_and_taken_back(company: Company, workshop: Workshop) -> None:
    workshop.define("用时", "number", entity="task", key="c_hours", filterable=True)
    settings = {"expression": "{c_hours} * 60", "result": "number", "decimals": 0}
    workshop.define("分钟", "formula", entity="task", key="c_minutes", settings=settings)
    made = [task(workshop.admin, title, due_at=DUE, custom={"c_hours": 1}) for title in ("甲", "乙")]
    workshop.work()
    bench = Bench(company, workshop.admin)
    ids = [one["id"] for one in made]
    job = bench.do("edit", type="task", record_ids=ids, changes={"custom": {"c_hours": 3}})
    assert bench.rows(job)[0][2] == ["用时：1 → 3", "分钟：60 → 180"]
    assert titles(workshop, "c_hours=3&sort=-due_at") == ["乙", "甲"]
    assert bench.figures(bench.undo(job)) == ("succeeded", 2, 0, 0)
    assert workshop.admin.get(f"/tasks/{ids[0]}").json["custom"] == {"c_hours": 1, "c_minutes": 60}


def test_own_fields_stand_in_files(company: Company, workshop: Workshop) -> None:
    workshop.choice("方式", "上门", "电话", entity="task", key="c_way")
    task(workshop.admin, "寄样品", custom={"c_way": "o1"})
    counter = Counter(company, workshop.admin)
    assert counter.rows(type="task", field_names=["title", "c_way"]) == [["事项", "方式"], ["寄样品", "电话"]]


def test_what_is_removed_leaves_its_number_free(
    workshop: Workshop, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.define("单号", "text", entity="task", key="c_no", unique=True)
    made = task(workshop.admin, custom={"c_no": "A1"})
    workshop.admin.delete(f"/tasks/{made['id']}", version=1)
    again = {"title": "寄样品", "due_at": DUE, "custom": {"c_no": "A1"}}
    assert refused(workshop.admin.post("/tasks", again)) == [("custom.c_no", "already-exists")]
    here = store.tenant_id(workshop.company.slug)
    store.rows("DELETE FROM agenda WHERE tenant_id <> %s AND queue = %s", here, tidying.QUEUE)
    now = clock.now()
    with monkeypatch.context() as later, workshop.company.app.app_context():
        later.setattr(clock, "now", lambda: now + tidying.KEPT + timedelta(hours=2))
        tidying.sweep()
    assert workshop.admin.post("/tasks", again).status_code == 201
