"""A whole installation, taken away in one file and brought back elsewhere, counted and checked."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from flask import Flask

from app.audit import sealing
from app.embedded.installation import ROOT
from app.embedded.postgres import APPLICATION, BACKUP, OWNER, SUPERUSER
from tenants.context import tenant_scope
from tests.files.shelf import hang
from tests.support.client import PASSWORD, Company, sign_up
from tests.support.servers import copy_template, dsn

SIGN_IN = """
import json, sys, wsgi
client = wsgi.app.test_client()
answer = client.post("/api/v1/session", json={"login": sys.argv[1], "password": sys.argv[2]})
names = [c["name"] for c in client.get("/api/v1/customers").json["items"]]
csrf = client.get_cookie("gx_csrf").value
made = client.post("/api/v1/signups", json={"company": "新来的", "name": "林知夏",
    "login": "fresh@example.com", "password": sys.argv[2]}, headers={"X-CSRF-Token": csrf})
print(json.dumps([answer.status_code, names, made.status_code]))
"""


_TABLES = """
SELECT relname, relrowsecurity, relforcerowsecurity, relacl::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1
"""
_REFERENCES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype = 'f' ORDER BY 1, 2
"""


def run(*words: str | Path, database: str, folder: Path, role: str = BACKUP) -> Any:
    """`./run cli ...` as somebody with a database of their own would call it."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": dsn(APPLICATION, database),
        "DATABASE_OWNER_URL": dsn(OWNER, database),
        "DATABASE_BACKUP_URL": dsn(role, database),
        "GUANXI_DATA_DIR": str(folder),
    }
    command = [sys.executable, *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)


def counts(database: str) -> dict[str, int]:
    with psycopg.connect(dsn(SUPERUSER, database)) as connection:
        names = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        ).fetchall()
        found = {}
        for (name,) in names:
            row = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
            found[name] = row[0] if row else 0
        return found


def walls(database: str) -> list[tuple[Any, ...]]:
    """What holds the tables: policies, walls, references, rights."""
    with psycopg.connect(dsn(SUPERUSER, database)) as connection:
        asked = (_TABLES, _REFERENCES)
        return [row for question in asked for row in connection.execute(question).fetchall()]


@pytest.fixture(scope="module")
def taken(
    app: Flask, database: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Company, dict[str, int], Path]:
    """A company among all others, how many rows there are of everything, and the backup of it all."""
    company = sign_up(app)
    customer = company.admin.post("/customers", {"name": "杭州云岫 \\N 智能装备"}).json
    hang(company.admin, customer)
    with app.app_context():
        sealing.sweep_everyone()
        with tenant_scope(company.tenant_id):
            sealing.visit()
    file = tmp_path_factory.mktemp("taken") / "guanxi.zip"
    done = run("-m", "app.cli", "backup", file, database=database, folder=app.config["SETTINGS"].data_dir)
    assert (done.returncode, complaints(done.stderr, company)) == (0, [])
    return company, counts(database), file


@pytest.fixture
def fresh(database: str) -> str:
    """A migrated, empty database."""
    name = f"{database}_fresh"
    copy_template(name)
    return name


def complaints(stderr: str, company: Company) -> list[str]:
    """What was said, but for files of other companies that their tests have taken away."""
    return [line for line in stderr.splitlines() if not line.startswith("missing: ") or company.slug in line]


def test_taken_here_and_brought_back_there(
    app: Flask, taken: tuple[Company, dict[str, int], Path], database: str, fresh: str, tmp_path: Path
) -> None:
    company, rows, file = taken
    here, there = app.config["SETTINGS"].data_dir, tmp_path / "data"
    assert file.stat().st_mode & 0o777 == 0o600
    again = run("-m", "app.cli", "backup", file, database=database, folder=here)
    assert (again.returncode, "is there already" in again.stderr) == (1, True)
    before = walls(fresh)
    brought = run("-m", "app.cli", "restore", file, database=fresh, folder=there)
    assert (brought.returncode, complaints(brought.stderr, company)) == (0, [])
    assert walls(fresh) == before
    assert counts(fresh) == rows
    kept = {path for path in (here / "files" / company.slug).rglob("*") if path.is_file()}
    assert kept != set()
    kept = {path.relative_to(here / "files") for path in kept}
    assert all((there / "files" / path).read_bytes() == (here / "files" / path).read_bytes() for path in kept)
    verified = run("-m", "app.cli", "audit", "verify", "--tenant", company.slug, database=fresh, folder=there)
    assert (verified.returncode, verified.stdout.startswith("intact")) == (0, True)
    entered = run("-c", SIGN_IN, company.login, PASSWORD, database=fresh, folder=there)
    assert orjson.loads(entered.stdout) == [200, ["杭州云岫 \\N 智能装备"], 201], entered.stderr
    full = run("-m", "app.cli", "restore", file, database=fresh, folder=there)
    assert (full.returncode, "--force" in full.stderr) == (1, True)
    forced = run("-m", "app.cli", "restore", "--force", file, database=fresh, folder=there)
    assert (forced.returncode, counts(fresh)) == (0, rows), forced.stderr


def changed(source: Path, target: Path, name: str, change: Any) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry == name else content)


def test_what_does_not_fit_is_refused_and_nothing_is_there(
    app: Flask, taken: tuple[Company, dict[str, int], Path], database: str, fresh: str, tmp_path: Path
) -> None:
    here, there, never = app.config["SETTINGS"].data_dir, tmp_path / "data", tmp_path / "guanxi.zip"
    walled = run("-m", "app.cli", "backup", never, database=database, folder=here, role=APPLICATION)
    assert (walled.returncode, "guanxi_backup" in walled.stderr, never.exists()) == (1, True, False)
    _, _, file = taken
    damaged, older, broken = tmp_path / "damaged.zip", tmp_path / "older.zip", tmp_path / "broken.zip"
    changed(file, damaged, "tables/roles.copy", lambda text: text[: text.rindex(b"\n", 0, -1) + 1])
    changed(file, older, "manifest.json", lambda text: orjson.dumps({**orjson.loads(text), "head": "0007"}))
    broken.write_bytes(file.read_bytes()[:5000])
    empty = counts(fresh)
    for source, said in ((damaged, "roles is damaged"), (older, "revision 0007"), (broken, "no backup")):
        refused = run("-m", "app.cli", "restore", source, database=fresh, folder=there)
        assert (refused.returncode, said in refused.stderr) == (1, True), refused.stderr
    assert counts(fresh) == empty
