"""A trail that is sealed, and the database's owner, who can change anything in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from flask import Flask

from app.audit import anchors, sealing
from app.cli import cli
from app.core import clock
from app.embedded.postgres import OWNER
from tenants.context import tenant_scope
from tests.support.client import Company
from tests.support.people import department
from tests.support.servers import dsn

Seal = Callable[[Company], None]
COPY = (
    "INSERT INTO audit_records SELECT tenant_id, gen_random_uuid(), at - interval '2 hours', actor_id, "
    "actor_name, action, subject_type, subject_id, '混入', about_id, changes, ip, user_agent, request_id, "
    "session_id FROM audit_records WHERE subject_label = '丙' RETURNING id"
)
"""One more line like another, from two hours before."""


@dataclass
class Tamperer:
    """The owner of the tables, within one company's walls; knows everything but the key."""

    connection: "psycopg.Connection[Any]"
    tenant_id: int

    def do(self, statement: str, *values: Any) -> list[Any]:
        """Carry a statement out; `TENANT` is the company's id."""
        with self.connection.transaction():
            self.connection.execute(f"SET LOCAL app.tenant_id = '{self.tenant_id}'".encode())
            told = statement.replace("TENANT", str(self.tenant_id)).encode()
            cursor = self.connection.execute(told, values)
            return cursor.fetchall() if cursor.description else []

    def line(self, label: str) -> Any:
        """The id of the line about somebody or something."""
        return self.do("SELECT id FROM audit_records WHERE subject_label = %s ORDER BY at", label)[0][0]

    def seal_of(self, label: str) -> int:
        """The number under which that line is sealed."""
        found = self.do("SELECT seq FROM audit_seals WHERE record_id = %s", self.line(label))
        return int(found[0][0])


@pytest.fixture
def owner(app: Flask, database: str, company: Company) -> Iterator[Tamperer]:
    """The owner of the tables, let into the company's walls."""
    with psycopg.connect(dsn(OWNER, database), autocommit=True) as connection:
        yield Tamperer(connection, company.tenant_id)


@pytest.fixture
def seal(app: Flask) -> Seal:
    """Has the sealer come by."""

    def visit(company: Company) -> None:
        with app.app_context(), tenant_scope(company.tenant_id):
            sealing.visit()

    return visit


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Moves the clock on."""
    real = clock.now

    def move(by: Any) -> None:
        monkeypatch.setattr(clock, "now", lambda: real() + by)

    return move


@dataclass(frozen=True)
class Verdict:
    """What `audit verify` said, and its exit code."""

    code: int
    text: str

    @property
    def kinds(self) -> list[str]:
        """The kinds of fault, in the order told."""
        return [line.strip().partition(":")[0] for line in self.text.splitlines()[1:]]


@pytest.fixture
def verify(app: Flask) -> Callable[[Company], Verdict]:
    """Runs `./run cli audit verify --tenant` on a company."""

    def run(company: Company) -> Verdict:
        found = CliRunner().invoke(cli, ["audit", "verify", "--tenant", company.slug])
        return Verdict(found.exit_code, found.output)

    return run


Verify = Callable[[Company], Verdict]


@pytest.fixture
def anchor_lines(app: Flask, company: Company) -> Callable[[], list[str]]:
    """The anchors of the company, as they stand in the files."""

    def read() -> list[str]:
        lines = [
            line for p in sorted(anchors.folder().glob("*.jsonl")) for line in p.read_text().splitlines()
        ]
        return [line for line in lines if f'"{company.slug}"' in line]

    return read


@pytest.fixture
def sealed(company: Company, seal: Seal) -> Company:
    """A company with a sign-up and five departments in its sealed trail."""
    for name in ("甲", "乙", "丙", "丁", "戊"):
        department(company, name)
    seal(company)
    return company
