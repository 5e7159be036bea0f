"""The things a supervisor keeps alive: servers and the product's own programs."""

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.embedded import processes
from app.embedded.installation import ROOT, Installation

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
PROGRAM_PATIENCE = 6.0


class Service(Protocol):
    """Something with a process."""

    process: subprocess.Popen[bytes] | None

    def start(self, timeout: float = ...) -> object:
        """Start it, and wait until it is of use."""

    def stop(self) -> None:
        """End it and everything below it."""


class Program:
    """One of the product's own processes, writing to its own log."""

    def __init__(
        self, installation: Installation, name: str, command: Sequence[str], env: Mapping[str, str]
    ) -> None:
        self.name = name
        self.process: subprocess.Popen[bytes] | None = None
        self._installation = installation
        self._command = command
        self._env = env

    def start(self, timeout: float = 0) -> "Program":
        """Start the program; it is not waited for."""
        with self._installation.open_log(self.name) as log:
            self.process = processes.spawn(self._command, env=self._env, log=log, cwd=ROOT)
        return self

    def ask_to_stop(self) -> None:
        """Send the polite signal, so that several programs can end side by side."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Wait for the program to end in order, then make it."""
        if self.process is not None:
            processes.stop(self.process, signal.SIGTERM, patience=PROGRAM_PATIENCE)
            self.process = None


@dataclass
class Watch:
    """One service under observation: when it died, it is started again after a growing pause."""

    name: str
    service: Service
    pause: float = FIRST_PAUSE
    started_at: float = field(default_factory=time.monotonic)
    due_at: float | None = None

    def has_died(self) -> bool:
        """Whether the process ended since the last look; asks once per death."""
        process = self.service.process
        if self.due_at is not None or process is None or process.poll() is None:
            return False
        processes.clear_group(process)
        if time.monotonic() - self.started_at > STEADY_SECONDS:
            self.pause = FIRST_PAUSE
        self.due_at = time.monotonic() + self.pause
        return True

    def is_due(self) -> bool:
        """Whether the pause before the next start is over."""
        return self.due_at is not None and time.monotonic() >= self.due_at

    def restart(self, timeout: float) -> None:
        """Start the service again; the next death, or a start that fails, waits longer."""
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self.due_at = time.monotonic() + self.pause
        self.service.start(timeout)
        self.started_at, self.due_at = time.monotonic(), None
