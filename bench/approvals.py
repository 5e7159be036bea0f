"""What people of the big company approve: a manager who has decided much, and one who has much before them."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench.cases import PAGE, Caller, Case
from bench.data import Loaded
from bench.load import request

DECIDED, WAITING, TO_DECIDE = 10_000, 200, 100_000
PREPARED = 8_000
_NODE = {"id": "lead", "type": "approve", "name": "主管审批", "who": [{"by": "department-head"}]}
_FLOW = """
INSERT INTO approval_flows (tenant_id, id, kind, name, state, published_version, created_by_id, created_at, updated_at)
SELECT %(tenant)s, uuidv7(), 'customer-transfer', '客户转移', 'published', 1, u.id, now(), now()
FROM users u WHERE u.tenant_id = %(tenant)s AND u.login = %(admin)s
"""
_VERSION = """
INSERT INTO approval_flow_versions (tenant_id, id, flow_id, number, definition, published_at, published_by_id)
SELECT f.tenant_id, uuidv7(), f.id, 1, %(definition)s, now(), f.created_by_id
FROM approval_flows f WHERE f.tenant_id = %(tenant)s
"""
_APPROVALS = """
INSERT INTO approvals (
    tenant_id, id, flow_id, flow_version, openness, kind, subject_id, title, facts, owner_id, department_id, state,
    submitted_at, updated_at, ended_at)
SELECT f.tenant_id, uuidv7(), f.id, 1, 'closed', 'customer-transfer', uuidv7(), '第 ' || i || ' 位客户 → 同事',
    jsonb_build_object('customer', '第 ' || i || ' 位客户', 'to', '同事', 'reason', '区域调整', 'tier', 'gold'),
    s.id, s.department_id, CASE WHEN i <= %(decided)s THEN 'granted' ELSE 'running' END,
    now() - i * interval '1 minute', now(), CASE WHEN i <= %(decided)s THEN now() END
FROM approval_flows f JOIN users s ON s.tenant_id = f.tenant_id AND s.login = %(salesperson)s
CROSS JOIN generate_series(1, %(decided)s + %(waiting)s + %(to_decide)s) AS i
WHERE f.tenant_id = %(tenant)s
"""
_STEPS = """
INSERT INTO approval_steps (tenant_id, id, approval_id, node, type, name, state, opened_at, ended_at)
SELECT a.tenant_id, uuidv7(), a.id, 'lead', 'approve', '主管审批',
    CASE a.state WHEN 'granted' THEN 'passed' ELSE 'open' END, a.submitted_at, a.ended_at
FROM approvals a WHERE a.tenant_id = %(tenant)s
"""
_SEATS = """
INSERT INTO approval_seats (
    tenant_id, id, approval_id, step_id, kind, user_id, place, state, made_at, opened_at, decided_at)
SELECT a.tenant_id, uuidv7(), a.id, s.id, a.kind,
    CASE WHEN a.state = 'granted' OR a.n <= %(decided)s + %(waiting)s THEN m.id ELSE a.owner_id END, 0,
    CASE a.state WHEN 'granted' THEN 'approved' ELSE 'open' END, a.submitted_at, a.submitted_at, a.ended_at
FROM (SELECT x.*, row_number() OVER (ORDER BY x.submitted_at DESC) AS n FROM approvals x
    WHERE x.tenant_id = %(tenant)s) a
JOIN approval_steps s ON s.tenant_id = a.tenant_id AND s.approval_id = a.id
JOIN users m ON m.tenant_id = a.tenant_id AND m.login = %(admin)s
"""


def add(superuser_dsn: str, loaded: Loaded, folder: Path) -> None:
    """Put approvals into the database, unless an earlier run has."""
    marker = folder / "approved"
    if marker.exists():
        return
    given = {
        "tenant": loaded.tenant_id,
        "admin": loaded.admin,
        "salesperson": loaded.salesperson,
        "definition": json.dumps({"nodes": [_NODE]}),
        "decided": DECIDED,
        "waiting": WAITING,
        "to_decide": TO_DECIDE,
    }
    with psycopg.connect(superuser_dsn) as connection:
        for statement in (_FLOW, _VERSION, _APPROVALS, _STEPS, _SEATS):
            connection.execute(statement, given)
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE) approvals, approval_steps, approval_seats")
    marker.touch()


def cases_of(manager: Caller, decider: Caller) -> Iterator[Case]:
    """A manager's inbox, what they have decided, and deciding.

    :param manager: has decided 10,000 and 200 before them
    :param decider: has far more before them, to be used up
    """

    def page(box: str) -> Iterator[bytes]:
        path = f"/api/v1/approvals/{box}?limit={PAGE}"
        return itertools.repeat(request("GET", path, token=manager.token))

    yield Case(f"approvals, {WAITING} to decide", page("to-decide"))
    yield Case(f"approvals, {DECIDED:,} decided", page("decided"))
    yield Case("approving", _decisions(decider))


def _decisions(decider: Caller) -> Iterator[bytes]:
    """Prepared before the clock starts, for all the approvals that will be got through."""
    prepared, cursor = [], ""
    for _ in range(PREPARED // 200):
        found = decider.call("GET", f"/approvals/to-decide?limit=200{cursor and '&cursor='}{cursor}")
        cursor = found["next_cursor"]
        for item in found["items"]:
            seat, said = item["seat"], json.dumps({"decision": "approve"}).encode()
            path, version = f"/api/v1/approval-seats/{seat['id']}/decision", f'If-Match: "{seat["version"]}"'
            prepared.append(request("POST", path, token=decider.token, body=said, headers=(version,)))
    return iter(prepared)
