"""The same Idempotency-Key has one effect, whatever happens in between."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Barrier
from typing import Any

import pytest
from flask import Response
from werkzeug.test import TestResponse

from app.http import flask_app
from tests.support.operations import Operation, label, operations
from tests.support.store import Snapshot
from tests.support.world import Member, Request, World

KEYED = [operation for operation in operations() if operation.takes_key and operation.signed_in]
KEY = "a-key-0123456789"
RACERS = 20
every_keyed_post = pytest.mark.parametrize("operation", KEYED, ids=label)


@pytest.fixture
def copy(world: World) -> Iterator[World]:
    """The company of a test that changes it."""
    with world.copy() as made:
        yield made


@pytest.fixture(scope="module")
def expected(world: World) -> Callable[[Operation], dict[str, int]]:
    """What an operation changes when it is asked for once, in peace."""

    @cache
    def tried(operation: Operation) -> dict[str, int]:
        with world.copy() as alone:
            before = alone.snapshot()
            alone.perform(operation, **{"Idempotency-Key": KEY})
            return effect(before, alone.snapshot())

    return tried


def effect(before: Snapshot, after: Snapshot) -> dict[str, int]:
    """How many rows each table has more, or other, than before; the keys themselves left out."""
    changed = {}
    for table in before.keys() | after.keys():
        new = Counter(after.get(table, [])) - Counter(before.get(table, []))
        if new and table != "idempotency_keys":
            changed[table] = new.total()
    return changed


def seen(answer: TestResponse) -> tuple[int, bytes, str | None]:
    """What tells two answers apart: all but the headers of the journey.

    A secret is told once and kept nowhere; repeated, the answer says null.
    """
    told = re.sub(rb'"[^"]*/feed\.ics\?token=[^"]*"', b"null", answer.data)
    told = re.sub(rb'"[^"]*/[pq]#token=[^"]*"', b"null", told)
    told = re.sub(rb'"secret": ?"[^"]*"', b'"secret":null', told)
    return answer.status_code, told, answer.headers.get("ETag")


def repeat(member: Member, request: Request, key: str = KEY) -> TestResponse:
    return member.send(request, **{"Idempotency-Key": key})


@every_keyed_post
def test_a_repeated_request_is_answered_as_the_first(copy: World, operation: Operation) -> None:
    request, first = copy.perform(operation, **{"Idempotency-Key": KEY})
    done = copy.snapshot()
    again = repeat(copy.admin, request)
    assert seen(again) == seen(first)
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert copy.snapshot() == done


@every_keyed_post
def test_twenty_at_once_have_one_effect(
    copy: World, operation: Operation, expected: Callable[[Operation], dict[str, int]]
) -> None:
    wanted, request = expected(operation), copy.ready(operation)
    before = copy.snapshot()
    start = Barrier(RACERS)

    def race(_: int) -> tuple[int, bytes, str | None]:
        start.wait()
        return seen(repeat(copy.admin, request))

    with ThreadPoolExecutor(RACERS) as threads:
        answers = Counter(threads.map(race, range(RACERS)))
    assert len(answers) == 1
    assert answers.popitem()[0][0] in operation.successes
    assert effect(before, copy.snapshot()) == wanted


@every_keyed_post
def test_an_answer_lost_on_the_way_is_given_again(
    copy: World,
    operation: Operation,
    expected: Callable[[Operation], dict[str, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The transaction has committed, but the process dies before the answer leaves."""
    wanted, request = expected(operation), copy.ready(operation)
    before = copy.snapshot()
    with monkeypatch.context() as patched:
        patched.setattr(flask_app, "_tell", dies)
        with pytest.raises(Died):
            repeat(copy.admin, request)
    assert effect(before, copy.snapshot()) == wanted
    again = repeat(copy.admin, request)
    assert again.status_code in operation.successes
    assert again.headers["Idempotency-Replayed"] == "true"
    assert effect(before, copy.snapshot()) == wanted


class Died(BaseException):
    """The end of a process, as far as a test can make one."""


def dies(*_: Any) -> None:
    raise Died


@every_keyed_post
def test_a_request_that_dies_before_the_commit_leaves_the_key_unused(
    copy: World, operation: Operation, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = copy.ready(operation)
    before = copy.snapshot()
    with monkeypatch.context() as patched:
        patched.setattr(flask_app.GuanxiFlask, "_response", dies_after(flask_app.GuanxiFlask._response))
        with pytest.raises(Died):
            repeat(copy.admin, request)
    assert copy.snapshot() == before
    answer = repeat(copy.admin, request)
    assert answer.status_code in operation.successes
    assert "Idempotency-Replayed" not in answer.headers


def dies_after(work: Callable[[Any], Response]) -> Callable[[Any], Response]:
    def response(app: Any) -> Response:
        work(app)
        raise Died

    return response


@every_keyed_post
def test_another_request_under_the_same_key_is_refused(copy: World, operation: Operation) -> None:
    request, _ = copy.perform(operation, **{"Idempotency-Key": KEY})
    done = copy.snapshot()
    if request.json is not None:
        request.json = {**request.json, "no_such_field": 1}
    elif request.form is not None:
        content, name = request.form["file"]
        request.form = {"file": (content + b"\n", name)}
    else:
        request.query = {"other": "1"}
    answer = repeat(copy.admin, request)
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency-mismatch")
    assert copy.snapshot() == done


@every_keyed_post
def test_a_refused_request_leaves_the_key_unused(copy: World, operation: Operation) -> None:
    if operation.body is None or operation.media != "application/json":
        return
    request = copy.ready(operation)
    before = copy.snapshot()
    wrong = Request(
        operation, request.path, json={**request.json, "no_such_field": 1}, headers=request.headers
    )
    assert repeat(copy.admin, wrong).status_code == 422
    assert copy.snapshot() == before
    answer = repeat(copy.admin, request)
    assert answer.status_code in operation.successes
    assert "Idempotency-Replayed" not in answer.headers


@every_keyed_post
def test_a_colleagues_same_key_is_another_key(copy: World, operation: Operation) -> None:
    request, first = copy.perform(operation, **{"Idempotency-Key": KEY})
    for member in copy.members.values():
        if member is not copy.admin:
            answer = repeat(member, request)
            assert "Idempotency-Replayed" not in answer.headers
            assert answer.status_code != 422 or answer.json["code"] != "idempotency-mismatch"
    assert seen(repeat(copy.admin, request)) == seen(first)


@every_keyed_post
def test_a_request_without_key_is_done_each_time(copy: World, operation: Operation) -> None:
    _, answer = copy.perform(operation)
    assert "Idempotency-Replayed" not in answer.headers
    assert "idempotency_keys" not in copy.snapshot() or copy.snapshot()["idempotency_keys"] == []
