"""The data directory of an embedded installation: who holds it, its secrets, what runs on it."""

import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import IO, TypedDict

ROOT = Path(__file__).resolve().parents[2]
LARGEST_LOG_BYTES = 10 * 1024 * 1024


class Runtime(TypedDict):
    """What a running installation tells the command line: enough to connect, so for the owner's eyes only."""

    pid: int
    url: str
    environment: dict[str, str]
    dsn: dict[str, str]


class DirectoryInUse(Exception):
    """Another supervisor holds the directory; `pid` is its process, where it said so."""

    def __init__(self, data: Path, pid: str) -> None:
        super().__init__(f"{data} is in use by process {pid}")
        self.data = data
        self.pid = pid


class NotRunning(Exception):
    """No supervisor holds the directory."""


class Installation:
    """One data directory."""

    def __init__(self, data: Path) -> None:
        self.data = data.resolve()
        self.logs = self.data / "logs"
        self.mailbox = self.data / "mailbox"
        self.short_messages = self.data / "sms"
        self.demo = self.data / "demo.json"
        self.migrated = self.data / "migrated"
        self._runtime = self.data / "runtime.json"
        self._lock: IO[str] | None = None

    def hold(self) -> None:
        """Take the directory for this process, making it where it is missing.

        :raises DirectoryInUse: another supervisor holds it
        """
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)
        lock = (self.data / "supervisor.lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            raise DirectoryInUse(self.data, lock.read().strip() or "?") from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        self._lock = lock
        self._runtime.unlink(missing_ok=True)

    def release(self) -> None:
        """Let go of the directory."""
        self._runtime.unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def secret_key(self) -> str:
        """The installation's own secret, made once."""
        path = self.data / "secret"
        if not path.exists():
            write_private(path, secrets.token_urlsafe(48))
        return path.read_text()

    def publish(self, runtime: Runtime) -> None:
        """Let `./run cli` find the running servers."""
        write_private(self._runtime, json.dumps(runtime, indent=1))

    def runtime(self) -> Runtime:
        """What runs on this directory now.

        :raises NotRunning: nothing does, or it is still starting
        """
        if not self._held_elsewhere() or not self._runtime.exists():
            raise NotRunning(f"nothing is running on {self.data}: start it with ./run --data {self.data}")
        runtime: Runtime = json.loads(self._runtime.read_text())
        return runtime

    def open_log(self, name: str) -> IO[bytes]:
        """A child's log file, to append to; a big one is set aside once."""
        path = self.logs / f"{name}.log"
        if path.exists() and path.stat().st_size > LARGEST_LOG_BYTES:
            path.replace(path.with_suffix(".log.1"))
        return path.open("ab")

    def log_tail(self, name: str, lines: int = 12) -> str:
        """The last lines a child wrote."""
        path = self.logs / f"{name}.log"
        text = path.read_text(errors="replace") if path.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def _held_elsewhere(self) -> bool:
        path = self.data / "supervisor.lock"
        if not path.exists():
            return False
        with path.open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return True
        return False


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(0o600)
    draft.write_text(text)
    draft.replace(path)
