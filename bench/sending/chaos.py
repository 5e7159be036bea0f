"""Workers, broker and database are killed at random while messages go out: what is lost, and what is doubled?

Half of the messages go to a mail server, which does not know a message again; half to a provider that does.
"""

import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

import psycopg
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.consents.states import Way
from app.core.broker import broker
from app.core.db import db
from app.embedded.postgres import SUPERUSER
from bench.sending import providers, world
from bench.sending.processes import Fleet
from bench.sending.providers import Providers
from bench.sending.world import Sender
from bench.servers import Stack

LEASE_SECONDS = 5
PATIENCE_SECONDS = 300
WHOLE_EVERY = 12
"""Every so many kills a whole worker or scheduler dies, not only a process in it."""
WORK_SECONDS = 4
_ENDS = ("sent", "delivered", "uncertain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is sent, and how often something is killed meanwhile."""

    messages: int = 8_000
    companies: int = 8
    kills: int = 300
    crashes: int = 5
    """Of the database."""
    wipes: int = 2
    """Of the broker: all bells are lost."""
    seed: int = 7
    delay: float = 0.004
    """How many seconds a provider takes for a message."""


@dataclass(slots=True)
class Found:
    """What was left in the end."""

    plan: Plan
    seconds: float
    killed: int
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Messages by way and state."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why messages are uncertain."""
    lost: int = 0
    """Messages that are sent, as we say, and that no provider has taken; or that have come to no end."""
    doubled: int = 0
    """Messages that somebody got twice."""
    repeated: int = 0
    """Messages that were handed to the deduplicating provider again, and delivered once."""


def run(app: Flask, stack: Stack, plan: Plan) -> Found:
    """Send, kill, wait until all has come to its end, and count."""
    began = time.monotonic()
    with providers.running(delay=plan.delay) as taken:
        senders = [
            world.company(app, f"chaos{time.time_ns()}@bench.example.com") for _ in range(plan.companies)
        ]
        each = plan.messages // plan.companies // 2
        with psycopg.connect(stack.postgres.dsn(SUPERUSER), autocommit=True) as connection:
            for sender in senders:
                world.people(connection, sender, each)
        environment = {
            **stack.environment(8000),
            "GUANXI_SMTP_HOST": "127.0.0.1",
            "GUANXI_SMTP_PORT": str(taken.smtp_port),
            "BENCH_PROVIDER_PORT": str(taken.port),
            "BENCH_LEASE_SECONDS": str(LEASE_SECONDS),
        }
        fleet = Fleet(environment, stack.data)
        try:
            fleet.start()
            killed = _rage(app, stack, fleet, taken, _all(app, senders, plan), plan)
            fleet.start()
            _settle(stack, fleet, senders)
        finally:
            fleet.stop()
        return _counted(stack, senders, taken, Found(plan, time.monotonic() - began, killed))


Letter = tuple[Sender, UUID, Way]


def _all(app: Flask, senders: Sequence[Sender], plan: Plan) -> list[Letter]:
    letters = [
        (sender, contact_id, way)
        for sender in senders
        for contact_id in world.contacts(app, sender)
        for way in sender.templates
    ]
    Random(plan.seed).shuffle(letters)  # noqa: S311
    return letters


def _rage(app: Flask, stack: Stack, fleet: Fleet, taken: Providers, letters: list[Letter], plan: Plan) -> int:
    """Write some messages, kill something, and so on until all are written; returns how many were killed."""
    chance = Random(plan.seed)  # noqa: S311
    crashes = _moments(plan.kills, plan.crashes)
    wipes = _moments(plan.kills, plan.wipes)
    portion = -(-len(letters) // plan.kills)
    killed = 0
    while killed < plan.kills:
        _write(app, letters[killed * portion : (killed + 1) * portion])
        fleet.start()
        _await_work(taken)
        time.sleep(chance.uniform(0, 0.1))
        if killed in crashes:
            crashes.discard(killed)
            _crash(app, stack)
        if killed in wipes:
            wipes.discard(killed)
            broker().flushall()
        if killed % WHOLE_EVERY == WHOLE_EVERY - 1:
            fleet.kill_whole(chance)
            killed += 1
        elif fleet.kill_child(chance):
            killed += 1
    return killed


def _await_work(taken: Providers) -> None:
    """Wait until some message is handed over: killing the idle proves nothing."""
    before = taken.count
    for _ in range(WORK_SECONDS * 50):
        if taken.count > before:
            return
        time.sleep(0.02)


def _moments(kills: int, count: int) -> set[int]:
    return {kills * (number + 1) // (count + 1) for number in range(count)}


def _write(app: Flask, letters: Sequence[Letter]) -> None:
    """Plan messages, as somebody does who tries again when the database was away."""
    by_sender: dict[int, tuple[Sender, list[tuple[UUID, Way]]]] = {}
    for sender, contact_id, way in letters:
        by_sender.setdefault(sender.tenant_id, (sender, []))[1].append((contact_id, way))
    for sender, to in by_sender.values():
        while True:
            try:
                world.write(app, sender, to)
                break
            except DBAPIError:
                time.sleep(0.2)


def _crash(app: Flask, stack: Stack) -> None:
    """Have the database die without a word, and start it again."""
    process = stack.postgres.process
    if process is not None:
        process.send_signal(signal.SIGQUIT)
        process.wait()
    stack.postgres.start()
    with app.app_context():
        db.engine.dispose()


def _settle(stack: Stack, fleet: Fleet, senders: Sequence[Sender]) -> None:
    tenants = [sender.tenant_id for sender in senders]
    end = time.monotonic() + PATIENCE_SECONDS
    asked = "SELECT count(*) FROM outreach_messages WHERE tenant_id = ANY (%s) AND state IN ('waiting', 'sending')"
    with psycopg.connect(stack.postgres.dsn(SUPERUSER), autocommit=True) as connection:
        while time.monotonic() < end:
            fleet.start()
            row = connection.execute(asked, [tenants]).fetchone()
            if row is not None and row[0] == 0:
                return
            time.sleep(1)


def _counted(stack: Stack, senders: Sequence[Sender], taken: Providers, found: Found) -> Found:
    asked = (
        "SELECT m.id, m.way, m.state, m.reason, d.id, d.state FROM outreach_messages m "
        "LEFT JOIN outreach_tries t ON t.tenant_id = m.tenant_id AND t.message_id = m.id "
        "LEFT JOIN deliveries d ON d.tenant_id = t.tenant_id AND d.id = t.delivery_id "
        "WHERE m.tenant_id = ANY (%s)"
    )
    with psycopg.connect(stack.postgres.dsn(SUPERUSER), autocommit=True) as connection:
        rows = connection.execute(asked, [[sender.tenant_id for sender in senders]]).fetchall()
    got: Counter[UUID] = Counter()
    for message_id, way, state, reason, delivery_id, fate in rows:
        found.states[(str(way), str(state))] += 1
        times = 0 if delivery_id is None else _times(taken, way, delivery_id)
        got[message_id] += min(times, 1) if way == Way.SMS else times
        found.repeated += int(way == Way.SMS and times > 1)
        if fate == "uncertain":
            found.reasons[str(reason)] += 1
        if fate not in _ENDS or (fate == "sent" and not times):
            found.lost += 1
    found.lost += found.plan.messages // found.plan.companies // 2 * 2 * found.plan.companies - len(got)
    found.doubled = sum(1 for times in got.values() if times > 1)
    return found


def _times(taken: Providers, way: str, delivery_id: UUID) -> int:
    return (taken.mails if way == Way.MAIL else taken.others)[delivery_id.hex]
