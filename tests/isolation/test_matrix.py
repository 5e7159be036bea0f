"""No tenant reads, changes or detects another's rows: every operation, every place of an id, every attacker.

What an attacker is told about a foreign record must be, word for word, what they are told about one that
does not exist.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import orjson
import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.access.builtin import ADMINISTRATOR, BUILT_IN
from tenants import rls
from tests.isolation.attacks import detail_of, id_places, leaks, told, unknown, victims
from tests.support.founding import build
from tests.support.operations import Operation, label, operations
from tests.support.statements import watch
from tests.support.store import Snapshot, Store
from tests.support.world import Member, World, send

SIGNED_IN = [operation for operation in operations() if operation.signed_in]
CHANGING = [operation for operation in SIGNED_IN if operation.changes]
PAGED = [o for o in SIGNED_IN if "cursor" in {p.name for p in o.of("query")}]
WORKERS, ONLY_READERS = ("manager", "sales", "service", "marketing", "finance"), ("viewer",)


@pytest.fixture(scope="module")
def stranger(app: Flask, store: Store, world: World) -> World:
    """Another company as full as the victim; its administrator may do everything, at home."""
    return build(app, store)


@pytest.fixture(params=["with the ORM's criteria", "with row-level security alone"])
def walls(request: pytest.FixtureRequest) -> Iterator[None]:
    """Twice: as the product is, and with the ORM's own filter taken away."""
    if request.param == "with row-level security alone":
        event.remove(Session, "do_orm_execute", rls._name_the_tenant)
        yield
        event.listen(Session, "do_orm_execute", rls._name_the_tenant)
        watch.offences.clear()
    else:
        yield


def test_the_generator_can_place_every_operation(world: World) -> None:
    """What cannot be done rightly cannot be tried wrongly: the rest of this file would prove nothing."""
    for operation in SIGNED_IN:
        with world.copy() as copy:
            copy.perform(operation)


@pytest.mark.usefixtures("walls")
@pytest.mark.parametrize("operation", SIGNED_IN, ids=label)
def test_another_companys_records_do_not_exist(world: World, stranger: World, operation: Operation) -> None:
    before, own = world.snapshot(), stranger.snapshot()
    request = stranger.request(operation, stranger.targets(operation)[0], full=True)
    for place in id_places(stranger, request):
        for foreign in victims(world, place):
            nobody = unknown(place)
            answer = stranger.admin.send(place.put(request, foreign))
            control = stranger.admin.send(place.put(request, nobody))
            assert told(answer, foreign) == told(control, nobody), place
            assert leaks(answer, before, own, foreign) == set(), place
            if place.part in {"path", "body"}:
                assert answer.status_code in ({404} if place.part == "path" else {404, 409, 422}), place
    assert world.snapshot() == before
    if operation.changes and list(id_places(stranger, request)):
        assert stranger.snapshot() == own


@pytest.mark.usefixtures("walls")
@pytest.mark.parametrize("operation", [o for o in SIGNED_IN if not o.changes], ids=label)
def test_what_is_read_is_ones_own(world: World, stranger: World, operation: Operation) -> None:
    victim, own = world.snapshot(), stranger.snapshot()
    for path in some(stranger, operation):
        answer = stranger.admin.send(stranger.request(operation, path))
        assert leaks(answer, victim, own) == set()


@pytest.mark.usefixtures("walls")
@pytest.mark.parametrize("operation", PAGED, ids=label)
def test_another_companys_place_in_a_list_shows_nothing(
    world: World, stranger: World, operation: Operation
) -> None:
    victim, own = world.snapshot(), stranger.snapshot()
    request = world.request(operation, world.targets(operation)[0])
    page = world.admin.send(replace(request, query={**request.query, "limit": "1"}))
    assert page.status_code == 200
    if (cursor := page.json["next_cursor"]) is not None:
        request = stranger.request(operation, stranger.targets(operation)[0])
        answer = stranger.admin.send(replace(request, query={**request.query, "cursor": cursor}))
        assert answer.status_code in {200, 422}
        assert leaks(answer, victim, own) == set()


@pytest.mark.parametrize("operation", SIGNED_IN, ids=label)
def test_nobody_sees_or_changes_anything(world: World, operation: Operation) -> None:
    before = world.snapshot()
    for path in some(world, operation):
        answer = send(world.app, world.request(operation, path, full=True))
        assert (answer.status_code, answer.json["code"]) == (401, "sign-in-required")
        assert leaks(answer, before, {}, *path.values()) == set()
    assert world.snapshot() == before


@pytest.mark.parametrize("operation", [o for o in operations() if not o.signed_in], ids=label)
def test_open_doors_show_nothing(world: World, operation: Operation) -> None:
    before = world.snapshot()
    answer = send(world.app, world.request(operation, {}, full=True))
    if operation.path != "/api/v1/signups":
        assert 400 <= answer.status_code < 500 or answer.status_code in {202, 204}
    assert leaks(answer, before, {}) == set()
    assert world.snapshot() == before


@pytest.mark.parametrize("operation", [o for o in SIGNED_IN if "{" in o.path], ids=label)
def test_what_a_colleague_cannot_see_does_not_exist(world: World, operation: Operation) -> None:
    """Records of another owner in another department: whoever cannot open one learns nothing of it."""
    detail = detail_of(operation, operations())
    if detail is None or not any(p.is_id for p in detail.of("path")):
        return
    before = world.snapshot()
    for path in some(world, operation):
        first = {p.name: path[p.name] for p in detail.of("path")}
        request = world.request(operation, path, full=True)
        place = next(p for p in id_places(world, request) if p.where[0] in first)
        for role in (*WORKERS, *ONLY_READERS):
            member, nobody = world.members[role], unknown(place)
            if member.send(world.request(detail, first)).status_code in {200, 307}:
                continue
            answer, control = member.send(request), member.send(place.put(request, nobody))
            assert told(answer, *path.values()) == told(control, nobody, *path.values()), role
            assert answer.status_code in {403, 404}
    assert world.snapshot() == before


@pytest.mark.parametrize("operation", CHANGING, ids=label)
def test_readers_change_nothing_but_their_own(world: World, operation: Operation) -> None:
    """What they may open, they are told that they may not change; of the rest they know nothing."""
    detail = detail_of(operation, operations())
    with world.copy() as copy:
        before = copy.snapshot()
        for path in some(copy, operation):
            for role in ONLY_READERS:
                member = copy.members[role]
                open_to = detail is not None and member.send(copy.request(detail, path)).status_code == 200
                answer = member.send(copy.request(operation, path))
                refused = {403} if open_to else {401, 403, 404, 409}
                assert answer.status_code in {*refused, *operation.successes}, role
                after = copy.snapshot()
                assert foreign_to(member, changed(before, after)) == []
                before = after


def some(world: World, operation: Operation) -> list[dict[str, str]]:
    """A few records of an operation: the first, the second and the last."""
    found = world.targets(operation)
    return found if len(found) < 3 else [*found[:2], found[-1]]


def changed(before: Snapshot, after: Snapshot) -> set[bytes]:
    """Rows that came, went or became another."""
    rows = [{uncounted(row) for rows in snapshot.values() for row in rows} for snapshot in (before, after)]
    return rows[0] ^ rows[1]


def uncounted(row: bytes) -> bytes:
    """A row without the counter by which processes notice that somebody's access has changed."""
    return re.sub(rb'"access_version": [0-9]+', b"", row)


def foreign_to(member: Member, rows: set[bytes]) -> list[bytes]:
    """Those rows that are not about a member: neither their own nor hanging on one that is."""
    marks = {member.user_id, member.person_id, member.login}
    own = [row for row in rows if any(mark.encode() in row for mark in marks)]
    marks |= {str(orjson.loads(row).get("id")) for row in own}
    return [row for row in rows if not any(mark.encode() in row for mark in marks)]


def test_every_built_in_role_takes_part(world: World) -> None:
    assert set(world.members) == {role.code for role in BUILT_IN}
    assert set(world.members) == {*WORKERS, *ONLY_READERS, ADMINISTRATOR}
