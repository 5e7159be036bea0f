"""Workers die without a word, and no row is lost or comes in twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from app.embedded.installation import ROOT
from app.jobs import slices
from tests.imports.conftest import Desk, Json
from tests.support.store import Store

ROWS, LIVES = 1_200, 12


def content(rows: int) -> str:
    """Rows of which each tenth has a wrong number, and each belongs to the one below it."""
    lines = (f"客户 {n} 号,{'1' if n % 10 == 0 else f'138{n:08d}'},客户 {n + 1} 号\n" for n in range(rows))
    return f"公司名称,手机,上级公司\n{''.join(lines)}"


def check(desk: Desk, store: Store, job: Json, rows: int) -> None:
    """Exactly the rows of the file are in, none doubled, and the job says so."""
    ended, tenant_id = desk.job(job["id"]), store.tenant_id(desk.company.slug)
    good = [f"客户 {n} 号" for n in range(rows) if n % 10]
    assert (ended["state"], ended["total"], ended["done"]) == ("succeeded", rows, rows)
    assert (ended["succeeded"], ended["failed"]) == (len(good), rows - len(good))
    made = store.rows(
        "SELECT c.name, p.name AS parent FROM customers c"
        " LEFT JOIN customers p ON p.tenant_id = c.tenant_id AND p.id = c.parent_id WHERE c.tenant_id = %s",
        tenant_id,
    )
    assert sorted(row["name"] for row in made) == sorted(good)
    tied = {row["name"]: row["parent"] for row in made}
    assert tied == {name: below if below in tied else None for name, below in below_each(rows)}
    noted = store.rows("SELECT row, outcome FROM job_rows WHERE job_id = %s ORDER BY row", UUID(job["id"]))
    assert [row["row"] for row in noted] == list(range(2, rows + 2))
    told = store.rows("SELECT 1 FROM audit_records WHERE tenant_id = %s AND action = 'imported'", tenant_id)
    assert len(told) == len(good)
    bells = desk.browser.get("/notifications").json["items"]
    assert [bell["kind"] for bell in bells] == ["import-finished"]


def below_each(rows: int) -> Iterator[tuple[str, str]]:
    return ((f"客户 {n} 号", f"客户 {n + 1} 号") for n in range(rows) if n % 10)


def test_killing_workers_again_and_again_loses_and_doubles_nothing(desk: Desk, store: Store) -> None:
    job = desk.start(desk.upload(content(ROWS)))
    arguments = [str(fact) for fact in (desk.company.tenant_id, LIVES, 7)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.imports.dying_workers", *arguments],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(done.stdout) >= LIVES - 2
    check(desk, store, job, ROWS)


def test_a_real_worker_is_killed_and_another_goes_on(
    app: Flask, desk: Desk, store: Store, tmp_path: Path
) -> None:
    rows, log = 2_500, tmp_path / "celery.log"
    job = desk.start(desk.upload(content(rows)))
    with worker(log):
        ring(app)
        until(lambda: desk.job(job["id"])["done"] > 0, log)
    half = desk.job(job["id"])
    assert (half["state"], half["done"] < rows) == ("running", True)
    # As if its lease had run out meanwhile.
    store.rows("UPDATE jobs SET lease_until = now() - interval '1 second' WHERE id = %s", UUID(job["id"]))
    with worker(log):
        ring(app)
        until(lambda: desk.job(job["id"])["state"] == "succeeded", log)
    check(desk, store, job, rows)


def ring(app: Flask) -> None:
    """What the scheduler does every few seconds."""
    with app.app_context():
        slices.sweep()


@contextmanager
def worker(log: Path) -> Iterator[None]:
    """A worker as the supervisor would start it, killed in the end with all its children."""
    command = [sys.executable, "-m", "celery", "--app", "wsgi:celery", "worker", "--concurrency", "1"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*command, "--without-gossip", "--without-mingle", "--loglevel", "WARNING"],
            cwd=ROOT,
            env=os.environ,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(holds: Callable[[], bool], log: Path) -> None:
    """Wait for something that processes bring about."""
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail(log.read_text(errors="replace")[-3000:])
