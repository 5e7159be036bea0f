"""Companies full of records, made through the product's own doors, and copies of them for a single test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import product
from shutil import copytree
from time import monotonic
from types import SimpleNamespace
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.access.builtin import ADMINISTRATOR
from app.http import session_tokens
from tests.support import authenticators
from tests.support.operations import Operation, Parameter, kind
from tests.support.pictures import painted
from tests.support.samples import MARK, CannotPlace, Samples, plural, table_of
from tests.support.store import Row, Snapshot, Store

ENGLISH = "viewer"
TRIES = 60
FRESH_SECONDS = 120
# The last row has no name, so that an import has something to complain about.
FILE = f"公司名称,手机,备注\n{MARK} 甲公司,13800138000,好\n{MARK} 乙公司,,\n,13800138001,无名\n".encode()
PICTURE = painted()
TEXT = (FILE, "名单.csv")


_MEMBERS = """
SELECT DISTINCT ON (r.code) r.code, u.id, u.person_id, u.login, s.id AS session_id
FROM users u
JOIN user_roles x ON x.tenant_id = u.tenant_id AND x.user_id = u.id
JOIN roles r ON r.tenant_id = u.tenant_id AND r.id = x.role_id AND r.code IS NOT NULL
JOIN user_sessions s ON s.tenant_id = u.tenant_id AND s.user_id = u.id AND s.kind = 'device'
WHERE u.tenant_id = %s ORDER BY r.code, u.id
"""


@dataclass(frozen=True)
class Way:
    """How a request of an operation is filled in."""

    path: dict[str, str]
    full: bool
    last: bool
    """Whether the last records stand in its body, instead of the first."""


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
        buffered=True,
        **options,
    )


class Member:
    """A user of a company, sending requests with a bearer token."""

    def __init__(self, world: "World", row: Row) -> None:
        self.app, self.login = world.app, str(row["login"])
        self.user_id, self.person_id = str(row["id"]), str(row["person_id"])
        self._opened: Any = SimpleNamespace(
            user=SimpleNamespace(id=row["id"]),
            session_id=row["session_id"],
            tenant=SimpleNamespace(slug=world.slug),
        )
        self._token, self._stale_at = "", 0.0

    @property
    def token(self) -> str:
        """An access token that is good for the whole test, however long the run has taken."""
        if monotonic() > self._stale_at:
            with self.app.app_context():
                self._token = session_tokens.issue(self._opened)
            self._stale_at = monotonic() + FRESH_SECONDS
        return self._token

    def send(self, request: Request, **headers: str) -> TestResponse:
        """Send a request as this user."""
        return send(self.app, request, Authorization=f"Bearer {self.token}", **headers)


class World:
    """One company with records of every kind."""

    def __init__(
        self, app: Flask, store: Store, tenant_id: int, slug: str, original: "World | None" = None
    ) -> None:
        self.app, self.store, self.tenant_id, self.slug = app, store, tenant_id, slug
        self.tables = set(store.tables)
        self.samples = Samples(self.ids, self.tables, slug)
        self.samples.version_of = lambda table, one: store.version(table, tenant_id, one) or 1
        self.file = TEXT
        """What is uploaded."""
        self._is_copy = original is not None
        # Copies have the same ids, so what went well in one goes well in the next.
        self._ways: dict[Operation, Way] = {} if original is None else original._ways

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
        """The same company once more, files and all, to be spoiled by one test."""
        tenant_id, slug = self.store.copy_tenant(self.tenant_id)
        for folder in self.app.config["SETTINGS"].data_dir.glob(f"*/{self.slug}"):
            copytree(folder, folder.with_name(slug))
        yield World(self.app, self.store, tenant_id, slug, self)
        self.store.remove_tenant(tenant_id)

    def targets(self, operation: Operation) -> list[dict[str, str]]:
        """Ways to fill the ids and choices in a path with this company's records: the first and the last."""
        ways: list[dict[str, str]] = [{}]
        for parameter in operation.of("path"):
            ways = [
                {**way, parameter.name: v} for way in ways for v in self._values(operation, parameter, way)
            ]
        return ways if len(ways) <= TRIES else [*ways[: TRIES // 2], *ways[-TRIES // 2 :]]

    def _values(self, operation: Operation, parameter: Parameter, way: dict[str, str]) -> list[str]:
        if parameter.is_id:
            return self.ids(self.table_in(operation, parameter.name, way))
        if "enum" in parameter.schema:
            return list(parameter.schema["enum"])
        if kind(parameter.schema) == "integer":
            return ["1"]
        raise CannotPlace(f"{operation}: what is {parameter.name}?")

    def table_in(self, operation: Operation, name: str, way: dict[str, str]) -> str:
        """The table of an id in a path; what stands before it may be a choice, as in /{type}/{record_id}."""
        noun = noun_before(operation, name)
        chosen = plural(way[noun.strip("{}")]) if noun.startswith("{") else noun
        return table_of(name, chosen, self.tables)

    def request(self, operation: Operation, path: dict[str, str], *, full: bool = False) -> Request:
        """A valid request for an operation on one of this company's records."""
        resource = operation.resource
        made = Request(operation, path)
        authenticators.make_ready(self.app, self.store, self.tenant_id, operation)
        self.samples.taken = set(path.values())
        for parameter in operation.of("query"):
            if parameter.required:
                value = self.samples.value(parameter.schema, parameter.name, resource, full=full)
                made.query[parameter.name] = str(value)
        if operation.media == "multipart/form-data":
            picture = operation.path.endswith(("/attachments", "/uploads"))
            made.form = {"file": (PICTURE, f"{MARK}.png") if picture else self.file}
        elif operation.body is not None:
            made.json = self.samples.value(operation.body, "whole", resource, full=full)
        if operation.needs_version:
            made.headers["If-Match"] = f'"{self.version(operation, path)}"'
        return made

    def version(self, operation: Operation, path: dict[str, str]) -> int:
        """The version of the record that a path is about: its last id, or else the company itself."""
        for name, record in reversed(path.items()):
            if name.endswith("id"):
                table = self.table_in(operation, name, path)
                return self.store.version(table, self.tenant_id, record) or 1
        found: int = self.store.rows("SELECT version FROM tenants WHERE id = %s", self.tenant_id)[0][
            "version"
        ]
        return found

    def workable(self, operation: Operation) -> Request:
        """A request that would succeed: tried out, once, in a copy; behind an open door, merely a request."""
        if not operation.signed_in:
            return self.request(operation, {}, full=True)
        return self.request(operation, self._way(operation).path, full=True)

    def ready(self, operation: Operation) -> Request:
        """The request that went well in another copy, as it is sent here."""
        way = self._way(operation)
        self.samples.last = way.last
        return self.request(operation, way.path, full=way.full)

    def _way(self, operation: Operation) -> Way:
        if operation not in self._ways:
            with self.copy() as copy:
                copy.perform(operation)
        return self._ways[operation]

    def perform(self, operation: Operation, **headers: str) -> tuple[Request, TestResponse]:
        """Do what an operation does, as the administrator, on the first record that allows it.

        :raises CannotPlace: when no request succeeds: the generator must learn something
        """
        refusals = []
        for way in self._ways_of(operation):
            self.samples.last = way.last
            request = self.request(operation, way.path, full=way.full)
            answer = self.admin.send(request, **headers)
            if answer.status_code in operation.successes:
                if self._is_copy:
                    self._ways.setdefault(operation, way)
                return request, answer
            refusals.append(f"{answer.status_code} {answer.get_data(as_text=True)[:300]}\n{request}")
        raise CannotPlace("\n".join([str(operation), *refusals[:1], *refusals[-1:]]))

    def _ways_of(self, operation: Operation) -> Iterator[Way]:
        if self._is_copy and operation in self._ways:
            yield self._ways[operation]
        for full, last in product((True, False), (False, True)):
            for path in self.targets(operation):
                yield Way(path, full=full, last=last)


def noun_before(operation: Operation, name: str) -> str:
    """The noun before an id in a path: `contacts` in /contacts/{contact_id}."""
    return operation.path.partition("{" + name + "}")[0].rstrip("/").rpartition("/")[2]
