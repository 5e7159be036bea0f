"""`./run bench [--seconds S] [--data DIR] [--only WORD]`: load, measure, write docs/performance.md."""

import argparse
import itertools
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from app.embedded.postgres import APPLICATION, SUPERUSER
from bench import approvals, cases, data, jobs, quotes, report, servers, sql, work
from bench.load import Result, request, run
from bench.report import Line


def main() -> None:
    """Run all cases, each between two measurements of the yardstick."""
    if {"chaos", "birthdays"} & set(sys.argv[1:2]):
        from bench.sending.__main__ import main as of_sending  # noqa: PLC0415

        of_sending()
        return
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each case runs")
    parser.add_argument(
        "--data", type=Path, default=Path("var/bench"), help="kept, so that a second run loads nothing"
    )
    parser.add_argument("--only", default="", help="only the cases whose name has this word")
    given = parser.parse_args()
    with servers.Stack(given.data.resolve()) as stack:
        loaded = _load(stack)
        pages = sql.pages_per_second(
            stack.postgres.dsn(APPLICATION),
            loaded.tenant_id,
            connections=16,
            seconds=max(int(given.seconds), 1),
        )
        print(f"pgbench: {pages:,.0f} pages/s", flush=True)
        lines, hello = _measure(stack, loaded, given.seconds, given.only)
        works = list(_work(loaded, given.only))
        database = f"PostgreSQL {stack.postgres.version()} as `./run` starts it"
    if given.only:
        return
    print(
        report.write(lines, works, pages=pages, hello=hello, loaded_seconds=loaded.seconds, database=database)
    )


def _load(stack: servers.Stack) -> data.Loaded:
    os.environ.update(stack.environment(8000))
    import wsgi  # noqa: PLC0415  (reads the environment, which is ready only now)

    loaded = data.load(wsgi.app, stack.postgres.dsn(SUPERUSER), stack.data)
    work.add(stack.postgres.dsn(SUPERUSER), loaded, stack.data)
    approvals.add(stack.postgres.dsn(SUPERUSER), loaded, stack.data)
    return loaded


def _measure(
    stack: servers.Stack, loaded: data.Loaded, seconds: float, only: str
) -> tuple[list[Line], float]:
    lines: list[Line] = []
    hellos: list[float] = []
    database = psutil.Process(stack.postgres.process.pid)
    with servers.hello() as (hello_port, hello_process), servers.product(stack) as (port, product_process):
        admin, seller = cases.Caller(port, loaded.admin), cases.Caller(port, loaded.salesperson)
        every = itertools.chain(
            cases.cases_of(admin, "administrator", deep=True),
            cases.cases_of(seller, "own scope", deep=False),
            cases.of_the_working_day(admin, seller),
            approvals.cases_of(admin, seller),
            quotes.cases_of(seller),
            [cases.creating(admin, "administrator"), cases.signing_in(loaded)],
        )
        for case in every:
            if only not in case.name:
                continue
            greeting = itertools.repeat(request("GET", "/hello"))
            hello, hello_cpu = _timed("hello", hello_port, greeting, 16, seconds / 2, [hello_process])
            result, cpu = _timed(
                case.name, port, case.requests, case.connections, seconds, [product_process, database]
            )
            again, again_cpu = _timed("hello", hello_port, greeting, 16, seconds / 2, [hello_process])
            yardstick = (hello.rate + again.rate) / 2
            hellos.append(yardstick)
            line = Line(result, case.connections, yardstick, cpu, (hello_cpu + again_cpu) / 2)
            lines.append(line)
            print(report.row(line), flush=True)
    return lines, sum(hellos) / max(len(hellos), 1)


def _work(loaded: data.Loaded, only: str) -> Iterator[jobs.Work]:
    import wsgi  # noqa: PLC0415

    for done in jobs.measure(wsgi.app, loaded, only):
        print(report.work_row(done), flush=True)
        yield done


def _timed(
    name: str,
    port: int,
    requests: Iterator[bytes],
    connections: int,
    seconds: float,
    processes: list[psutil.Process],
) -> tuple[Result, float]:
    # A server that has just started reads its pages from the disk; one that has run for a while does not.
    run(name, port, requests, connections=connections, seconds=seconds)
    before = servers.cpu_seconds(processes)
    result = run(name, port, requests, connections=connections, seconds=seconds)
    spent = servers.cpu_seconds(processes) - before
    time.sleep(0.1)
    return result, spent * 1000 / max(len(result.latencies), 1)


if __name__ == "__main__":
    main()
