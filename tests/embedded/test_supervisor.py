import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from app.embedded.installation import NotRunning
from app.embedded.postgres import OWNER, EmbeddedPostgres
from app.embedded.processes import free_port
from app.embedded.valkey import EmbeddedValkey
from tests.embedded.running import Running, alive, await_true, command_line

Start = Callable[[], Running]
NOBODY_THERE = 'connection failed: connection to server at "127.0.0.1", port 1 failed: Connection refused'


def test_a_first_start_shows_its_steps(first_start: list[str]):
    steps = [line.partition(" … ")[0] for line in first_start if " … " in line]

    # The pages were built before, unless somebody is just changing them.
    assert steps[-4:] == [
        "Preparing the database",
        "Starting the message broker",
        "Migrating the database",
        "Starting the web server",
    ]


def test_serves_and_tells_how_to_connect(start: Start):
    running = start()

    await_true("the worker's heartbeat", lambda: running.status("/readyz") == 200)
    for role in ("owner", "app", "backup"):
        with psycopg.connect(running.dsn(role)) as connection:
            assert connection.execute("SELECT current_user").fetchone() == (f"guanxi_{role}",)


def test_ctrl_c_ends_every_process(start: Start):
    running = start()
    family = running.family()

    assert running.end(signal.SIGINT) == 0

    assert alive(family) == {}
    with pytest.raises(NotRunning):
        running.installation.runtime()


def test_its_sudden_death_leaves_no_process_and_no_damage(start: Start):
    running = start()
    with psycopg.connect(running.dsn("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (what text)")
        connection.execute("INSERT INTO kept VALUES ('关系')")
    await_true("the worker's children", lambda: len(_named(running, "celery")) == 4)
    family = running.family()

    running.end(signal.SIGKILL)

    await_true("the end of all processes", lambda: alive(family) == {})
    again = start()
    with psycopg.connect(again.dsn("owner")) as connection:
        assert connection.execute("SELECT what FROM kept").fetchall() == [("关系",)]
    assert again.status("/healthz") == 200


def test_a_second_supervisor_is_refused(start: Start):
    running = start()
    family = running.family()

    second = command_line(running.installation.data, running.port)
    said, refusal = second.communicate(timeout=60)

    assert (second.returncode, said) == (1, "")
    pid = running.process.pid
    assert refusal == f"{running.installation.data} is in use by another ./run (process {pid})\n"
    assert alive(family) == family
    assert running.status("/healthz") == 200


def test_uses_the_servers_it_is_told_of(tmp_path: Path):
    database = EmbeddedPostgres(tmp_path / "server", durable=False).start()
    database.ensure_roles()
    database.ensure_database()
    broker = EmbeddedValkey(tmp_path / "server", durable=False).start()

    running = Running(
        tmp_path / "var",
        DATABASE_URL=database.dsn(),
        DATABASE_OWNER_URL=database.dsn(OWNER),
        REDIS_URL=broker.url,
    )

    await_true("the worker's heartbeat", lambda: running.status("/readyz") == 200)
    assert running.said[0].startswith("Migrating the database")
    assert not (tmp_path / "var" / "postgres").exists()
    assert "DATABASE_OWNER_URL" not in running.environment_of("wsgi:app")
    assert running.end(signal.SIGTERM) == 0
    broker.stop()
    database.stop()


def test_a_busy_port_is_named_before_anything_starts(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        refused = command_line(tmp_path / "var", port)
        said, refusal = refused.communicate(timeout=60)

    assert (refused.returncode, said) == (1, "")
    assert refusal == f"Cannot use 127.0.0.1:{port} (Address already in use). Choose another with --port\n"
    assert not (tmp_path / "var" / "postgres").exists()


def test_a_dead_worker_comes_back_without_its_old_pool(start: Start):
    running = start()
    await_true("the worker's children", lambda: len(_named(running, "celery")) == 4)
    old = {pid: text for pid, text in _named(running, "celery").items() if " worker " in text}

    os.kill(min(old), signal.SIGKILL)

    await_true("the end of the old pool", lambda: alive(old) == {})
    await_true("a new worker", lambda: len(_named(running, " worker ")) == 3)


def test_a_dead_database_comes_back_on_its_port(start: Start):
    running = start()
    server = min(_named(running, "-D "))
    dsn = running.dsn("app")

    os.kill(server, signal.SIGKILL)

    await_true("the new server", lambda: min(_named(running, "-D "), default=server) != server)
    await_true("its answer", lambda: _connects(dsn))


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        (
            {"GUANXI_LOG_LEVEL": "loud"},
            "GUANXI_LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, not 'loud'",
        ),
        (
            {"DATABASE_URL": "mysql://u:secret@127.0.0.1/x"},
            "DATABASE_URL must begin with postgresql:// (no other database is supported)",
        ),
        ({"DATABASE_URL": "postgresql://u:secret@127.0.0.1:1/x"}, f"DATABASE_URL: {NOBODY_THERE}"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(tmp_path: Path, settings: dict[str, str], complaint: str):
    refused = command_line(tmp_path / "var", free_port(), **settings)
    _, said = refused.communicate(timeout=60)

    assert (refused.returncode, said) == (1, f"{complaint}\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--prot"], "unrecognized arguments: --prot"),
        (["--port", "x"], "argument --port: 'x' is not a port (1 to 65535)"),
        (["--port", "70000"], "argument --port: '70000' is not a port (1 to 65535)"),
    ],
)
def test_a_wrong_option_is_one_clear_line(tmp_path: Path, arguments: list[str], complaint: str):
    refused = command_line(tmp_path / "var", 8000, *arguments)
    _, said = refused.communicate(timeout=60)

    assert (refused.returncode, said) == (2, f"./run: {complaint}. See ./run --help\n")
    assert not (tmp_path / "var").exists()


def _named(running: Running, part: str) -> dict[int, str]:
    return {pid: arguments for pid, arguments in running.family().items() if part in arguments}


def _connects(dsn: str) -> bool:
    try:
        psycopg.connect(dsn, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
