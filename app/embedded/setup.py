"""What happens between the servers and the first page: migrations, demo data, the greeting."""

import hashlib
import json
import sys
from collections.abc import Mapping
from typing import TypedDict

import psycopg
import redis

from app.embedded import processes
from app.embedded.console import say, speaks_chinese, step
from app.embedded.installation import ROOT, Installation
from app.embedded.programs import Options

# What the command line needs to speak for a running installation.
_PORTABLE = ("DATABASE_URL", "REDIS_URL", "PYTHONPATH")

KEEPER = ("ops@guanxi.example", "运维值班", "guanxi-demo-2026")
"""Who keeps the demo installation: only there does an account do without an authenticator."""


class SignIn(TypedDict):
    """A demo person to sign in as."""

    company: str
    role: str
    login: str
    password: str


class StepFailed(Exception):
    """A step of the start failed; the text is for the terminal."""

    @classmethod
    def of_port(cls, options: Options, error: OSError) -> "StepFailed":
        """The web server's port cannot be had."""
        if speaks_chinese():
            return cls(f"不能使用 {options.host}:{options.port}（{error.strerror}）。用 --port 换一个端口")
        return cls(f"Cannot use {options.host}:{options.port} ({error.strerror}). Choose another with --port")


def portable(env: Mapping[str, str]) -> dict[str, str]:
    """The part of the environment that is this product's."""
    ours = {name: value for name, value in env.items() if name in _PORTABLE or name.startswith("GUANXI_")}
    for name in (processes.SUPERVISED, processes.SUPERVISOR_PID):
        del ours[name]
    return ours


def reach_database(setting: str, dsn: str) -> None:
    """Make sure that a database we were told of lets us in.

    :raises StepFailed: in one line that names the setting
    """
    try:
        psycopg.connect(_plain(dsn), connect_timeout=10).close()
    except psycopg.Error as error:
        raise StepFailed(f"{setting}: {str(error).splitlines()[0]}") from error


def reach_broker(url: str) -> None:
    """Make sure that a broker we were told of answers.

    :raises StepFailed: in one line that names the setting
    """
    try:
        with redis.Redis.from_url(url, socket_timeout=10, socket_connect_timeout=10) as client:
            client.ping()
    except redis.RedisError as error:
        raise StepFailed(f"REDIS_URL: {error}") from error


def migrate(installation: Installation, env: Mapping[str, str], owner_dsn: str | None) -> None:
    """Bring the database to the newest revision, unless it is known to be there.

    :raises StepFailed: with the end of the log
    """
    if owner_dsn is None:
        say(
            "没有设置 DATABASE_OWNER_URL，跳过数据库迁移",
            "DATABASE_OWNER_URL is not set, so no migration was run",
        )
        return
    digest = _migrations_digest()
    if installation.migrated.exists() and installation.migrated.read_text() == digest + _revision(owner_dsn):
        return
    with step("正在更新数据结构", "Migrating the database"):
        _run(installation, "migrate", {**env, "DATABASE_OWNER_URL": owner_dsn})
        installation.migrated.write_text(digest + _revision(owner_dsn))


def seed(installation: Installation, env: Mapping[str, str], owner_dsn: str | None) -> None:
    """Fill an empty installation with the demo companies, once; the product works without."""
    if installation.demo.exists():
        return
    try:
        with step("正在写入演示数据", "Writing the demo data"):
            _run(installation, "demo", env)
            if owner_dsn is not None:
                keeps = ("add", KEEPER[0], "--name", KEEPER[1], "--password", KEEPER[2], "--no-code")
                _run(installation, "operator", {**env, "DATABASE_OWNER_URL": owner_dsn}, *keeps)
    except StepFailed:
        log = installation.logs / "demo.log"
        say(
            f"演示数据没有写成，下次启动再试。日志：{log}",
            f"No demo data; the next start tries again. Log: {log}",
        )


def greet(installation: Installation, options: Options) -> None:
    """Say where the product is, and who can sign in."""
    say(f"\n关系已启动：{options.url}", f"\nGuanxi is running: {options.url}")
    sign_ins: list[SignIn] = json.loads(installation.demo.read_text()) if installation.demo.exists() else []
    if sign_ins:
        say("演示账号（账号 / 密码）：", "Demo sign-ins (login / password):")
    for person in sign_ins:
        print(f"  {person['company']} · {person['role']}  {person['login']} / {person['password']}")
    if sign_ins:
        say(f"运维台：{options.url}/operator", f"Operations: {options.url}/operator")
        print(f"  {KEEPER[0]} / {KEEPER[2]}")
    say("按 Ctrl-C 停止", "Press Ctrl-C to stop")


def _run(installation: Installation, word: str, env: Mapping[str, str], *more: str) -> None:
    with installation.open_log(word) as log:
        process = processes.spawn([sys.executable, "-m", "app.cli", word, *more], env=env, log=log, cwd=ROOT)
        try:
            code = process.wait()
        finally:
            processes.clear_group(process)
    if code != 0:
        raise StepFailed(installation.log_tail(word))


def _migrations_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "migrations").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _revision(owner_dsn: str) -> str:
    """What the database says it is at; empty when it was never migrated."""
    try:
        with psycopg.connect(_plain(owner_dsn), connect_timeout=10) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except psycopg.errors.UndefinedTable:
        return ""
    return str(row[0]) if row else ""


def _plain(dsn: str) -> str:
    return dsn.replace("+psycopg://", "://", 1)
