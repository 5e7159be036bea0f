"""The product's own processes, and what they are told by their environment."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.embedded import processes
from app.embedded.installation import ROOT, Installation
from app.embedded.services import Program
from app.embedded.web_build import DIST

WEB_WORKERS = 2
WEB_THREADS = 4
WORKER_CHILDREN = 2
BACKLOG = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the installation was asked to run."""

    host: str
    port: int
    data: Path
    demo: bool

    @property
    def url(self) -> str:
        """The address for a browser on this machine."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (compared with, not bound to)
        host = everywhere.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Servers:
    """Where the servers are that the product's processes use."""

    database_url: str
    redis_url: str
    smtp_port: int
    sms_port: int


def environment(installation: Installation, options: Options, servers: Servers) -> dict[str, str]:
    """The settings for web, worker and scheduler; what the user set for them stands."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    defaults = {
        "GUANXI_ENVIRONMENT": "development",
        "GUANXI_PUBLIC_URL": options.url,
        "GUANXI_SMTP_HOST": "127.0.0.1",
        "GUANXI_SMTP_PORT": str(servers.smtp_port),
        "GUANXI_WEB_DIST": str(DIST),
    }
    if "GUANXI_SMTP_HOST" not in inherited:
        defaults["GUANXI_MAILBOX_DIR"] = str(installation.mailbox)
    if "GUANXI_SMS_TENCENT_ENDPOINT" not in inherited:
        defaults["GUANXI_SMS_TENCENT_ENDPOINT"] = f"127.0.0.1:{servers.sms_port}"
        defaults["GUANXI_SMS_BOX"] = str(installation.short_messages)
    if not inherited.get("GUANXI_SECRET_KEY"):
        defaults["GUANXI_SECRET_KEY"] = installation.secret_key()
    return {
        **defaults,
        **inherited,
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "GUANXI_DATA_DIR": str(installation.data),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        processes.SUPERVISED: "1",
        processes.SUPERVISOR_PID: str(os.getpid()),
    }


def mail(installation: Installation, port: int) -> Program:
    """The loopback mail server."""
    command = ["-m", "app.embedded.mail", str(port), str(installation.mailbox)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return Program(installation, "mail", [sys.executable, *command], env)


def sms(installation: Installation, options: Options, port: int) -> Program:
    """The loopback server of short messages."""
    command = ["-m", "app.embedded.sms", str(port), str(installation.short_messages), options.url]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return Program(installation, "sms", [sys.executable, *command], env)


def web(installation: Installation, options: Options, env: Mapping[str, str]) -> Program:
    """The web server."""
    command = ["-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"]
    command += ["--host", options.host, "--port", str(options.port), "--backlog", str(BACKLOG)]
    command += ["--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS)]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "2", "--log-level", "warning"]
    return Program(installation, "web", [sys.executable, *command, "wsgi:app"], env)


def worker(installation: Installation, env: Mapping[str, str]) -> Program:
    """The process that takes tasks from the broker."""
    command = ["-m", "celery", "--app", "wsgi:celery", "worker", "--loglevel", "WARNING"]
    command += ["--concurrency", str(WORKER_CHILDREN), "--hostname", f"guanxi-{os.getpid()}@%h"]
    command += ["--without-gossip", "--without-mingle"]
    return Program(installation, "worker", [sys.executable, *command], env)


def scheduler(installation: Installation, env: Mapping[str, str]) -> Program:
    """The process that sends the tasks of the timetable."""
    command = ["-m", "celery", "--app", "wsgi:celery", "beat", "--loglevel", "WARNING", "--pidfile="]
    return Program(installation, "scheduler", [sys.executable, *command], env)
