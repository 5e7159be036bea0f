"""What deploy/ and docs/deploy.md promise, held against the code."""

import re
import subprocess
from pathlib import Path

import psycopg

from app.embedded.installation import ROOT
from app.embedded.postgres import SUPERUSER, EmbeddedPostgres, find_binaries

ROLES = (
    "SELECT rolname, rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles "
    "WHERE rolname LIKE 'guanxi%' ORDER BY rolname"
)
MEMBERS = (
    "SELECT roleid::regrole::text, member::regrole::text, to_jsonb(m) - 'oid' - 'roleid' - 'member' "
    "FROM pg_auth_members m WHERE member::regrole::text LIKE 'guanxi%' ORDER BY 1, 2"
)
DOORS = (
    "SELECT d.datacl::text, d.datcollate, d.datctype, n.nspacl::text "
    "FROM pg_database d, pg_namespace n WHERE d.datname = 'guanxi' AND n.nspname = 'public'"
)


def test_the_statements_for_a_real_server_make_what_the_embedded_default_has(tmp_path: Path):
    by_code = EmbeddedPostgres(tmp_path / "code", durable=False).start()
    by_code.ensure_roles()
    by_code.ensure_database()
    by_script = EmbeddedPostgres(tmp_path / "script", durable=False).start()
    passwords = [f"{name}_password=a1" for name in ("owner", "app", "backup")]
    variables = [part for password in passwords for part in ("-v", password)]

    script, target = ROOT / "deploy" / "roles.sql", by_script.dsn(SUPERUSER, "postgres")
    psql = [find_binaries() / "psql", "-q", *variables, "-f", script, target]
    subprocess.run(psql, check=True, stdout=subprocess.DEVNULL)

    for statement in (ROLES, MEMBERS, DOORS):
        assert _rows(by_script, statement) == _rows(by_code, statement)
    psycopg.connect(f"postgresql://guanxi_app:a1@127.0.0.1:{by_script.port}/guanxi").close()
    by_code.stop()
    by_script.stop()


def test_every_setting_is_documented():
    names = re.compile(r"\b(?:GUANXI_[A-Z_]+|DATABASE_(?:OWNER_)?URL|REDIS_URL)\b")
    known = set(names.findall((ROOT / "app" / "config.py").read_text())) | {"DATABASE_OWNER_URL"}

    table = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "deploy.md").read_text(), re.MULTILINE)

    assert sorted(table) == sorted(known)


def _rows(server: EmbeddedPostgres, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.dsn(SUPERUSER, "guanxi")) as connection:
        return connection.execute(statement).fetchall()
