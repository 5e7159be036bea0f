"""Bringing a backup back: all of it in one transaction, or nothing."""

import hashlib
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import psycopg
from psycopg import sql

from app.audit import anchors
from app.backup import manifest as manifests
from app.backup.manifest import MANIFEST, BackupError, Manifest, Table
from app.backup.taking import TABLES
from app.core import clock
from app.files import storage

BLOCK = 1024 * 1024
_FILE = re.compile(r"files/([a-z0-9-]{1,64}/[0-9a-f]{2}/([0-9a-f]{64})(\.thumb)?)")
_ANCHOR = re.compile(r"anchors/([0-9]{4}-[0-9]{2}\.jsonl)")
_FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0 ORDER BY 1, 2
"""
_FORCED = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relforcerowsecurity ORDER BY 1
"""

Connection = psycopg.Connection[tuple[Any, ...]]


def restore(dsn: str, source: Path, *, head: str, force: bool) -> Manifest:
    """Fill a migrated database, the store of files and the anchors from a backup, and count again.

    :param dsn: of the owner of the tables
    :param head: the revision that this code expects
    :param force: throw away what is there
    :raises BackupError: in one line; then the database is as it was
    """
    try:
        with zipfile.ZipFile(source) as archive:
            found = manifests.read(archive.read(MANIFEST))
            _demand_revision(found, dsn, head)
            with psycopg.connect(dsn, connect_timeout=10) as connection:
                _fill(connection, archive, found, force=force)
                _bring_files(archive)
            # Last: a trail that is not there yet must not be told of.
            _bring_anchors(archive, force=force)
    except (zipfile.BadZipFile, KeyError, EOFError):
        raise BackupError(f"{source} is no backup, or not a whole one") from None
    except psycopg.Error as error:
        raise BackupError(f"the database: {str(error).splitlines()[0]}") from error
    except OSError as error:
        raise BackupError(f"{error.filename or source}: {error.strerror}") from error
    return found


def _demand_revision(found: Manifest, dsn: str, head: str) -> None:
    with psycopg.connect(dsn, connect_timeout=10) as connection:
        if connection.execute("SELECT to_regclass('public.alembic_version')").fetchone() == (None,):
            raise BackupError("the database has no tables yet: run `cli migrate` first")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    for where, revision in (("this code", head), ("the database", row[0] if row else "none")):
        if revision != found.head:
            raise BackupError(
                f"the backup is of revision {found.head}, {where} of {revision}: restore it with the version "
                "of the code that took it, then bring it up"
            )


def _fill(connection: Connection, archive: zipfile.ZipFile, found: Manifest, *, force: bool) -> None:
    tables = {row[0]: row[1] for row in connection.execute(TABLES).fetchall()}
    if set(tables) != {table.name for table in found.tables}:
        raise BackupError("the backup and the database have different tables")
    with _unbound(connection):
        if _is_used(connection):
            if not force:
                raise BackupError("the database is not empty: --force throws away what is there")
            every = sql.SQL(", ").join(map(sql.Identifier, tables))
            connection.execute(sql.SQL("TRUNCATE {}").format(every))
        for table in found.tables:
            _load(connection, archive, table)
        for name, (last, called) in found.sequences.items():
            connection.execute("SELECT setval(%s::regclass, %s, %s)", [name, last, called])


@contextmanager
def _unbound(connection: Connection) -> Iterator[None]:
    """Lift the walls for the owner, and references, until everything is in; both stand again at the end."""
    forced = [name for (name,) in connection.execute(_FORCED).fetchall()]
    bonds = connection.execute(_FOREIGN_KEYS).fetchall()
    for table, name, _ in bonds:
        connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(*_names(table, name)))
    for table in forced:
        connection.execute(
            sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(table))
        )
    yield
    for table in forced:
        connection.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(sql.Identifier(table)))
    for table, name, definition in bonds:
        told = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(*_names(table, name))
        # PostgreSQL's own words for what was there before.
        connection.execute(told + sql.SQL(definition))


def _names(table: str, constraint: str) -> tuple[sql.Identifier, sql.Identifier]:
    return sql.Identifier(table.strip('"')), sql.Identifier(constraint)


def _is_used(connection: Connection) -> bool:
    asked = "SELECT EXISTS (SELECT FROM tenants) OR EXISTS (SELECT FROM persons)"
    return connection.execute(asked).fetchone() == (True,)


def _load(connection: Connection, archive: zipfile.ZipFile, table: Table) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, table.columns))
    )
    digest = hashlib.sha256()
    with (
        archive.open(f"tables/{table.name}.copy") as source,
        connection.cursor().copy(statement) as copy,
    ):
        while block := source.read(BLOCK):
            digest.update(block)
            copy.write(block)
    counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table.name)))
    row = counted.fetchone()
    if digest.hexdigest() != table.sha256 or row != (table.rows,):
        raise BackupError(f"the table {table.name} is damaged: {table.rows} rows were taken, {row} are there")


def _bring_files(archive: zipfile.ZipFile) -> None:
    store = storage.store()
    for entry in archive.infolist():
        named = _FILE.fullmatch(entry.filename)
        if named is None:
            continue
        with archive.open(entry) as source, TemporaryFile() as content:
            sha256 = _copied(source, content)
            if named[3] is None and sha256 != named[2]:
                raise BackupError(f"the file {named[1]} is damaged")
            if not store.has(named[1]):
                store.put(named[1], content, entry.file_size)


def _copied(source: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := source.read(BLOCK):
        digest.update(block)
        target.write(block)
    return digest.hexdigest()


def _bring_anchors(archive: zipfile.ZipFile, *, force: bool) -> None:
    folder = anchors.folder()
    if any(folder.glob("*.jsonl")):
        if not force:
            raise BackupError(f"{folder} has anchors of another installation: move them away")
        folder.rename(folder.with_name(f"{folder.name}.before-{clock.now():%Y%m%d%H%M%S}"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for entry in archive.infolist():
        named = _ANCHOR.fullmatch(entry.filename)
        if named is not None:
            with archive.open(entry) as source, (folder / named[1]).open("wb") as target:
                (folder / named[1]).chmod(0o600)
                shutil.copyfileobj(source, target)
