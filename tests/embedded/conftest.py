"""Installations for the supervisor's tests: made once, then copied."""

import fcntl
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.embedded.running import Running


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A data directory after its first start and stop, and what that start said; shared by all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "installation"
    shared.mkdir(exist_ok=True)
    said = shared / "said.json"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            first = Running(shared / "var")
            assert first.end(signal.SIGTERM) == 0
            said.write_text(json.dumps(first.said))
    return shared / "var", json.loads(said.read_text())


@pytest.fixture
def first_start(_made: tuple[Path, list[str]]) -> list[str]:
    """What the very first start said."""
    return _made[1]


@pytest.fixture
def start(_made: tuple[Path, list[str]], tmp_path: Path) -> Iterator[Callable[[], Running]]:
    """Starts this test's own installation; whatever still runs at the end is killed."""
    data = tmp_path / "var"
    shutil.copytree(_made[0], data)
    started: list[Running] = []

    def begin() -> Running:
        started.append(Running(data))
        return started[-1]

    yield begin
    for running in started:
        running.end(signal.SIGKILL)
