"""Taking a backup: every table at one moment, seen by a role that no wall hides anything from."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import psycopg
from psycopg import sql

from app.audit import anchors
from app.backup.manifest import MANIFEST, BackupError, Manifest, Table
from app.core import clock
from app.files import storage
from app.files.storage import FileGone

TABLES = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'
GROUP BY c.relname ORDER BY c.relname
"""
SEQUENCES = "SELECT sequencename::text FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
_SEES_ALL = "SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user"
_CONTENTS = "SELECT t.slug, b.sha256 FROM blobs b JOIN tenants t ON t.id = b.tenant_id ORDER BY 1, 2"
_ENDS = "SELECT t.slug, c.seq FROM audit_chains c JOIN tenants t ON t.id = c.tenant_id"

Connection = psycopg.Connection[tuple[Any, ...]]


def take(dsn: str, target: Path) -> Manifest:
    """Write a backup of the whole installation.

    :param dsn: of the backup role
    :param target: the file; it must not be there, and appears only when it is whole
    :raises BackupError: in one line
    """
    if target.exists():
        raise BackupError(f"{target} is there already")
    draft = target.with_name(f"{target.name}.part")
    try:
        with _snapshot(dsn) as connection, _archive(draft) as archive:
            manifest = Manifest(
                taken_at=clock.now().isoformat(timespec="seconds"), head=_revision(connection)
            )
            for name, columns in connection.execute(TABLES).fetchall():
                manifest.tables.append(_copy(connection, archive, name, columns))
            for (name,) in connection.execute(SEQUENCES).fetchall():
                wanted = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
                manifest.sequences[name] = list(connection.execute(wanted).fetchone() or ())
            _keep_files(connection, archive, manifest)
            _keep_anchors(connection, archive)
            archive.writestr(MANIFEST, manifest.written())
        draft.rename(target)
    except psycopg.Error as error:
        raise BackupError(f"the database: {str(error).splitlines()[0]}") from error
    finally:
        draft.unlink(missing_ok=True)
    return manifest


@contextmanager
def _snapshot(dsn: str) -> Iterator[Connection]:
    with psycopg.connect(dsn, connect_timeout=10) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        seen = connection.execute(_SEES_ALL).fetchone()
        if seen is None or not seen[0]:
            raise BackupError("this role does not see all rows: take the backup as guanxi_backup")
        yield connection


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Readable by its owner only: everybody's data is in it."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with (
        os.fdopen(descriptor, "wb") as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=3) as archive,
    ):
        yield archive


def _revision(connection: Connection) -> str:
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise BackupError("the database was never migrated")
    return str(row[0])


def _copy(connection: Connection, archive: zipfile.ZipFile, name: str, columns: list[str]) -> Table:
    statement = sql.SQL("COPY {} ({}) TO STDOUT").format(
        sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    digest, rows = hashlib.sha256(), 0
    with (
        archive.open(f"tables/{name}.copy", "w", force_zip64=True) as target,
        connection.cursor().copy(statement) as copy,
    ):
        for block in copy:
            text = bytes(block)
            digest.update(text)
            # A line break inside a value is written as two characters.
            rows += text.count(b"\n")
            target.write(text)
    return Table(name=name, columns=columns, rows=rows, sha256=digest.hexdigest())


def _keep_files(connection: Connection, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    store = storage.store()
    for slug, sha256 in connection.execute(_CONTENTS).fetchall():
        for key in (storage.key_of(slug, sha256), storage.thumbnail_of(slug, sha256)):
            try:
                blocks = store.read(key)
            except FileGone:
                if key == storage.key_of(slug, sha256):
                    manifest.missing.append(key)
                continue
            with archive.open(f"files/{key}", "w", force_zip64=True) as target:
                for block in blocks:
                    target.write(block)
            manifest.files += 1


def _keep_anchors(connection: Connection, archive: zipfile.ZipFile) -> None:
    """The anchors as of the snapshot: later ones would tell of what is not in it."""
    ends = {row[0]: row[1] for row in connection.execute(_ENDS).fetchall()}
    for path in sorted(anchors.folder().glob("*.jsonl")):
        with (
            path.open("rb") as lines,
            archive.open(f"anchors/{path.name}", "w", force_zip64=True) as target,
        ):
            target.writelines(line for line in lines if _is_of(line, ends))


def _is_of(line: bytes, ends: dict[str, int]) -> bool:
    try:
        said = orjson.loads(line)
        return int(said["seq"]) <= ends.get(str(said["tenant"]), 0)
    except (ValueError, KeyError, TypeError):
        return True  # whatever was done to it shows when the trail is checked
