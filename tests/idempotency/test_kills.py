"""A real process is killed between the effect and the answer, and the same request comes once more."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from tests.support.operations import operations
from tests.support.world import World

HERE = Path(__file__).parent
KEY = "killed-0123456789"
MAKING = next(o for o in operations() if str(o) == "POST /api/v1/departments")


@pytest.mark.parametrize(("moment", "kept"), [("before", 0), ("after", 1)])
def test_a_killed_process_neither_loses_nor_doubles(world: World, moment: str, kept: int) -> None:
    with world.copy() as copy:
        request = copy.request(MAKING, {})
        before = len(copy.ids("departments"))
        headers = {"Authorization": f"Bearer {copy.admin.token}", "Idempotency-Key": KEY}
        command = [sys.executable, str(HERE / "killed.py"), moment, "POST", request.url]
        ended = subprocess.run(
            [*command, orjson.dumps(request.json), json.dumps(headers)],
            env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (-signal.SIGKILL, "")
        assert len(copy.ids("departments")) == before + kept
        answer = copy.admin.send(request, **{"Idempotency-Key": KEY})
        assert answer.status_code == 201
        assert ("Idempotency-Replayed" in answer.headers) == bool(kept)
        assert len(copy.ids("departments")) == before + 1
