"""Plans: they begin with what happens, go on step by step, can be steered, and nobody is forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.core.uow import unit_of_work
from tenants.context import tenant_scope
from tests.assets.site import customer, serve
from tests.care.clockwork import EVENING, at, planned, stay_signed_in, sweep
from tests.care.site import after_service, birthday, contact, message, rule, switch, task
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent

Json = dict[str, Any]
WEEK = timedelta(weeks=1)


def three_steps(company: Company, **facts: Any) -> Json:
    """A message after a week, a call after two, a message after a month."""
    steps = [message(amount=1, unit="week"), task(amount=2, unit="week"), message(amount=1, unit="month")]
    return switch(company, rule(company.admin, after_service(*steps, **facts)))


@pytest.fixture
def served(company: Company) -> Json:
    """A customer with a contact."""
    shop = customer(company.admin)
    return {**shop, "contact": contact(company.admin, "林夕", customer_id=shop["id"], is_primary=True)}


def begin(company: Company, served: Json) -> Json:
    done = company.admin.get("/session") and "2027-03-04"
    serve(company.admin, served, done_on=done)
    [run] = runs(company)
    return run


def runs(company: Company, query: str = "") -> list[Json]:
    answer = company.admin.get(f"/care-runs{query}")
    assert answer.status_code == 200, answer.json
    return list(answer.json["items"])


def states(run: Json) -> list[str]:
    return [step["state"] for step in run["steps"]]


def steer(company: Company, run: Json, state: str) -> Json:
    answer = company.admin.post(f"/care-runs/{run['id']}/state", {"state": state})
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def later(company: Company, moment: datetime) -> list[Json]:
    with at(moment):
        stay_signed_in(company)
        sweep(company)
        return runs(company)


def test_a_service_begins_a_plan_whose_steps_are_due_in_turn(company: Company, served: Json) -> None:
    three_steps(company)
    run = begin(company, served)
    assert (run["customer"]["id"], run["contact"]["id"]) == (served["id"], served["contact"]["id"])
    due = [datetime.fromisoformat(step["due_at"]) for step in run["steps"]]
    assert due == [datetime(2027, month, day, 1, tzinfo=UTC) for month, day in ((3, 11), (3, 18), (4, 4))]
    assert states(run) == ["waiting"] * 3
    assert planned(company) == []


def test_takes_each_step_when_its_day_comes(company: Company, served: Json) -> None:
    three_steps(company)
    begin(company, served)
    [run] = later(company, EVENING + WEEK)
    assert states(run) == ["under-way", "waiting", "waiting"]
    [first] = planned(company)
    assert first["contact"] == served["contact"]["id"]
    [run] = later(company, EVENING + 2 * WEEK)
    assert run["steps"][1]["state"] == "under-way"
    with at(EVENING + 2 * WEEK):
        stay_signed_in(company)
        [call] = company.admin.get("/tasks").json["items"]
    assert (call["title"], call["customer"]["id"]) == ("给林夕打电话", served["id"])
    assert call["id"] == run["steps"][1]["task_id"]
    assert len(later(company, EVENING + 2 * WEEK + timedelta(hours=1))) == 1
    assert len(planned(company)) == 1


def test_a_step_is_done_when_its_task_is(company: Company, served: Json) -> None:
    switch(company, rule(company.admin, after_service(task(amount=1))))
    begin(company, served)
    [run] = later(company, EVENING + timedelta(days=1))
    with at(EVENING + timedelta(days=1, minutes=10)):
        stay_signed_in(company)
        made = company.admin.get(f"/tasks/{run['steps'][0]['task_id']}").json
        company.admin.post(f"/tasks/{made['id']}/completion", version=made["version"])
        sweep(company)
        [run] = runs(company)
    assert (states(run), run["state"]) == (["done"], "done")


def test_what_nobody_has_done_is_overdue(company: Company, served: Json) -> None:
    switch(company, rule(company.admin, after_service(task(amount=1))))
    begin(company, served)
    [run] = later(company, EVENING + timedelta(days=1))
    assert run["overdue"] is False
    [run] = later(company, EVENING + timedelta(days=3))
    assert run["overdue"] is True
    with at(EVENING + timedelta(days=3)):
        assert [one["id"] for one in runs(company, "?state=running&open_since.lt=0d")] == [run["id"]]
        assert runs(company, "?state=running&open_since.lt=-3d") == []
        [told] = company.admin.get("/care-rules").json["items"]
    assert (told["running"], told["overdue"]) == (1, 1)


def test_the_same_service_begins_one_plan(company: Company, served: Json) -> None:
    from app.care import beginning
    from app.care.beginning import Start
    from app.care.states import Happening

    three_steps(company)
    run = begin(company, served)
    from uuid import UUID

    again = Start(customer_id=UUID(served["id"]), about=("service-record", UUID(run["about_id"])))
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        beginning.on(Happening.SERVICE_DONE, [again, again])
    assert len(runs(company)) == 1


def test_a_plan_that_stands_still_does_nothing_until_it_goes_on(company: Company, served: Json) -> None:
    three_steps(company)
    run = begin(company, served)
    assert steer(company, run, "paused")["state"] == "paused"
    [run] = later(company, EVENING + WEEK)
    assert (states(run), planned(company)) == (["waiting"] * 3, [])
    with at(EVENING + WEEK + timedelta(hours=1)):
        stay_signed_in(company)
        steer(company, run, "running")
        sweep(company)
    assert len(planned(company)) == 1


def test_a_plan_that_was_ended_is_over(company: Company, served: Json) -> None:
    three_steps(company)
    run = steer(company, begin(company, served), "ended")
    assert (run["state"], run["ended_because"]) == ("ended", "by-hand")
    refused = company.admin.post(f"/care-runs/{run['id']}/state", {"state": "running"})
    assert (refused.status_code, refused.json["code"]) == (409, "care-run-over")
    [run] = later(company, EVENING + WEEK)
    assert (run["state"], planned(company)) == ("ended", [])


def test_a_step_that_is_left_out_is_not_taken(company: Company, served: Json) -> None:
    three_steps(company)
    run = begin(company, served)
    path = f"/care-run-steps/{run['steps'][0]['id']}/skip"
    assert states(company.admin.post(path).json) == ["skipped", "waiting", "waiting"]
    refused = company.admin.post(path)
    assert (refused.status_code, refused.json["code"]) == (409, "care-step-settled")
    later(company, EVENING + WEEK)
    assert planned(company) == []


@pytest.mark.parametrize("stop", ["activity", "service"])
def test_ends_when_it_has_become_needless(company: Company, served: Json, stop: str) -> None:
    three_steps(company, stops=[stop])
    begin(company, served)
    with at(EVENING + timedelta(days=1)):
        stay_signed_in(company)
        if stop == "activity":
            told = {"kind": "call", "content": "客户说一切正常", "customer_id": served["id"]}
            assert company.admin.post("/activities", told).status_code == 201
        else:
            serve(company.admin, served, done_on="2027-03-05")
    ended = [run for run in later(company, EVENING + WEEK) if run["state"] == "ended"]
    assert [run["ended_because"] for run in ended] == [stop]
    assert planned(company) == []


def test_ends_with_a_customer_that_is_deleted(company: Company, served: Json) -> None:
    three_steps(company)
    begin(company, served)
    company.admin.delete(f"/customers/{served['id']}", version=served["version"])
    assert later(company, EVENING + WEEK) == []
    assert planned(company) == []


def test_who_has_no_contact_yet_is_written_to_once_there_is_one(company: Company) -> None:
    trigger = {"kind": "event", "happening": "customer-created"}
    welcome = birthday(name="新客户欢迎", trigger=trigger, steps=[message(amount=1)])
    switch(company, rule(company.admin, welcome))
    shop = customer(company.admin)
    [run] = runs(company)
    assert run["contact"] is None
    lin = contact(company.admin, "林夕", customer_id=shop["id"], is_primary=True)
    [run] = later(company, EVENING + timedelta(days=1))
    assert run["contact"]["id"] == lin["id"]
    assert [one["contact"] for one in planned(company)] == [lin["id"]]


def test_a_step_without_anybody_to_write_to_fails_and_is_overdue(company: Company) -> None:
    trigger = {"kind": "event", "happening": "customer-created"}
    switch(company, rule(company.admin, birthday(name="欢迎", trigger=trigger, steps=[message(amount=1)])))
    customer(company.admin)
    [run] = later(company, EVENING + timedelta(days=2))
    assert (states(run), run["steps"][0]["reason"], run["overdue"]) == (["failed"], "no-contact", True)


def test_a_birthday_can_be_something_to_do(company: Company) -> None:
    from datetime import date

    lin = contact(company.admin, "林夕", date(1990, 3, 5))
    switch(company, rule(company.admin, birthday(steps=[task()])))
    sweep(company)
    [run] = later(company, EVENING + timedelta(hours=12))
    assert (run["contact"]["id"], states(run)) == (lin["id"], ["under-way"])


def test_only_who_sees_a_customer_sees_its_plans(company: Company, served: Json) -> None:
    three_steps(company)
    run = begin(company, served)
    stranger = hire(company, "sales").browser
    assert stranger.get("/care-runs").json["items"] == []
    answer = stranger.post(f"/care-runs/{run['id']}/state", {"state": "ended"})
    assert answer.status_code == 404
    assert stranger.post(f"/care-run-steps/{run['steps'][0]['id']}/skip").status_code == 404
    assert stranger.get("/care-rules").status_code == 403
    assert [one["state"] for one in runs(company)] == ["running"]


def test_a_page_of_plans_takes_as_many_statements_however_many_there_are(
    company: Company, served: Json
) -> None:
    three_steps(company)
    begin(company, served)
    with sent() as few:
        runs(company)
    for day in (1, 2, 3):
        serve(company.admin, served, done_on=f"2027-03-0{day}")
    with sent() as many:
        assert len(runs(company)) == 4
    assert len(many) == len(few)


def test_a_sweep_takes_as_many_statements_for_ten_plans_as_for_two(company: Company, served: Json) -> None:
    switch(company, rule(company.admin, after_service(task(amount=1))))

    def counted(serves: int, days: int) -> int:
        for _ in range(serves):
            serve(company.admin, served, done_on="2027-03-04")
        with at(EVENING + timedelta(days=days)), sent() as statements:
            sweep(company)
        return len(statements)

    few = counted(2, 1)
    assert counted(10, 1) <= few
