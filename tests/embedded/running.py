"""A supervisor in a process of its own, as `./run` starts it, and a look at its descendants."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from app.embedded.installation import ROOT, Installation
from app.embedded.processes import free_port

PATIENCE_SECONDS = 90.0


def await_true(what: str, condition: Callable[[], bool]) -> None:
    """Wait for something another process is about to do."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.05)


def command_line(data: Path, port: int, *more: str, **settings: str) -> subprocess.Popen[str]:
    """Start `./run --no-demo` on a directory and a port, with nothing but these settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GUANXI_")}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        environment.pop(name, None)
    environment |= {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **settings}
    command = [sys.executable, "-P", "-m", "app.embedded", "--no-demo", "--data", data, "--port", port, *more]
    return subprocess.Popen(
        [str(part) for part in command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


class Running:
    """A running installation; `said` is what it printed until it greeted."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.installation = Installation(data)
        self.port = free_port()
        self.process = command_line(data, self.port, **settings)
        self.said: list[str] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.strip())
            if line.startswith("Press Ctrl-C"):
                return
        raise AssertionError(f"it did not start: {self.said} {self.process.communicate()[1]}")

    def status(self, path: str) -> int:
        """The status of a GET request, 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def dsn(self, role: str) -> str:
        """A connection string, as `./run cli dsn` finds it."""
        return self.installation.runtime()["dsn"][role]

    def environment_of(self, part: str) -> str:
        """The environment of the first descendant whose command line holds `part`."""
        pid = min(pid for pid, arguments in self.family().items() if part in arguments)
        return Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace")

    def end(self, how: signal.Signals) -> int:
        """Send a signal and wait for the supervisor's end; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode

    def family(self) -> dict[int, str]:
        """Every living descendant, with its command line."""
        parents = {pid: parent for pid, parent in map(_parent, _pids()) if parent}
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return {pid: _arguments(pid) for pid in found - {self.process.pid}}


def alive(pids: dict[int, str]) -> dict[int, str]:
    """Those that still run; a process that only waits to be buried does not."""
    return {pid: arguments for pid, arguments in pids.items() if _parent(pid)[1]}


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def _parent(pid: int) -> tuple[int, int]:
    """A process and its parent, or 0 when it is gone."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return pid, 0
    return pid, 0 if state in "ZX" else int(parent)


def _arguments(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
