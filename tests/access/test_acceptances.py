"""Accepting an invitation: whoever holds its link joins, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select, text

from app.access import passwords
from app.access.models import Invitation
from app.access.queries import invitations as queries
from app.access.queries.invitations import InvitationCard
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.messaging.models import Notification
from tenants.context import tenant_scope
from tests.access.conftest import Aside, Trail
from tests.access.invited import DEAD, accept, colleagues, look, outcome
from tests.support.client import Company
from tests.support.people import (
    department,
    hire,
    invite,
    token_in,
)


def test_the_invited_join_with_what_was_meant_for_them(company: Company, trail: Trail) -> None:
    east = department(company, "华东")
    answer = invite(company, "sales", "viewer", department_id=east)
    assert answer.json["department"] == {"id": east, "name": "华东"}
    joined = accept(company, token_in(answer.json["link"]), name="夏天", locale="en")
    assert joined.status_code == 201
    me = joined.json["user"]
    assert (me["name"], me["locale"], me["department"]["id"]) == ("夏天", "en", east)
    assert [role["code"] for role in me["roles"]] == ["sales", "viewer"]
    assert joined.json["tenant"]["slug"] == company.slug
    shown = company.admin.get(f"/invitations/{answer.json['id']}").json
    assert (shown["state"], shown["invited_by"]["id"]) == ("accepted", company.user_id)
    told = [(r["action"], r["subject_type"], r["actor"]["name"]) for r in trail(company)]
    assert told[:3] == [
        ("joined", "user", "夏天"),
        ("accepted", "invitation", "夏天"),
        ("created", "invitation", "秦明远"),
    ]


def test_the_inviter_hears_of_it(company: Company) -> None:
    hire(company, "sales", name="夏天")
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        bells = [(str(b.user_id), b.kind, b.facts) for b in db.session.scalars(select(Notification))]
    assert bells == [(company.user_id, "invitation-accepted", {"name": "夏天"})]


def test_somebody_must_say_the_name(company: Company) -> None:
    token = token_in(invite(company, "sales", name="").json["link"])
    refused = accept(company, token)
    assert refused.status_code == 422
    assert [(e["field"], e["code"]) for e in refused.json["errors"]] == [("name", "required")]
    weak = accept(company, token, name="夏天", password="short")
    assert [e["field"] for e in weak.json["errors"]] == ["password"]
    assert len(colleagues(company)) == 1
    assert accept(company, token, name="夏天").status_code == 201


def test_an_account_that_there_is_shows_its_password(company: Company, other_company: Company) -> None:
    answer = invite(company, "sales", login=other_company.login, name="")
    assert answer.status_code == 201
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        link = db.session.execute(
            text("SELECT link FROM deliveries WHERE tenant_id = :here"), {"here": company.tenant_id}
        ).scalar_one()
    token = token_in(link)
    assert look(company, token).json["has_account"] is True
    wrong = accept(company, token, password="not this one at all")
    assert wrong.status_code == 422
    assert [(e["field"], e["code"]) for e in wrong.json["errors"]] == [("password", "wrong-password")]
    assert colleagues(company) == [company.login]
    joined = accept(company, token)
    assert (joined.status_code, joined.json["user"]["name"]) == (201, "秦明远")
    standing = other_company.admin.get("/session").json
    assert {tenant["slug"] for tenant in standing["tenants"]} == {company.slug, other_company.slug}
    assert other_company.admin.get("/session").json["tenant"]["slug"] == other_company.slug


def test_a_link_works_once(company: Company) -> None:
    token = token_in(invite(company, "sales").json["link"])
    assert accept(company, token).status_code == 201
    assert outcome(accept(company, token)) == DEAD
    assert outcome(look(company, token)) == DEAD
    assert len(colleagues(company)) == 2


def test_of_many_who_accept_at_once_one_joins(company: Company) -> None:
    token, barrier = token_in(invite(company, "sales").json["link"]), Barrier(4)

    def race(_number: int) -> int:
        barrier.wait(timeout=30)
        return accept(company, token).status_code

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert sorted(pool.map(race, range(4))) == [201, 410, 410, 410]
    assert len(colleagues(company)) == 2


def test_who_revokes_or_sends_again_after_an_acceptance_comes_too_late(
    company: Company, aside: Aside, trail: Trail, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Callable[..., InvitationCard] = queries.get
    for method, end in (("DELETE", ""), ("POST", "/resend")):
        made = invite(company, "sales").json
        path = f"/invitations/{made['id']}"

        def accepted_after_the_read(*asked: Any, token: str = token_in(made["link"])) -> InvitationCard:
            card = read(*asked)
            assert aside(lambda: accept(company, token)).status_code == 201
            return card

        with monkeypatch.context() as patch:
            patch.setattr(queries, "get", accepted_after_the_read)
            assert outcome(company.admin.call(method, path + end)) == (409, "invitation-closed")
        assert company.admin.get(path).json["state"] == "accepted"
        assert _revoked_at(company, made["id"]) is None
        assert [r["action"] for r in trail(company, subject_id=made["id"])] == ["accepted", "created"]
    assert len(colleagues(company)) == 3


def _revoked_at(company: Company, invitation_id: str) -> Any:
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        wanted = select(Invitation.revoked_at).where(Invitation.id == UUID(invitation_id))
        return db.session.scalar(wanted)


def test_who_accepts_after_a_revocation_comes_too_late(
    company: Company, aside: Aside, trail: Trail, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = invite(company, "sales").json
    digest = passwords.digest

    def revoked_meanwhile(password: str) -> str:
        revoked = aside(lambda: company.admin.delete(f"/invitations/{made['id']}"))
        assert revoked.status_code == 204
        return digest(password)

    monkeypatch.setattr(passwords, "digest", revoked_meanwhile)
    assert outcome(accept(company, token_in(made["link"]))) == DEAD
    assert company.admin.get(f"/invitations/{made['id']}").json["state"] == "revoked"
    assert [r["action"] for r in trail(company, subject_id=made["id"])] == ["revoked", "created"]
    assert colleagues(company) == [company.login]


def test_a_link_lives_seven_days(company: Company) -> None:
    answer = invite(company, "sales")
    token = token_in(answer.json["link"])
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1), tick=True):
        assert outcome(accept(company, token)) == DEAD
    assert accept(company, token).status_code == 201


@pytest.mark.parametrize("token", ["x", "a.b", ".", "{slug}.x", "{other}.{secret}"])
def test_refuses_what_is_no_token_of_ours(company: Company, other_company: Company, token: str) -> None:
    secret = token_in(invite(company, "sales").json["link"]).partition(".")[2]
    forged = token.format(slug=company.slug, other=other_company.slug, secret=secret)
    assert outcome(look(company, forged)) == DEAD
    assert outcome(accept(company, forged)) == DEAD
