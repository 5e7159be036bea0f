import os
import signal
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from app.embedded.postgres import AlreadyRunning, EmbeddedPostgres


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    running = EmbeddedPostgres(tmp_path_factory.mktemp("data"), durable=False).start()
    running.ensure_roles()
    running.ensure_database()
    yield running
    running.stop()


def test_roles_have_the_least_rights(server: EmbeddedPostgres):
    server.ensure_roles()

    with psycopg.connect(server.dsn("postgres", "postgres")) as connection:
        roles = connection.execute(
            "SELECT rolname, rolcanlogin, rolbypassrls FROM pg_roles "
            "WHERE rolname LIKE 'guanxi%' AND NOT (rolsuper OR rolcreaterole OR rolcreatedb) ORDER BY rolname"
        ).fetchall()
    assert roles == [
        ("guanxi_app", True, False),
        ("guanxi_backup", True, True),
        ("guanxi_owner", True, False),
        ("guanxi_search", False, False),
    ]


def test_the_owner_may_hand_a_function_to_the_search_role_without_reading_as_it(server: EmbeddedPostgres):
    with psycopg.connect(server.dsn("guanxi_owner")) as owner:
        owner.execute("CREATE FUNCTION handed() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        owner.execute("GRANT CREATE ON SCHEMA public TO guanxi_search")
        owner.execute("ALTER FUNCTION handed() OWNER TO guanxi_search")
        row = owner.execute("SELECT pg_has_role('guanxi_search', 'USAGE')").fetchone()
        owner.rollback()
    assert row == (False,)


def test_the_application_makes_nothing_and_enters_no_other_database(server: EmbeddedPostgres):
    with (
        psycopg.connect(server.dsn("guanxi_app")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE public.mine (id int)")
    for database in ("postgres", "template1"):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(server.dsn("guanxi_app", database))


def test_a_copied_database_keeps_its_rows_and_its_doors(server: EmbeddedPostgres):
    server.create_database("origin")
    with psycopg.connect(server.dsn("guanxi_owner", "origin")) as owner:
        owner.execute("CREATE TABLE facts AS SELECT 42 AS answer")
        owner.execute("GRANT SELECT ON facts TO guanxi_app")

    server.create_database("copy", template="origin")

    with closing(psycopg.connect(server.dsn("guanxi_app", "copy"))) as connection:
        assert connection.execute("SELECT answer FROM facts").fetchone() == (42,)
        server.drop_database("copy")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(server.dsn("guanxi_app", "copy"))


def test_chinese_makes_trigrams(server: EmbeddedPostgres):
    server.create_database("trigrams")
    with psycopg.connect(server.dsn("guanxi_owner", "trigrams")) as owner:
        owner.execute("CREATE EXTENSION pg_trgm")
        row = owner.execute("SELECT cardinality(show_trgm('有限公司')), lower('ÄÖ')").fetchone()
    assert row == (5, "äö")


def test_a_second_holder_is_refused(server: EmbeddedPostgres):
    with pytest.raises(AlreadyRunning):
        EmbeddedPostgres(server.cluster.parent).start()

    with psycopg.connect(server.dsn("guanxi_app")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_half_made_cluster_is_made_anew(tmp_path: Path):
    draft = tmp_path / "postgres.init"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18")

    server = EmbeddedPostgres(tmp_path, durable=False).start()
    server.stop()

    assert (tmp_path / "postgres" / "global" / "pg_control").exists()
    assert not draft.exists()


def test_keeps_what_was_committed_before_a_crash(tmp_path: Path):
    server = EmbeddedPostgres(tmp_path).start()
    server.ensure_roles()
    server.ensure_database()
    with psycopg.connect(server.dsn("guanxi_owner"), autocommit=True) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    port, process = server.port, server.process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    server.start()

    assert server.port == port
    with psycopg.connect(server.dsn("guanxi_owner")) as owner:
        assert owner.execute("SELECT answer FROM kept").fetchone() == (42,)
    server.stop()


def test_passwords_are_for_their_owner_only(server: EmbeddedPostgres):
    file = server.cluster.with_name("postgres.secrets")

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"postgresql://guanxi_app:guess@127.0.0.1:{server.port}/guanxi")
