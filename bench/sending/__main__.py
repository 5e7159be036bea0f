"""`./run bench chaos` and `./run bench birthdays`."""

import argparse
import json
import os
import tempfile
from pathlib import Path

from bench import servers
from bench.sending import birthdays, chaos


def main() -> None:
    """Run one of them on servers of its own, and print what was found."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    kinds = parser.add_subparsers(dest="what", required=True)
    wild = kinds.add_parser("chaos", help=str(chaos.__doc__))
    wild.add_argument("--messages", type=int, default=8_000)
    wild.add_argument("--companies", type=int, default=8)
    wild.add_argument("--kills", type=int, default=300)
    wild.add_argument("--crashes", type=int, default=5)
    wild.add_argument("--json", action="store_true", help="for programs")
    many = kinds.add_parser("birthdays", help=str(birthdays.__doc__))
    many.add_argument("--companies", type=int, default=100)
    many.add_argument("--birthdays", type=int, default=100_000)
    many.add_argument("--big", type=int, default=50_000)
    many.add_argument("--vendor", action="store_true", help="through the vendor's library to the loopback")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, servers.Stack(Path(folder)) as stack:
        os.environ.update(stack.environment(8000))
        (_chaos if given.what == "chaos" else _birthdays)(stack, given)


def _chaos(stack: servers.Stack, given: argparse.Namespace) -> None:
    import wsgi  # noqa: PLC0415  (reads the environment, which is ready only now)

    plan = chaos.Plan(
        messages=given.messages, companies=given.companies, kills=given.kills, crashes=given.crashes
    )
    found = chaos.run(wsgi.app, stack, plan)
    if given.json:
        states = {f"{way} {state}": count for (way, state), count in found.states.items()}
        told = {"killed": found.killed, "lost": found.lost, "doubled": found.doubled, "states": states}
        print(json.dumps({**told, "uncertain": dict(found.reasons), "repeated": found.repeated}))
        return
    print(f"{plan.messages:,} messages of {plan.companies} companies in {found.seconds:.0f} s")
    print(
        f"killed: {found.killed} workers, {plan.crashes} databases; the broker was wiped {plan.wipes} times"
    )
    for (way, state), count in sorted(found.states.items()):
        print(f"  {way:5} {state:10} {count:,}")
    for reason, count in found.reasons.most_common():
        print(f"  uncertain because {reason}: {count:,}")
    print(f"handed over again to the provider that deduplicates: {found.repeated:,}")
    print(f"lost: {found.lost}; doubled: {found.doubled}")


def _birthdays(stack: servers.Stack, given: argparse.Namespace) -> None:
    import wsgi  # noqa: PLC0415  (reads the environment, which is ready only now)

    plan = birthdays.Plan(
        companies=given.companies, birthdays=given.birthdays, big=given.big, through_vendor=given.vendor
    )
    found = birthdays.run(wsgi.app, stack, plan)
    print(f"{plan.birthdays:,} birthdays of {plan.companies} companies, one with {plan.big:,}")
    print(
        f"planned in {found.planning_seconds:.0f} s: {plan.birthdays / found.planning_seconds:,.0f} a second"
    )
    print(
        f"sent: {found.sent:,} in {found.sending_seconds:.0f} s: {found.sent / found.sending_seconds:,.0f} a second"
    )
    print(f"the small companies waited {found.longest_wait:.1f} s at most for their first message")


if __name__ == "__main__":
    main()
