"""A body with anything wrong in it is refused by name, and leaves nothing behind."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.hostile.answers import fault_of
from tests.hostile.faults import JSON, Fault, in_fields, text_of, whole_bodies, wrong_media
from tests.support.operations import Operation, label, operations
from tests.support.world import ENGLISH, Member, Request, World

# What operators send is tried out in tests/operators, by one who is signed in.
WITH_BODY = [operation for operation in operations() if operation.media == JSON and not operation.kept]


def throw(world: World, member: Member, request: Request, fault: Fault) -> TestResponse:
    """Send a faulty body along an otherwise good request."""
    headers = dict(request.headers)
    if request.operation.signed_in:
        headers["Authorization"] = f"Bearer {member.token}"
    elif member is world.members[ENGLISH]:
        headers["Accept-Language"] = "en"
    if fault.media is not None:
        headers["Content-Type"] = fault.media
    return world.app.test_client(use_cookies=False).open(
        request.url, method=request.operation.method, data=fault.body, headers=headers
    )


def prepared(world: World, operation: Operation) -> tuple[Request, Any]:
    """A request that only the body can spoil, and its fullest valid body."""
    request = world.workable(operation)
    return request, request.json


@pytest.mark.parametrize("operation", WITH_BODY, ids=label)
def test_every_wrong_field_is_named(world: World, operation: Operation) -> None:
    assert operation.body is not None
    request, valid = prepared(world, operation)
    before = world.snapshot()
    wrong = {}
    for fault in in_fields(operation.body, valid):
        answer = throw(world, world.admin, request, fault)
        if said := fault_of(answer, fault.field):
            wrong[fault.what] = said
    assert wrong == {}
    assert world.snapshot() == before


@pytest.mark.parametrize("operation", WITH_BODY, ids=label)
def test_what_is_no_body_is_refused(world: World, operation: Operation) -> None:
    request, valid = prepared(world, operation)
    before = world.snapshot()
    wrong = {}
    for fault in [*whole_bodies(), *wrong_media(text_of(valid))]:
        answer = throw(world, world.admin, request, fault)
        if said := fault_of(answer):
            wrong[fault.what] = said
    assert wrong == {}
    assert world.snapshot() == before


@pytest.mark.parametrize("operation", WITH_BODY, ids=label)
def test_refusals_speak_the_readers_language(world: World, operation: Operation) -> None:
    assert operation.body is not None
    request, valid = prepared(world, operation)
    reader = world.members[ENGLISH]
    faults = [*in_fields(operation.body, valid)][-1:]
    assert [fault_of(throw(world, reader, request, f), f.field, english=True) for f in faults] == [None]
