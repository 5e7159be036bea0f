"""Companies full of records, made through the product's own doors, and copies of them for a single test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.access.builtin import ADMINISTRATOR
from app.core.ids import new_id
from app.http import session_tokens
from tests.support.client import sign_up
from tests.support.operations import Operation, operations
from tests.support.samples import MARK, CannotPlace, Samples, table_of
from tests.support.store import Row, Snapshot, Store

ENGLISH = "viewer"
ROUNDS = 3
TRIES = 12
FILE = f"公司名称,手机,备注\n{MARK} 甲公司,13800138000,好\n{MARK} 乙公司,,\n".encode()
_MEMBERS = """
SELECT DISTINCT ON (r.code) r.code, u.id, u.person_id, u.login, s.id AS session_id
FROM users u
JOIN user_roles x ON x.tenant_id = u.tenant_id AND x.user_id = u.id
JOIN roles r ON r.tenant_id = u.tenant_id AND r.id = x.role_id AND r.code IS NOT NULL
JOIN user_sessions s ON s.tenant_id = u.tenant_id AND s.user_id = u.id
WHERE u.tenant_id = %s ORDER BY r.code, u.id
"""


@dataclass
class Request:
    """One request, as yet unsent."""

    operation: Operation
    path: dict[str, str]
    query: dict[str, str] = field(default_factory=dict)
    json: Any = None
    form: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.operation.path.format(**self.path)


def send(app: Flask, request: Request, **headers: str) -> TestResponse:
    """Send a request as whoever the headers say; without any, as nobody."""
    options: dict[str, Any] = {}
    if request.form is not None:
        files = {n: (BytesIO(v[0]), v[1]) if isinstance(v, tuple) else v for n, v in request.form.items()}
        options["data"] = files
    elif request.json is not None:
        options["json"] = request.json
    return app.test_client(use_cookies=False).open(
        request.url,
        method=request.operation.method,
        query_string=request.query,
        headers={**request.headers, **headers},
        **options,
    )


class Member:
    """A user of a company, sending requests with a bearer token."""

    def __init__(self, world: "World", row: Row) -> None:
        self.app, self.login = world.app, str(row["login"])
        self.user_id, self.person_id = str(row["id"]), str(row["person_id"])
        opened: Any = SimpleNamespace(
            user=SimpleNamespace(id=row["id"]),
            session_id=row["session_id"],
            tenant=SimpleNamespace(slug=world.slug),
        )
        with world.app.app_context():
            self.token = session_tokens.issue(opened)

    def send(self, request: Request, **headers: str) -> TestResponse:
        """Send a request as this user."""
        return send(self.app, request, Authorization=f"Bearer {self.token}", **headers)


class World:
    """One company with records of every kind."""

    def __init__(self, app: Flask, store: Store, tenant_id: int, slug: str) -> None:
        self.app, self.store, self.tenant_id, self.slug = app, store, tenant_id, slug
        self.tables = set(store.tables)
        self.samples = Samples(self.ids, self.tables, slug)

    @cached_property
    def members(self) -> dict[str, Member]:
        """One member for each built-in role."""
        return {row["code"]: Member(self, row) for row in self.store.rows(_MEMBERS, self.tenant_id)}

    @property
    def admin(self) -> Member:
        return self.members[ADMINISTRATOR]

    def ids(self, table: str) -> list[str]:
        return self.store.ids(table, self.tenant_id)

    def snapshot(self) -> Snapshot:
        return self.store.snapshot(self.tenant_id)

    @contextmanager
    def copy(self) -> Iterator["World"]:
        """The same company once more, to be spoiled by one test."""
        yield World(self.app, self.store, *self.store.copy_tenant(self.tenant_id))

    def targets(self, operation: Operation) -> list[dict[str, str]]:
        """Every way to fill the ids and choices in a path with this company's records."""
        ways: list[dict[str, str]] = [{}]
        for parameter in operation.of("path"):
            if parameter.is_id:
                values = self.ids(self.table_in(operation, parameter.name))
            elif "enum" in parameter.schema:
                values = list(parameter.schema["enum"])
            else:
                raise CannotPlace(f"{operation}: what is {parameter.name}?")
            ways = [{**way, parameter.name: value} for way in ways for value in values]
        return ways

    def table_in(self, operation: Operation, name: str) -> str:
        """The table of an id in a path."""
        return table_of(name, noun_before(operation, name), self.tables)

    def request(self, operation: Operation, path: dict[str, str], *, full: bool = False) -> Request:
        """A valid request for an operation on one of this company's records."""
        resource = operation.resource
        made = Request(operation, path)
        for parameter in operation.of("query"):
            if parameter.required:
                value = self.samples.value(parameter.schema, parameter.name, resource, full=full)
                made.query[parameter.name] = str(value)
        if operation.media == "multipart/form-data":
            made.form = {"file": (FILE, "名单.csv")}
        elif operation.body is not None:
            made.json = self.samples.value(operation.body, "body", resource, full=full)
        if operation.needs_version:
            made.headers["If-Match"] = f'"{self.version(operation, path)}"'
        return made

    def version(self, operation: Operation, path: dict[str, str]) -> int:
        """The version of the record that a path is about: its last id, or else the company itself."""
        for name, record in reversed(path.items()):
            if name.endswith("id"):
                return self.store.version(self.table_in(operation, name), self.tenant_id, record) or 1
        found: int = self.store.rows("SELECT version FROM tenants WHERE id = %s", self.tenant_id)[0][
            "version"
        ]
        return found

    def perform(self, operation: Operation, **headers: str) -> tuple[Request, TestResponse]:
        """Do what an operation does, as the administrator, on the first record that allows it.

        :raises CannotPlace: when no request succeeds: the generator must learn something
        """
        refusals = []
        for full in (True, False):
            for path in self.targets(operation)[:TRIES]:
                request = self.request(operation, path, full=full)
                answer = self.admin.send(request, **headers)
                if answer.status_code in operation.successes:
                    return request, answer
                refusals.append(f"{answer.status_code} {answer.get_data(as_text=True)[:300]}\n{request}")
        raise CannotPlace("\n".join([str(operation), *refusals[:1], *refusals[-1:]]))


def noun_before(operation: Operation, name: str) -> str:
    """The noun before an id in a path: `contacts` in /contacts/{contact_id}."""
    return operation.path.partition("{" + name + "}")[0].rstrip("/").rpartition("/")[2]


def build(app: Flask, store: Store) -> World:
    """A company with a member of every built-in role and several records of every kind."""
    company = sign_up(app, name=f"{MARK} 科技")
    world = World(app, store, store.tenant_id(company.slug), company.slug)
    hire(world)
    for member in world.members.values():
        ring(world, member)
    creating = [o for o in operations() if o.method == "POST" and o.signed_in and {201, 202} & o.successes]
    for _ in range(ROUNDS):
        for operation in creating:
            try:
                world.perform(operation)
            except CannotPlace:
                # What it needs is made by another operation of this round; the tests insist later.
                continue
    return world


def hire(world: World) -> None:
    """A member for each built-in role but the administrator, in a department of their own."""
    store, here = world.store, world.tenant_id
    boss = store.rows("SELECT * FROM users WHERE tenant_id = %s", here)[0]
    root = boss["department_id"]
    aside = store.copy_row("departments", "id", root, parent_id=root, name=f"{MARK} 分部")
    for role in store.rows("SELECT id, code FROM roles WHERE tenant_id = %s", here):
        if role["code"] in {None, ADMINISTRATOR}:
            continue
        login, name = f"{role['code']}-{world.slug}@example.com", f"{MARK} {role['code']}"
        person = store.copy_row("persons", "id", boss["person_id"], name=name)
        store.rows("INSERT INTO sign_in_names (value, person_id) VALUES (%s, %s)", login, person)
        user = store.copy_row(
            "users", "id", boss["id"], person_id=person, login=login, name=name, department_id=aside
        )
        store.copy_row("person_tenants", "person_id", boss["person_id"], person_id=person, user_id=user)
        store.copy_row("user_roles", "user_id", boss["id"], user_id=user, role_id=role["id"])
        store.copy_row("user_sessions", "user_id", boss["id"], user_id=user, person_id=person)
    # One of them reads English, so that both languages are heard.
    store.rows(
        "UPDATE persons SET locale = 'en' WHERE id = (SELECT person_id FROM sign_in_names WHERE value = %s)",
        f"{ENGLISH}-{world.slug}@example.com",
    )


def ring(world: World, member: Member) -> None:
    """Something under a member's bell."""
    world.store.rows(
        "INSERT INTO notifications (tenant_id, id, user_id, kind, facts, created_at)"
        " VALUES (%s, %s, %s, 'sample', '{}', now())",
        world.tenant_id,
        new_id(),
        member.user_id,
    )
