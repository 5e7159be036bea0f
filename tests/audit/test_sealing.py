"""What the sealer does: line after line, round after round, under one secret after another."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.audit import sealing
from app.audit.sealing import ChainBroken
from app.core import crypto, doorbell
from app.core.uow import unit_of_work
from tenants.context import tenant_scope
from tests.audit.conftest import COPY, Seal, Tamperer, Verify
from tests.support.client import Company
from tests.support.people import department, sign_in
from tests.support.store import Store

NEXT = "the next secret of this installation"


def test_the_sealer_builds_nothing_on_a_changed_end(
    app: Flask, sealed: Company, verify: Verify, owner: Tamperer
) -> None:
    # Otherwise lines inserted with an earlier time would be sealed as if they were late.
    owner.do("UPDATE audit_chains SET complete_until = '1970-01-01'")
    owner.do(COPY)
    with app.app_context(), tenant_scope(sealed.tenant_id), pytest.raises(ChainBroken), unit_of_work():
        sealing.seal_batch()
    assert owner.do("SELECT max(seq) FROM audit_seals") == [(6,)]
    assert "forged" in verify(sealed).kinds


def test_a_line_that_was_committed_late_is_still_sealed(
    sealed: Company, verify: Verify, owner: Tamperer, seal: Seal
) -> None:
    owner.do(COPY.replace("2 hours", "10 minutes"))
    assert "1 waiting" in verify(sealed).text
    seal(sealed)
    assert re.search(r"7 sealed until .*, 0 waiting", verify(sealed).text)


def test_long_trails_are_sealed_batch_by_batch(
    sealed: Company, verify: Verify, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH", 2)
    monkeypatch.setattr("app.audit.verifying.PAGE", 3)
    for name in ("己", "庚", "辛"):
        department(sealed, name)
    seal(sealed)
    assert re.search(r"9 sealed until .*, 0 waiting", verify(sealed).text)
    assert verify(sealed).code == 0


def test_rounds_find_what_was_noted_and_settle_later(
    app: Flask, company: Company, store: Store, owner: Tamperer, later: Callable[[Any], None]
) -> None:
    # The companies of all tests before are not to be sealed here.
    store.rows("DELETE FROM agenda WHERE tenant_id <> %s AND queue = 'audit'", company.tenant_id)
    department(company, "甲")
    assert owner.do("SELECT count(*) FROM agenda WHERE tenant_id = TENANT AND queue = 'audit'") == [(1,)]
    with app.app_context():
        sealing.sweep()
    assert owner.do("SELECT max(seq) FROM audit_seals") == [(2,)]
    assert owner.do("SELECT count(*) FROM agenda WHERE tenant_id = TENANT AND queue = 'audit'") == [(1,)]
    later(timedelta(hours=5))
    with app.app_context():
        sealing.sweep()
    assert owner.do("SELECT count(*) FROM agenda WHERE tenant_id = TENANT AND queue = 'audit'") == [(0,)]
    sign_in(company, company.login)
    assert owner.do("SELECT count(*) FROM agenda WHERE tenant_id = TENANT AND queue = 'audit'") == [(1,)]


def test_a_lost_note_is_made_up_for(
    app: Flask, company: Company, owner: Tamperer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slice by slice: each rings for the next, and the tenants of all tests are among them."""
    monkeypatch.setattr(sealing, "SLICE_SECONDS", 0.0)
    rung: list[int] = []
    monkeypatch.setattr(doorbell, "_ringer", lambda _task, facts: rung.append(int(facts["after"])))
    owner.do("DELETE FROM agenda WHERE tenant_id = TENANT AND queue = 'audit'")
    [(mine,)] = owner.do("SELECT TENANT")
    with app.app_context():
        sealing.sweep_everyone(after=mine - 1)
    assert rung in ([], [mine])
    assert owner.do("SELECT max(seq) FROM audit_seals") == [(1,)]


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Gives the installation a secret, and tells it former ones."""

    def give(secret: str, *former: str) -> None:
        monkeypatch.setattr(crypto, "_secrets", tuple(key.encode() for key in (secret, *former)))
        monkeypatch.setenv("GUANXI_SECRET_KEY", secret)
        monkeypatch.setenv("GUANXI_FORMER_SECRET_KEYS", " ".join(former))

    return give


def test_a_chain_goes_on_under_a_new_secret(
    sealed: Company, verify: Verify, seal: Seal, secrets: Callable[..., None]
) -> None:
    first = os.environ["GUANXI_SECRET_KEY"]
    secrets(NEXT, first)
    assert (verify(sealed).code, verify(sealed).kinds) == (0, [])
    department(sealed, "己")
    seal(sealed)
    assert "7 sealed" in verify(sealed).text
    assert (verify(sealed).code, verify(sealed).kinds) == (0, [])
    secrets(NEXT)
    assert "seal 6 was made with another key" in verify(sealed).text
    assert "seal 7" not in verify(sealed).text


def test_a_former_secret_seals_nothing_any_more(
    sealed: Company, verify: Verify, seal: Seal, secrets: Callable[..., None]
) -> None:
    first = os.environ["GUANXI_SECRET_KEY"]
    for name, keys in (("己", (NEXT, first)), ("庚", (first, NEXT))):
        secrets(*keys)
        department(sealed, name)
        seal(sealed)
    secrets(NEXT, first)
    verdict = verify(sealed)
    assert verdict.code == 1
    assert "seal 8 was made with another key" in verdict.text
    assert "seal 7 was" not in verdict.text
