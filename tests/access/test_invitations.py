"""Invitations: sent, listed, sent again and taken back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.core.db import db
from app.core.uow import unit_of_work
from tenants.context import tenant_scope
from tests.access.conftest import Mails, Trail
from tests.access.invited import DEAD, accept, expire, look, outcome
from tests.support.client import Company, unique_login
from tests.support.people import (
    change,
    hire,
    invite,
    role_id,
    root_id,
    token_in,
    unique_mobile,
)
from tests.support.statements import sent


def test_an_address_gets_a_mail_and_nobody_else_the_link(company: Company, mails: Mails) -> None:
    login = unique_login()
    answer = invite(company, "sales", login=login.upper())
    assert answer.status_code == 201
    assert (answer.json["login"], answer.json["link"], answer.json["state"]) == (login, None, "pending")
    (mail,) = mails(company)
    assert (mail.kind, mail.address, mail.secret) == ("invitation", login, True)
    assert mail.facts == {"company": company.name, "inviter": "秦明远", "days": 7}
    assert mail.link is not None
    assert mail.link.startswith(f"/accept-invitation#token={company.slug}.")
    assert look(company, token_in(mail.link)).json == {
        "company": company.name,
        "inviter": "秦明远",
        "name": "林知夏",
        "login": login,
        "has_account": False,
    }


def test_a_mobile_number_gets_a_link_to_hand_over_shown_once(company: Company, mails: Mails) -> None:
    login, key = unique_mobile(), {"Idempotency-Key": "invite-1234-5678"}
    sent_ = {"login": login, "name": "林知夏", "role_ids": [role_id(company, "sales")]}
    first = company.admin.post("/invitations", sent_, headers=key)
    again = company.admin.post("/invitations", sent_, headers=key)
    assert first.json["link"].startswith(f"http://localhost/accept-invitation#token={company.slug}.")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json == {**first.json, "link": None}
    shown = company.admin.get(f"/invitations/{first.json['id']}").json
    assert "link" not in shown
    assert mails(company) == []
    assert accept(company, token_in(first.json["link"])).status_code == 201


def test_no_token_is_kept(company: Company) -> None:
    key = {"Idempotency-Key": "invite-1234-5678"}
    sent_ = {"login": unique_mobile(), "role_ids": [role_id(company, "sales")]}
    link = company.admin.post("/invitations", sent_, headers=key).json["link"]
    secret = token_in(link).partition(".")[2]
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        for table in ("idempotency_keys", "invitations", "audit_records", "deliveries"):
            rows = db.session.execute(
                text(f"SELECT {table}::text FROM {table} WHERE tenant_id = :here"),
                {"here": company.tenant_id},
            ).scalars()
            hexed = secret.encode().hex()
            assert [row for row in rows if secret in row or hexed in row] == []


def test_an_expired_one_makes_room_for_another(company: Company) -> None:
    login = unique_mobile()
    old = invite(company, "sales", login=login).json
    expire(company, old["id"])
    assert company.admin.get(f"/invitations/{old['id']}").json["state"] == "expired"
    new = invite(company, "sales", login=login)
    assert new.status_code == 201
    assert company.admin.get(f"/invitations/{old['id']}").json["state"] == "revoked"
    assert outcome(accept(company, token_in(old["link"]))) == DEAD
    assert accept(company, token_in(new.json["link"])).status_code == 201


def test_sending_again_kills_the_old_link(company: Company, mails: Mails, trail: Trail) -> None:
    login = unique_login()
    first = invite(company, "sales", login=login).json
    dead = token_in(mails(company)[0].link or "")
    expire(company, first["id"])
    answer = company.admin.post(f"/invitations/{first['id']}/resend")
    assert (answer.status_code, answer.json["state"], answer.json["link"]) == (202, "pending", None)
    old, new = mails(company)
    assert (old.state, old.link, new.state) == ("cancelled", None, "waiting")
    assert outcome(look(company, dead)) == DEAD
    assert accept(company, token_in(new.link or "")).status_code == 201
    assert [r["action"] for r in trail(company, subject_id=first["id"])] == ["accepted", "resent", "created"]
    closed = company.admin.post(f"/invitations/{first['id']}/resend")
    assert outcome(closed) == (409, "invitation-closed")


def test_a_revoked_link_is_dead(company: Company, mails: Mails, trail: Trail) -> None:
    answer = invite(company, "sales", login=unique_login()).json
    path = f"/invitations/{answer['id']}"
    token = token_in(mails(company)[0].link or "")
    assert company.admin.delete(path).status_code == 204
    assert outcome(accept(company, token)) == DEAD
    assert mails(company)[0].state == "cancelled"
    assert company.admin.get(path).json["state"] == "revoked"
    assert outcome(company.admin.delete(path)) == (409, "invitation-closed")
    assert outcome(company.admin.post(f"{path}/resend")) == (409, "invitation-closed")
    assert [r["action"] for r in trail(company, subject_id=answer["id"])] == ["revoked", "created"]


def test_members_are_not_invited(company: Company) -> None:
    colleague = hire(company, "sales")
    for login in (company.login, colleague.login, f"+86 {colleague.login}"):
        assert outcome(invite(company, "sales", login=login)) == (409, "already-member")
    change(company.admin, f"/users/{colleague.id}", state="disabled")
    assert outcome(invite(company, "sales", login=colleague.login)) == (409, "already-member")


def test_nobody_is_invited_twice_at_a_time(company: Company) -> None:
    login = unique_mobile()
    assert invite(company, "sales", login=login).status_code == 201
    assert outcome(invite(company, "viewer", login=login)) == (409, "already-invited")
    racing, barrier, role = unique_mobile(), Barrier(3), role_id(company, "sales")

    def race(_number: int) -> int:
        barrier.wait(timeout=30)
        return company_browser.post("/invitations", {"login": racing, "role_ids": [role]}).status_code

    company_browser = company.admin
    with ThreadPoolExecutor(max_workers=3) as pool:
        assert sorted(pool.map(race, range(3))) == [201, 409, 409]


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"login": "nobody"}, "login", "invalid-login"),
        ({"login": "nobody@example"}, "login", "invalid-email"),
        ({"role_ids": []}, "role_ids", "too-few"),
        ({"role_ids": [str(uuid4())]}, "role_ids.0", "unknown-reference"),
        ({"department_id": str(uuid4())}, "department_id", "unknown-reference"),
        ({"role_ids": "all"}, "role_ids", "not-a-list"),
    ],
)
def test_refuses_invitations_that_make_no_sense(
    company: Company, facts: dict[str, Any], field: str, code: str
) -> None:
    answer = invite(company, "sales", **facts)
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, code)]
    assert company.admin.get("/invitations").json["items"] == []


def test_roles_and_departments_of_others_are_unknown(company: Company, other_company: Company) -> None:
    role, place = role_id(other_company, "sales"), root_id(other_company)
    for facts, field in (({"role_ids": [role]}, "role_ids.0"), ({"department_id": place}, "department_id")):
        answer = invite(company, "sales", **facts)
        assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, "unknown-reference")]


def test_lists_them_page_by_page_with_their_states(company: Company) -> None:
    made = [invite(company, "sales").json["id"] for _ in range(3)]
    company.admin.delete(f"/invitations/{made[0]}")
    first = company.admin.get("/invitations", query_string={"limit": "2"}).json
    rest = company.admin.get("/invitations", query_string={"cursor": first["next_cursor"]}).json
    items = first["items"] + rest["items"]
    assert [item["id"] for item in items] == made[::-1]
    assert [item["state"] for item in items] == ["pending", "pending", "revoked"]
    assert rest["next_cursor"] is None
    for state, expected in (("pending", 2), ("revoked", 1), ("accepted", 0), ("expired", 0)):
        found = company.admin.get("/invitations", query_string={"state": state}).json["items"]
        assert len(found) == expected
    bad = company.admin.get("/invitations", query_string={"cursor": "nonsense"})
    assert (bad.status_code, bad.json["errors"][0]["field"]) == (422, "cursor")


def test_only_those_who_may_invite(company: Company, other_company: Company) -> None:
    sales = hire(company, "sales").browser
    waiting = invite(company, "sales").json["id"]
    sent_ = {"login": unique_mobile(), "role_ids": [role_id(company, "sales")]}
    assert sales.post("/invitations", sent_).status_code == 403
    assert sales.get("/invitations").status_code == 403
    assert sales.delete(f"/invitations/{waiting}").status_code == 403
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/resend")):
        answer = other_company.admin.call(method, f"/invitations/{waiting}{path}")
        assert answer.status_code == 404
    assert company.admin.get(f"/invitations/{waiting}").json["state"] == "pending"


def test_the_list_takes_as_many_statements_however_long_it_is(company: Company) -> None:
    counts = []
    for _ in range(2):
        for code in ("sales", "viewer", "manager"):
            invite(company, code)
        company.admin.get("/session")
        with sent() as statements:
            assert company.admin.get("/invitations").status_code == 200
        counts.append(len(statements))
    assert counts == [2, 2]
