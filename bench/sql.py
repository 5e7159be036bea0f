"""The same page of customers, asked of PostgreSQL alone by pgbench, under the same role and walls."""

import re
import subprocess
import tempfile
from pathlib import Path

from app.embedded.postgres import find_binaries

SCRIPT = """\
BEGIN;
SET LOCAL app.tenant_id = '{tenant}';
SELECT id, name, type, tier, stage, source, industry, region, owner_id, updated_at FROM customers
WHERE tenant_id = {tenant} AND deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT 21;
COMMIT;
"""


def pages_per_second(dsn: str, tenant_id: int, *, connections: int, seconds: int) -> float:
    """Pages of 20 a second at this many connections."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "page.sql"
        script.write_text(SCRIPT.format(tenant=tenant_id))
        command = [find_binaries() / "pgbench", "-n", "-M", "prepared", "-f", script]
        command += ["-c", str(connections), "-j", "2", "-T", str(seconds), dsn]
        told = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([0-9.]+)", told.stdout)
    if found is None:
        raise RuntimeError(told.stdout + told.stderr)
    return float(found[1])
