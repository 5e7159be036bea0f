"""The product's workers and schedulers, started again whatever happens to them, as the supervisor would."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import IO

import psutil

from bench.servers import ROOT


class Fleet:
    """Workers with two children each, and schedulers: two of each."""

    def __init__(self, environment: Mapping[str, str], folder: Path, *, children: int = 2) -> None:
        self._environment, self._folder = environment, folder
        self._log: IO[bytes] = (folder / "celery.log").open("ab")
        self._children = children
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *, workers: int = 2, schedulers: int = 2) -> None:
        """Start those that are not running."""
        for number in range(workers):
            words = ["worker", "--concurrency", str(self._children), "--hostname", f"bench{number}@%h"]
            self._keep(f"worker{number}", [*words, "--without-gossip", "--without-mingle"])
        for number in range(schedulers):
            schedule = str(self._folder / f"schedule{number}")
            self._keep(f"scheduler{number}", ["beat", "--schedule", schedule, "--pidfile="])

    def _keep(self, name: str, words: list[str]) -> None:
        if name in self._running and self._running[name].poll() is None:
            return
        command = [sys.executable, "-m", "celery", "--app", "bench.sending.worker:celery", *words]
        self._running[name] = subprocess.Popen(
            [*command, "--loglevel", "WARNING"],
            cwd=ROOT, env=dict(self._environment), stdout=self._log, stderr=self._log, start_new_session=True,
        )  # fmt: skip

    def kill_child(self, chance: Random) -> bool:
        """Kill a process that works; False if none was found."""
        children = [
            child
            for name, process in self._running.items()
            if name.startswith("worker") and process.poll() is None
            for child in psutil.Process(process.pid).children()
        ]
        if not children:
            return False
        try:
            chance.choice(children).send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            return False
        return True

    def kill_whole(self, chance: Random) -> None:
        """Kill a worker or a scheduler with all that it has started."""
        _kill(self._running[chance.choice(sorted(self._running))])

    def stop(self) -> None:
        """End them all."""
        for process in self._running.values():
            _kill(process)
        self._log.close()

    def processes(self) -> list[psutil.Process]:
        """Those that run."""
        return [psutil.Process(one.pid) for one in self._running.values() if one.poll() is None]


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
