"""What was measured, as a page for people."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from app.core import clock
from bench.jobs import Work
from bench.load import Result

_WRITTEN = ("approving", "quote of")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


@dataclass(frozen=True, slots=True)
class Line:
    """One case, beside the yardstick that was measured around it."""

    result: Result
    connections: int
    hello: float
    cpu_ms: float
    hello_cpu_ms: float

    @property
    def share(self) -> float:
        """The case's rate as a share of hello's."""
        return self.result.rate / self.hello if self.hello else 0.0


def machine() -> str:
    """What it ran on."""
    model = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.partition(":")[2].strip()
            for line in cpuinfo.read_text().splitlines()
            if "model name" in line
        ]
        model = names[0] if names else ""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} × {model or platform.machine()}, {gigabytes:.0f} GB, Python {platform.python_version()}"


def row(line: Line) -> str:
    """A case as a row of the table."""
    result = line.result
    refused = f" ({sum(result.refused.values())} refused)" if result.refused else ""
    return (
        f"| {result.name}{refused} | {result.rate:,.0f} | **{line.share:.2f}** | {result.percentile(0.5):.1f} | "
        f"{result.percentile(0.99):.1f} | {line.cpu_ms / line.hello_cpu_ms:.1f} |"
    )


def against_create(lines: list[Line]) -> str:
    """What is written, as a table of multiples of creating a customer; empty if none was created."""
    create = next((line for line in lines if line.result.name.startswith("create")), None)
    written = [line for line in lines if line.result.name.startswith(_WRITTEN)]
    if create is None:
        return ""
    rows = [
        f"| {line.result.name} | {line.result.percentile(0.5) / create.result.percentile(0.5):.1f} | "
        f"{line.cpu_ms / create.cpu_ms:.1f} |"
        for line in written
    ]
    return "\n".join(["| case | p50 | CPU |", "|---|--:|--:|", *rows])


def work_row(work: Work) -> str:
    """A piece of long work as a row of its table."""
    return (
        f"| {work.name} | {work.rows / work.seconds:,.0f} | {work.seconds:.1f} | {work.grown / 2**20:,.0f} |"
    )


def write(
    lines: list[Line], works: list[Work], *, pages: float, hello: float, loaded_seconds: float, database: str
) -> str:
    """Write docs/performance.md; returns its table."""
    table = "\n".join(
        [
            "| case | requests/s | share of hello | p50 ms | p99 ms | CPU as a multiple of hello |",
            "|---|--:|--:|--:|--:|--:|",
            *(row(line) for line in lines),
        ]
    )
    long_work = "\n".join(
        ["| work | rows/s | seconds | MB more |", "|---|--:|--:|--:|", *map(work_row, works)]
    )
    PAGE.write_text(
        f"""# Performance

Written by `./run bench` on {clock.now():%Y-%m-%d}. Everything below comes from one run, on one machine that the load
generator shares with the servers; so the ratios count, not the absolute numbers.

- Machine: {machine()}
- Database: {database}; 1,000,000 customers over 100 tenants, the one measured has 200,000
- Yardstick: bare Flask answering a small JSON under gunicorn, 2 workers × 4 threads: {hello:,.0f} requests/s at 16
  connections (measured again around every case; the share below is against that)
- The product is served as `./run` serves it (granian, 2 workers × 4 threads), with everything on: session check,
  data scope, row-level security, trail
- pgbench, the same page of 20 under the same role and walls, nothing but PostgreSQL: {pages:,.0f} pages/s
- CPU counts web server and PostgreSQL together, per request
- Loading the data took {loaded_seconds:.0f} s

{table}

The administrator sees all 200,000 customers; the salesperson sees the 2,000 of their own (data scope `own`).

## Saving and deciding
As multiples of creating a customer in the same run.

{against_create(lines)}

## Long work
Done by the workers behind the pages, here by one of them.

{long_work}
"""
    )
    return table
