"""Telling goes on through refusals, silence and dead workers, and ends in time."""

import os
import signal
from threading import Event, Thread
from typing import Any

import pytest

from app.core import outbound
from app.core.db import db
from app.webhooks import sending
from tenants.context import tenant_scope
from tests.fakes.receiver import FakeReceiver
from tests.support.client import Company
from tests.support.store import Store
from tests.webhooks.conftest import Work
from tests.webhooks.told import deliveries, detail, later


def test_a_refusal_is_tried_again_under_the_same_id_until_it_is_taken(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work, store: Store
) -> None:
    receiver.statuses.extend([500, 302])
    receiver.headers = {"Location": receiver.url + "&redirected=1"}
    receiver.body = b"x" * 5000
    company.admin.post("/customers", {"name": "云岫智能"})
    work()
    [waiting] = deliveries(company, webhook)
    assert (waiting["state"], waiting["attempts"], waiting["last_status"]) == ("waiting", 1, 500)
    work()
    assert len(receiver.heard) == 1, "it waits for its time"
    for _ in range(2):
        later(store, company, hours=1)
        work()
    [done] = deliveries(company, webhook)
    assert (done["state"], done["attempts"], done["last_status"]) == ("delivered", 3, 200)
    assert receiver.times == {done["event_id"]: 3}
    assert [heard.path for heard in receiver.heard] == ["/hook?from=guanxi"] * 3, "redirects are not followed"
    tries = detail(company, done)["tries"]
    assert [(t["status"], t["taken"], len(t["answer"])) for t in tries] == [
        (200, True, 1000), (302, False, 1000), (500, False, 1000),
    ]  # fmt: skip


def test_after_a_day_it_is_given_up_and_the_administrator_hears_of_it_and_sends_it_again(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work, store: Store
) -> None:
    receiver.always = 503
    company.admin.post("/customers", {"name": "云岫智能"})
    work()
    later(store, company, hours=25)
    work()
    [failed] = deliveries(company, webhook, state="failed")
    assert (failed["attempts"], failed["last_status"]) == (2, 503)
    bell = company.admin.get("/notifications").json["items"][0]
    assert (bell["kind"], bell["link"]) == ("webhook-failed", f"/settings/webhooks/{webhook['id']}")
    work()
    assert len(receiver.heard) == 2
    receiver.always = 200
    path = f"/webhook-deliveries/{failed['id']}/resend"
    assert company.admin.post(path).status_code == 202
    work()
    [done] = deliveries(company, webhook)
    assert (done["state"], done["event_id"]) == ("delivered", failed["event_id"])


def test_many_failures_over_hours_pause_it_and_nothing_is_lost(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work, store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sending, "FAILURES", 2)
    receiver.always = 500
    company.admin.post("/customers", {"name": "云岫智能"})
    work()
    later(store, company, hours=7)
    store.rows("UPDATE webhooks SET created_at = created_at - interval '1 day' WHERE id = %s", webhook["id"])
    work()
    shown = company.admin.get(f"/webhooks/{webhook['id']}").json
    assert (shown["state"], shown["paused_because"]) == ("paused", "failing")
    assert company.admin.get("/notifications").json["items"][0]["kind"] == "webhook-paused"
    company.admin.post("/customers", {"name": "汇澜精密"})
    later(store, company, hours=1)
    receiver.always = 200
    work()
    assert len(receiver.heard) == 2
    assert company.admin.post(f"/webhooks/{webhook['id']}/test").json["code"] == "webhook-paused"
    resumed = company.admin.patch(f"/webhooks/{webhook['id']}", {"state": "active"}, version=shown["version"])
    assert resumed.status_code == 200
    work()
    assert [d["state"] for d in deliveries(company, webhook)] == ["delivered", "delivered"]


def test_whoever_says_gone_is_told_nothing_more(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work
) -> None:
    receiver.always = 410
    company.admin.post("/customers", {"name": "云岫智能"})
    work()
    assert company.admin.get(f"/webhooks/{webhook['id']}").json["paused_because"] == "gone"


def test_a_worker_killed_between_sending_and_writing_loses_nothing(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work, store: Store
) -> None:
    company.admin.post("/customers", {"name": "云岫智能"})
    child = os.fork()
    if child == 0:
        with company.app.app_context(), tenant_scope(company.tenant_id):
            db.engine.dispose(close=False)
            sending._record = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
            sending.send_due()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    [waiting] = deliveries(company, webhook)
    assert (waiting["state"], len(receiver.heard)) == ("waiting", 1)
    work()
    assert len(receiver.heard) == 1, "the dead worker still holds it"
    later(store, company, minutes=6)
    work()
    [done] = deliveries(company, webhook)
    assert (done["state"], receiver.times) == ("delivered", {done["event_id"]: 2})


def test_two_workers_at_once_tell_each_event_once(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work
) -> None:
    for number in range(12):
        company.admin.post("/customers", {"name": f"客户 {number}"})
    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    work()
    assert len(receiver.heard) == 12
    assert set(receiver.times.values()) == {1}


def test_whoever_never_answers_is_hung_up_on(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(outbound, "TOTAL_SECONDS", 0.3)
    receiver.hold = Event()
    company.admin.post("/customers", {"name": "云岫智能"})
    company.admin.post("/customers", {"name": "汇澜精密"})
    work()
    receiver.hold.set()
    assert len(receiver.heard) == 1, "the others of a webhook that failed wait"
    found = [detail(company, d)["tries"] for d in deliveries(company, webhook)]
    assert [t["error"] for tries in found for t in tries] == ["timeout"]


def test_pauses_grow_and_scatter(company: Company) -> None:
    waits = [[sending.pause_after(attempts) for _ in range(40)] for attempts in range(12)]
    assert max(waits[0]) <= sending.FIRST_PAUSE
    assert max(waits[11]) <= sending.LONGEST_PAUSE
    assert max(waits[6]) > sending.FIRST_PAUSE * 8
    assert len(set(waits[5])) == 40
