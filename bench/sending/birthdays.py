"""A hundred thousand birthdays in one morning: how fast they are planned, how fast they go out, and who waits.

One company has half of them. Planning is one scan of each company's contacts; sending goes through a provider
within the worker's process, so that what is measured is our own part, or through the vendor's own library to a
vendor on the loopback, one message at a time, as that one promises no deduplication.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
from flask import Flask
from psycopg import Connection
from sqlalchemy import select

from app.access import actors
from app.access.models import User
from app.care import services as care
from app.care import sweeping
from app.care.models import CareRule
from app.consents.states import Way
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.embedded.postgres import SUPERUSER
from app.outreach import planning
from bench.sending import vendor, world
from bench.sending.processes import Fleet
from bench.sending.world import Sender
from bench.servers import Stack
from tenants.context import tenant_scope

PATIENCE_SECONDS = 1_800


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many birthdays there are."""

    companies: int = 100
    birthdays: int = 100_000
    big: int = 50_000
    """Those of the one big company, or a few more: what the others cannot share evenly."""
    through_vendor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How it went."""

    plan: Plan
    planning_seconds: float
    sending_seconds: float
    sent: int
    longest_wait: float
    """Seconds until each of the small companies had sent its first message."""


def run(app: Flask, stack: Stack, plan: Plan) -> Found:
    """Make companies, plan their messages, let two workers send them."""
    senders = [world.company(app, f"born{time.time_ns()}@bench.example.com") for _ in range(plan.companies)]
    each = (plan.birthdays - plan.big) // (plan.companies - 1)
    big = plan.birthdays - each * (plan.companies - 1)
    with psycopg.connect(stack.postgres.dsn(SUPERUSER), autocommit=True) as connection:
        with app.app_context():
            tomorrow = (clock.now().astimezone(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)).date()
        for number, sender in enumerate(senders):
            world.people(connection, sender, each if number else big, born=tomorrow)
        connection.execute("VACUUM (ANALYZE)")
        began = time.monotonic()
        for sender in senders:
            _switch_on(app, sender)
        planned = time.monotonic() - began
        with _provider(plan) as own:
            environment = {**stack.environment(8000), **own}
            sent, took, since = _send(app, environment, stack.data, connection, senders)
        return Found(
            plan=plan,
            planning_seconds=planned,
            sending_seconds=took,
            sent=sent,
            longest_wait=_longest_wait(connection, senders[1:], since),
        )


def _switch_on(app: Flask, sender: Sender) -> None:
    """The birthday rule, and what the sweep makes of it."""
    step = {"amount": 0, "unit": "day", "at": "09:00"}
    wanted = {
        "name": "生日祝福", "purpose": "care", "trigger": {"kind": "birthday"}, "audience": {"whom": "own"},
        "stops": [], "steps": [{**step, "choices": [{"way": "sms", "template_id": sender.templates[Way.SMS]}]}],
    }  # fmt: skip
    with app.app_context(), tenant_scope(sender.tenant_id):
        with unit_of_work():
            user_id = db.session.scalars(select(User.id)).first()
            assert user_id is not None  # noqa: S101  (narrows the type; every company has an administrator)
            actor = actors.load(user_id, access_version=0, state="active")
            made = care.create(actor, wanted)
            care.switch_on(actor, db.session.scalars(select(CareRule).where(CareRule.id == made)).one())
        sweeping.visit()


@contextmanager
def _provider(plan: Plan) -> Iterator[dict[str, str]]:
    """What workers are told of whom to hand messages to."""
    if not plan.through_vendor:
        yield {"BENCH_PROVIDER_PORT": "0"}
        return
    with vendor.listening() as loopback:
        yield {"GUANXI_SMS_TENCENT_ENDPOINT": f"127.0.0.1:{loopback.port}"}
        if loopback.taken != plan.birthdays:
            raise RuntimeError(f"the vendor has taken {loopback.taken:,} of {plan.birthdays:,}")


def _send(
    app: Flask, environment: dict[str, str], folder: Path, connection: Connection, senders: Sequence[Sender]
) -> tuple[int, float, datetime]:
    """How many were sent, in how many seconds, since when."""
    wanted = _count(connection, "outreach_messages")
    fleet = Fleet(environment, folder, children=1)
    try:
        fleet.start(schedulers=1)
        time.sleep(10)
        began, at = time.monotonic(), clock.now()
        connection.execute("UPDATE outreach_messages SET due_at = %s, next_at = %s", [at, at])
        for sender in senders:
            with app.app_context(), tenant_scope(sender.tenant_id), unit_of_work():
                planning.note_next(at)
        end, sent = began + PATIENCE_SECONDS, 0
        while time.monotonic() < end and sent < wanted:
            time.sleep(1)
            sent = _count(connection, "deliveries WHERE state = 'sent'")
        return sent, time.monotonic() - began, at
    finally:
        fleet.stop()


def _count(connection: Connection, of: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {of}").fetchone()
    return int(row[0]) if row else 0


def _longest_wait(connection: Connection, small: Sequence[Sender], at: datetime) -> float:
    row = connection.execute(
        "SELECT max(first) FROM (SELECT min(settled_at) AS first FROM deliveries "
        "WHERE tenant_id = ANY (%s) GROUP BY tenant_id) AS each",
        [[sender.tenant_id for sender in small]],
    ).fetchone()
    return (row[0] - at).total_seconds() if row and row[0] else float("inf")
