"""What happens here is told to whoever asked, signed, and to nobody else."""

from io import BytesIO
from typing import Any

from app.core import clock
from app.core.uow import unit_of_work
from app.jobs import slices
from app.webhooks import outbox
from tenants import agenda
from tenants.context import tenant_scope
from tests.fakes.receiver import FakeReceiver
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent
from tests.support.store import Store
from tests.webhooks.conftest import Work
from tests.webhooks.told import deliveries


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


def test_what_stands_at_customers_is_told_of(company: Company, receiver: FakeReceiver, work: Work) -> None:
    kinds = ["asset.created", "service-record.created", "purchase.created", "purchase.deleted"]
    asked = {"name": "订单系统", "url": receiver.url, "events": kinds}
    assert company.admin.post("/webhooks", asked).status_code == 201
    at = company.admin.post("/customers", {"name": "云岫智能"}).json["id"]
    company.admin.post("/assets", {"customer_id": at, "name": "空压机"})
    done = {"customer_id": at, "kind": "visit", "content": "巡检", "done_on": "2026-03-01"}
    company.admin.post("/service-records", done)
    bought = company.admin.post(
        "/purchases", {"customer_id": at, "name": "滤芯", "bought_on": "2026-03-02"}
    ).json
    company.admin.delete(f"/purchases/{bought['id']}", version=bought["version"])
    work()
    assert sorted(receiver.events) == sorted(kinds)
    [said] = [one.said for one in receiver.heard if one.said["event"] == "purchase.deleted"]
    assert (said["record"], said["about"]) == ({"type": "purchase", "id": bought["id"]}, at)


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
