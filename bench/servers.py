"""The servers that are measured: our own PostgreSQL and Valkey, hello under gunicorn, the product as `./run` serves it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from app.embedded.postgres import APPLICATION, OWNER, EmbeddedPostgres
from app.embedded.processes import free_port
from app.embedded.valkey import EmbeddedValkey
from migrations import runner

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 2, 4
SECRET = "a-secret-for-measurements-0123456789"  # noqa: S105


class Stack:
    """A database with the product's schema, a broker, and the settings to reach them."""

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.data = data
        self.postgres = EmbeddedPostgres(data)
        self.valkey = EmbeddedValkey(data)

    def __enter__(self) -> "Stack":
        self.postgres.start()
        self.postgres.ensure_roles()
        self.postgres.ensure_database()
        self.valkey.start()
        runner.upgrade(self.postgres.dsn(OWNER))
        return self

    def __exit__(self, *_: object) -> None:
        self.valkey.stop()
        self.postgres.stop()

    def environment(self, port: int) -> dict[str, str]:
        """What the product is told."""
        return {
            **os.environ,
            "DATABASE_URL": self.postgres.dsn(APPLICATION),
            "REDIS_URL": self.valkey.url,
            "GUANXI_ENVIRONMENT": "development",
            "GUANXI_SECRET_KEY": SECRET,
            "GUANXI_DATA_DIR": str(self.data),
            "GUANXI_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "GUANXI_LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(ROOT),
        }


@contextmanager
def hello() -> Iterator[tuple[int, psutil.Process]]:
    """Bare Flask under gunicorn, 2 workers × 4 threads: the yardstick."""
    port = free_port()
    command = ["-m", "gunicorn", "--workers", str(WORKERS), "--threads", str(THREADS)]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error", "bench.hello:app"]
    with _served(command, port, dict(os.environ) | {"PYTHONPATH": str(ROOT)}) as process:
        yield port, process


@contextmanager
def product(stack: Stack) -> Iterator[tuple[int, psutil.Process]]:
    """The product, served as `./run` serves it."""
    port = free_port()
    command = ["-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--backlog", "1024", "--workers", str(WORKERS)]
    command += ["--blocking-threads", str(THREADS), "--log-level", "warning", "wsgi:app"]
    with _served(command, port, stack.environment(port)) as process:
        yield port, process


@contextmanager
def _served(command: list[str], port: int, environment: dict[str, str]) -> Iterator[psutil.Process]:
    process = subprocess.Popen([sys.executable, *command], env=environment, cwd=ROOT)
    try:
        _wait_for(port)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(15)


def _wait_for(port: int) -> None:
    for _ in range(900):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1.5)
                return
        time.sleep(0.1)
    raise RuntimeError(f"nothing listens on port {port}")


def cpu_seconds(processes: list[psutil.Process]) -> float:
    """The processor time that some processes and all below them have used."""
    total = 0.0
    for process in processes:
        for each in [process, *process.children(recursive=True)]:
            try:
                times = each.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
    return total
