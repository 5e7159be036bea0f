"""The measurement that kills workers, broker and database while messages go out, in its short form."""

import json
import subprocess
import sys

from app.embedded.installation import ROOT

COMMAND = ["-m", "bench", "chaos", "--json", "--messages", "160", "--companies", "2", "--kills", "8"]


def test_killing_workers_broker_and_database_loses_nothing_and_doubles_nothing() -> None:
    done = subprocess.run(
        [sys.executable, *COMMAND, "--crashes", "1"], cwd=ROOT, capture_output=True, timeout=400, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["killed"], found["lost"], found["doubled"]) == (8, 0, 0)
    states = found["states"]
    assert set(states) <= {"mail sent", "mail uncertain", "sms sent"}
    assert sum(states.values()) == 160
    # A provider that knows a message again leaves nothing open.
    assert states["sms sent"] == 80
    # Each of those that died had one mail in its hands at most, and each database two workers.
    assert states.get("mail uncertain", 0) <= 8 * 2 + 4
    assert set(found["uncertain"]) <= {"interrupted", "no-answer"}
