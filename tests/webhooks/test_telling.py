"""What happens here is told to whoever asked, signed, at least once, and never forgotten."""

import os
import signal
from datetime import timedelta
from io import BytesIO
from threading import Event, Thread
from typing import Any

import pytest

from app.core import clock, outbound
from app.core.db import db
from app.core.uow import unit_of_work
from app.jobs import slices
from app.webhooks import outbox, sending
from tenants import agenda
from tenants.context import tenant_scope
from tests.fakes.receiver import FakeReceiver
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent
from tests.support.store import Store
from tests.webhooks.conftest import Work


def deliveries(company: Company, webhook: dict[str, Any], **asked: str) -> list[dict[str, Any]]:
    answer = company.admin.get(f"/webhooks/{webhook['id']}/deliveries", query_string=asked)
    assert answer.status_code == 200, answer.json
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def detail(company: Company, delivery: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = company.admin.get(f"/webhook-deliveries/{delivery['id']}").json
    return found


def later(store: Store, company: Company, **by: float) -> None:
    """Let time pass for what waits, and for what was tried before."""
    passed = timedelta(**by)
    waiting = ("next_at", "give_up_at", "claimed_until")
    for table, columns in (("webhook_deliveries", waiting), ("webhook_attempts", ("at",))):
        changes = ", ".join(f"{column} = {column} - %s" for column in columns)
        values = [passed] * len(columns)
        store.rows(f"UPDATE {table} SET {changes} WHERE tenant_id = %s", *values, company.tenant_id)


def test_a_change_is_told_signed_with_ids_and_names_of_fields_only(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work
) -> None:
    customer = company.admin.post("/customers", {"name": "云岫智能"}).json
    company.admin.patch(f"/customers/{customer['id']}", {"remark": "保密的话"}, version=customer["version"])
    work()
    assert receiver.events == ["customer.created", "customer.updated"]
    heard = receiver.heard[1]
    assert heard.is_signed_with(webhook["secret"])
    assert not heard.is_signed_with("whsec_else")
    assert (heard.path, heard.headers["content-type"]) == ("/hook?from=guanxi", "application/json")
    at = heard.said.pop("at")
    assert at.endswith("+00:00")
    assert heard.said | {"at": ""} == {
        "version": 1,
        "id": heard.headers["guanxi-event-id"],
        "event": "customer.updated",
        "at": "",
        "company": company.slug,
        "by": company.user_id,
        "record": {"type": "customer", "id": customer["id"]},
        "about": None,
        "changed": ["remark"],
    }
    assert "保密" not in heard.body.decode()
    assert "云岫" not in receiver.heard[0].body.decode()
    assert [d["state"] for d in deliveries(company, webhook)] == ["delivered", "delivered"]


def test_what_was_rolled_back_or_not_asked_for_is_not_told(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work
) -> None:
    assert company.admin.post("/customers", {"name": ""}).status_code == 422
    company.admin.post("/contacts", {"name": "林知夏"})
    company.admin.post("/departments", {"name": "华东", "parent_id": None})
    work()
    assert (receiver.heard, deliveries(company, webhook)) == ([], [])


def test_a_company_without_webhooks_pays_no_statement_for_them(company: Company) -> None:
    company.admin.post("/customers", {"name": "云岫智能"})
    with sent() as statements:
        assert company.admin.post("/customers", {"name": "汇澜精密"}).status_code == 201
    assert [statement for statement in statements if "webhook" in statement] == []


def test_an_import_tells_each_customer_and_its_end(
    company: Company, receiver: FakeReceiver, work: Work
) -> None:
    made = company.admin.post(
        "/webhooks",
        {"name": "仓库", "url": receiver.url, "events": ["customer.created", "import.finished"]},
    )
    assert made.status_code == 201
    file = {"type": "customer", "file": (BytesIO("公司名称\n甲公司\n乙公司\n".encode()), "名单.csv")}
    upload = company.admin.call("POST", "/imports", data=file).json
    assert company.admin.post(f"/imports/{upload['id']}/run").status_code == 202
    with company.app.app_context(), tenant_scope(company.tenant_id):
        slices.work_a_while()
    work()
    assert sorted(receiver.events) == ["customer.created", "customer.created", "import.finished"]
    ended = next(heard.said for heard in receiver.heard if heard.said["event"] == "import.finished")
    assert (ended["state"], ended["succeeded"]) == ("succeeded", 2)


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


def test_both_secrets_sign_for_a_day_after_a_change(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work, store: Store
) -> None:
    fresh = company.admin.post(f"/webhooks/{webhook['id']}/secret").json["secret"]
    assert fresh != webhook["secret"]
    company.admin.post("/customers", {"name": "云岫智能"})
    work()
    secrets = (fresh, webhook["secret"])
    assert [receiver.heard[0].is_signed_with(secret) for secret in secrets] == [True, True]
    store.rows("UPDATE webhooks SET former_until = now() WHERE id = %s", webhook["id"])
    company.admin.post("/customers", {"name": "汇澜精密"})
    work()
    assert [receiver.heard[1].is_signed_with(secret) for secret in (fresh, webhook["secret"])] == [
        True,
        False,
    ]
    kept = store.rows("SELECT to_jsonb(w)::text AS said FROM webhooks w WHERE id = %s", webhook["id"])
    assert fresh not in kept[0]["said"]


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


def test_nobody_but_who_runs_the_company_has_a_say(
    company: Company, webhook: dict[str, Any], store: Store
) -> None:
    manager = hire(company, "manager").browser
    before = store.rows("SELECT * FROM webhooks WHERE tenant_id = %s", company.tenant_id)
    path = f"/webhooks/{webhook['id']}"
    attempts = [
        manager.get("/webhooks"),
        manager.post(
            "/webhooks", {"name": "x", "url": "https://example.com", "events": ["customer.created"]}
        ),
        manager.patch(path, {"name": "y"}, version=1),
        manager.post(f"{path}/secret"),
        manager.post(f"{path}/test"),
        manager.get(f"{path}/deliveries"),
        manager.delete(path),
    ]
    assert {answer.status_code for answer in attempts} == {403}
    assert store.rows("SELECT * FROM webhooks WHERE tenant_id = %s", company.tenant_id) == before


def test_the_trail_tells_of_it_and_the_agenda_comes_to_rest(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work, store: Store
) -> None:
    company.admin.post(f"/webhooks/{webhook['id']}/test")
    work()
    assert receiver.events == ["ping"]
    changed = company.admin.patch(f"/webhooks/{webhook['id']}", {"state": "paused"}, version=1)
    assert changed.status_code == 200
    assert company.admin.delete(f"/webhooks/{webhook['id']}").status_code == 204
    lines = company.admin.get("/audit-records?subject_type=webhook").json["items"]
    assert [line["action"] for line in lines] == ["deleted", "updated", "tested", "created"]
    assert webhook["secret"] not in str(lines)
    store.rows(
        "UPDATE agenda SET bucket = bucket - interval '1 hour' WHERE tenant_id = %s AND queue = %s",
        company.tenant_id,
        outbox.QUEUE,
    )
    work()
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        assert company.tenant_id not in agenda.due(outbox.QUEUE, at=clock.now())
    assert store.rows("SELECT 1 FROM webhook_deliveries WHERE tenant_id = %s", company.tenant_id) == []
