"""Personal API tokens: never more than their owners, revoked within one request, kept out of accounts."""

from datetime import timedelta
from typing import Any

import pytest

from app.access import api_tokens, token_use
from app.access.permissions import Permission
from app.core import clock
from app.jobs import slices
from tenants.context import tenant_scope
from tests.access.program import Program
from tests.support.client import PASSWORD, Company
from tests.support.people import Colleague, change, hire, role_id
from tests.support.store import Store


def made(company: Company, **wanted: Any) -> dict[str, Any]:
    answer = company.admin.post("/api-tokens", {"name": "同步订单", **wanted})
    assert answer.status_code == 201, answer.json
    shown: dict[str, Any] = answer.json
    return shown


def program(company: Company, **wanted: Any) -> Program:
    return Program(company.app, made(company, **wanted)["secret"])


@pytest.fixture(autouse=True)
def _fresh() -> None:
    token_use._noted.clear()


def test_a_token_opens_what_its_owner_may_read(company: Company) -> None:
    company.admin.post("/customers", {"name": "云岫智能"})
    token = made(company)
    sync = Program(company.app, token["secret"])
    for _ in range(2):
        answer = sync.call("GET", "/customers")
        assert [customer["name"] for customer in answer.json["items"]] == ["云岫智能"]
    assert token["secret"].startswith(f"gx_{company.slug}.")
    assert (token["state"], token["read_only"], token["areas"]) == ("active", True, None)


def test_only_a_digest_is_kept_and_the_secret_is_not_replayed(company: Company, store: Store) -> None:
    key = {"headers": {"Idempotency-Key": "make-it-once"}}
    first = company.admin.post("/api-tokens", {"name": "一次"}, **key).json
    again = company.admin.post("/api-tokens", {"name": "一次"}, **key).json
    assert (again["id"], again["secret"]) == (first["id"], None)
    kept = store.rows("SELECT to_jsonb(t)::text AS said FROM api_tokens t WHERE id = %s", first["id"])
    assert first["secret"] not in kept[0]["said"]
    assert first["secret"].partition(".")[2] not in kept[0]["said"]


def test_a_token_for_reading_changes_nothing(company: Company) -> None:
    sync = program(company, read_only=True)
    answer = sync.call("POST", "/customers", json={"name": "不该有"})
    assert (answer.status_code, answer.json["code"]) == (403, "api-token-read-only")
    assert company.admin.get("/customers").json["items"] == []


def test_a_token_is_good_for_its_areas_only(company: Company) -> None:
    sync = program(company, read_only=False, areas=["customer"])
    made_one = sync.call("POST", "/customers", json={"name": "云岫智能"})
    assert made_one.status_code == 201
    refused = sync.call("POST", "/contacts", json={"name": "林知夏", "customer_id": made_one.json["id"]})
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    assert sync.call("GET", "/audit-records").status_code == 403
    assert company.admin.get("/contacts").json["items"] == []


def test_a_token_never_decides_who_may_do_what(company: Company) -> None:
    sync = program(company, read_only=False)
    roles = company.admin.get("/roles").json["items"]
    refused = sync.call("POST", "/roles", json={"name": "影子", "permissions": {"customer:read": "all"}})
    assert refused.status_code == 403
    assert len(company.admin.get("/roles").json["items"]) == len(roles)


def test_a_token_has_no_more_than_its_owner_at_that_moment(company: Company) -> None:
    member = hire(company, "sales")
    secret = member.browser.post("/api-tokens", {"name": "脚本", "read_only": False}).json["secret"]
    sync = Program(company.app, secret)
    company.admin.post("/customers", {"name": "管理员的客户"})
    own = sync.call("POST", "/customers", json={"name": "自己的客户"})
    assert own.status_code == 201
    assert [c["name"] for c in sync.call("GET", "/customers").json["items"]] == ["自己的客户"]
    become(company, member, "viewer")
    refused = sync.call("POST", "/customers", json={"name": "再来一个"})
    assert refused.status_code == 403
    assert {c["name"] for c in sync.call("GET", "/customers").json["items"]} == {"管理员的客户", "自己的客户"}


def become(company: Company, member: Colleague, role: str) -> None:
    changed = change(company.admin, f"/users/{member.id}", role_ids=[role_id(company, role)])
    assert changed.status_code == 200, changed.json


def test_fields_hidden_from_the_owner_are_hidden_from_the_token(company: Company) -> None:
    member = hire(company, "service")
    company.admin.post("/customers", {"name": "云岫智能", "website": "https://example.com"})
    secret = member.browser.post("/api-tokens", {"name": "脚本"}).json["secret"]
    sync = Program(company.app, secret)
    assert "website" in sync.call("GET", "/customers").get_data(as_text=True)
    tight = {role_id(company, "service"): {"website": "hidden"}}
    changed = company.admin.put("/record-kinds/customer/rights", {"rights": tight})
    assert changed.status_code == 200, changed.json
    assert "example.com" not in sync.call("GET", "/customers").get_data(as_text=True)


@pytest.mark.parametrize("hot", [True, False])
def test_a_revoked_token_opens_nothing_from_the_next_request_on(company: Company, *, hot: bool) -> None:
    path = "/customers" if hot else "/tenant"
    token = made(company)
    sync = Program(company.app, token["secret"])
    assert sync.call("GET", path).status_code == 200
    assert company.admin.delete(f"/api-tokens/{token['id']}").status_code == 204
    answer = sync.call("GET", path)
    assert (answer.status_code, answer.json["code"]) == (401, "api-token-ended")
    assert [t["state"] for t in company.admin.get("/api-tokens").json["items"]] == ["ended"]
    told = company.admin.get("/audit-records?subject_type=api-token").json["items"]
    assert [line["action"] for line in told] == ["revoked", "created"]


def test_an_old_token_opens_nothing(company: Company, store: Store) -> None:
    token = made(company, days=1)
    for table in ("api_tokens", "user_sessions"):
        store.rows(f"UPDATE {table} SET expires_at = now() - interval '1 second' WHERE id = %s", token["id"])
    answer = Program(company.app, token["secret"]).call("GET", "/customers")
    assert (answer.status_code, answer.json["code"]) == (401, "api-token-ended")
    assert [t["state"] for t in company.admin.get("/api-tokens").json["items"]] == ["expired"]


def test_what_ends_all_sessions_of_somebody_ends_their_tokens(company: Company) -> None:
    member = hire(company, "sales")
    sync = Program(company.app, member.browser.post("/api-tokens", {"name": "脚本"}).json["secret"])
    assert sync.call("GET", "/customers").status_code == 200
    changed = member.browser.post("/profile/password", {"current": PASSWORD, "password": "another horse 9"})
    assert changed.status_code == 204
    assert sync.call("GET", "/customers").status_code == 401


def test_a_token_is_no_device(company: Company) -> None:
    token = made(company)
    assert len(company.admin.get("/sessions").json["items"]) == 1
    assert company.admin.delete(f"/sessions/{token['id']}").status_code == 404
    assert company.admin.delete("/sessions").status_code == 204
    assert Program(company.app, token["secret"]).call("GET", "/customers").status_code == 200


def test_a_token_opens_no_other_company(company: Company, other_company: Company) -> None:
    other_company.admin.post("/customers", {"name": "别家的客户"})
    secret = made(company)["secret"]
    elsewhere = secret.replace(company.slug, other_company.slug)
    for guess in (elsewhere, f"gx_{company.slug}.", "gx_.x", "gx_nobody.x", "gx_", f"gx_{secret}"):
        answer = Program(company.app, guess).call("GET", "/customers")
        assert (answer.status_code, answer.json["code"]) == (401, "api-token-ended"), guess


def test_an_administrator_sees_and_revokes_everyones_others_their_own(company: Company) -> None:
    member, colleague = hire(company, "sales"), hire(company, "sales")
    theirs = member.browser.post("/api-tokens", {"name": "脚本"}).json
    assert colleague.browser.get("/api-tokens").json["items"] == []
    assert colleague.browser.get("/api-tokens?everyone=true").status_code == 403
    assert colleague.browser.delete(f"/api-tokens/{theirs['id']}").status_code == 404
    assert Program(company.app, theirs["secret"]).call("GET", "/customers").status_code == 200
    shown = company.admin.get("/api-tokens?everyone=true").json["items"]
    assert [(t["id"], t["owner"]["id"]) for t in shown] == [(theirs["id"], member.id)]
    assert company.admin.delete(f"/api-tokens/{theirs['id']}").status_code == 204
    assert Program(company.app, theirs["secret"]).call("GET", "/customers").status_code == 401


def test_the_company_can_keep_programs_out(company: Company) -> None:
    sync = program(company, read_only=False)
    assert sync.call("GET", "/customers").status_code == 200
    shut = company.admin.patch("/security-policy", {"tokens_allowed": False}, version=1)
    assert (shut.status_code, shut.json["version"]) == (200, 2)
    for answer in (sync.call("GET", "/customers"), sync.call("POST", "/customers", json={"name": "不该有"})):
        assert (answer.status_code, answer.json["code"]) == (403, "api-tokens-off")
    assert company.admin.get("/customers").json["items"] == []
    assert company.admin.post("/api-tokens", {"name": "晚了"}).json["code"] == "api-tokens-off"
    assert company.admin.get("/api-tokens").json["allowed"] is False
    assert company.admin.patch("/security-policy", {"tokens_allowed": True}, version=1).status_code == 412
    assert company.admin.patch("/security-policy", {"tokens_allowed": True}, version=2).status_code == 200
    assert sync.call("GET", "/customers").status_code == 200


def test_the_trail_says_which_token_acted(company: Company) -> None:
    token = made(company, read_only=False)
    Program(company.app, token["secret"]).call("POST", "/customers", json={"name": "云岫智能"})
    lines = company.admin.get("/audit-records?subject_type=customer").json["items"]
    assert [(line["actor"]["id"], line["via"]) for line in lines] == [
        (company.user_id, {"id": token["id"], "name": "同步订单"})
    ]
    company.admin.post("/customers", {"name": "自己建的"})
    assert company.admin.get("/audit-records?subject_type=customer").json["items"][0]["via"] is None


def test_the_last_use_is_noted_now_and_then(company: Company, store: Store) -> None:
    token = made(company)
    sync = Program(company.app, token["secret"])
    sync.call("GET", "/customers")
    first = company.admin.get("/api-tokens").json["items"][0]
    assert (first["last_used_ip"], first["last_used_at"] is None) == ("127.0.0.1", False)
    store.rows("UPDATE user_sessions SET last_seen_at = created_at WHERE id = %s", token["id"])
    sync.call("GET", "/customers")
    assert company.admin.get("/api-tokens").json["items"][0]["last_used_at"] is None


def test_a_token_is_throttled(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.access import throttle

    monkeypatch.setattr(throttle, "API_TOKEN", throttle.Limit("api-token", 2, 60))
    sync = program(company)
    assert [sync.call("GET", "/customers").status_code for _ in range(3)] == [200, 200, 429]
    assert int(sync.call("GET", "/customers").headers["Retry-After"]) > 0
    assert company.admin.get("/customers").status_code == 200


def test_what_a_token_starts_stays_within_the_token(company: Company, store: Store) -> None:
    """An export that is asked for by a token does not write what only its owner may."""
    company.admin.post("/customers", {"name": "云岫智能"})
    token = made(company, read_only=False, areas=["customer", "job"])
    sync = Program(company.app, token["secret"])
    started = sync.call("POST", "/exports", json={"type": "customer", "format": "csv"})
    assert started.status_code == 202, started.json
    store.rows("UPDATE api_tokens SET areas = '[\"job\"]' WHERE id = %s", token["id"])
    with company.app.app_context(), tenant_scope(company.tenant_id):
        slices.work_a_while()
    job = company.admin.get("/jobs").json["items"][0]
    assert (job["state"], job["error"]) == ("failed", "你没有这项权限，可向管理员申请")


def test_nobody_has_too_many_or_eternal_ones(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.access.services import api_tokens as services

    assert company.admin.post("/api-tokens", {"name": "永远", "days": 400}).status_code == 422
    assert company.admin.post("/api-tokens", {"name": "乱", "areas": ["role"]}).status_code == 422
    monkeypatch.setattr(services, "MOST", 1)
    expires = made(company, name="第一个")["expires_at"]
    assert expires[:10] == f"{clock.now() + timedelta(days=90):%Y-%m-%d}"
    refused = company.admin.post("/api-tokens", {"name": "第二个"})
    assert (refused.status_code, refused.json["code"]) == (409, "too-many-api-tokens")
    assert len(company.admin.get("/api-tokens").json["items"]) == 1


def test_no_area_leads_to_what_tokens_never_do() -> None:
    assert {"role", "tenant", "field"} & set(api_tokens.AREAS) == set()
    cut = api_tokens.Cut(token_id=None, read_only=False, areas=frozenset())  # type: ignore[arg-type]
    assert {p for p in Permission if not cut.keeps(p)} == api_tokens.NEVER
