"""Workers die without a word, and no record is left out or changed twice."""

import os
import subprocess
import sys
from uuid import UUID

from flask import Flask

from app.access import actors
from app.core.uow import unit_of_work
from app.customers import bulk
from app.customers.drafts import CustomerDraft
from app.embedded.installation import ROOT
from tenants.context import tenant_scope
from tests.bulk_actions.conftest import Bench
from tests.support.store import Store

ROWS, LIVES = 500, 6


def test_killing_workers_again_and_again_loses_and_doubles_nothing(
    app: Flask, bench: Bench, store: Store
) -> None:
    company = bench.company
    with app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        actor = actors.load(UUID(company.user_id), access_version=0, state="active")
        bulk.create_many(actor, [CustomerDraft(name=f"客户 {n} 号") for n in range(ROWS)])
    job = bench.ask("tag", tags_added=["展会"])
    done = subprocess.run(
        [sys.executable, "-m", "tests.bulk_actions.dying_workers", str(company.tenant_id), str(LIVES), "7"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(done.stdout) >= LIVES - 2
    assert bench.figures(bench.job(job)) == ("succeeded", ROWS, 0, 0)
    changed = store.rows("SELECT version, tags FROM customers WHERE tenant_id = %s", company.tenant_id)
    assert {(row["version"], tuple(row["tags"])) for row in changed} == {(2, ("展会",))}
    told = "SELECT 1 FROM audit_records WHERE tenant_id = %s AND action = 'updated'"
    assert len(store.rows(told, company.tenant_id)) == ROWS
    kept = store.rows("SELECT row FROM job_rows WHERE job_id = %s ORDER BY row", UUID(job["id"]))
    assert [row["row"] for row in kept] == list(range(1, ROWS + 1))
