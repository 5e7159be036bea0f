"""Workers that are killed in the middle: `... -m tests.bulk_actions.dying_workers TENANT LIVES SEED`."""

import random
import sys

from app.bulk_actions import running
from tests.support import dying

running.CHUNK = 25

if __name__ == "__main__":
    tenant, lives, seed = (int(word) for word in sys.argv[1:])
    dying.perish(running.BulkAction, tenant, lives, random.Random(seed))  # noqa: S311
