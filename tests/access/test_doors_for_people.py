"""Doors that no API token gets through, found by themselves."""

import re

from flask import Flask

from app.http.door import door_of
from tests.support.operations import Operation, operations
from tests.support.world import World, send

ACCOUNTS = ("session", "profile", "notification", "api-token", "security-policy", "webhooks", "webhook-del")


def doors(app: Flask) -> dict[str, bool]:
    """Every signed-in door, and whether it is for people only."""
    with app.app_context():
        found = {
            f"{method} {rule.rule}": door_of(rule.endpoint, method)
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        }
    return {where: door.in_person for where, door in found.items() if door and door.kind == "signed-in"}


def test_doors_of_accounts_and_secrets_are_for_people(app: Flask) -> None:
    """Whatever is about an account, or answers with a secret, is found by its path and its answer."""
    kept = doors(app)
    about = {
        where
        for where in kept
        if where.partition("/v1/")[2].startswith(ACCOUNTS)
        or any(word in where for word in ("second-factor", "password", "/sessions", "/calendar/feed"))
    }
    assert len(about) > 20
    assert {where for where in about if not kept[where]} == set()


def people_only(app: Flask) -> list[Operation]:
    kept = {where for where, in_person in doors(app).items() if in_person}
    named = {re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", where) for where in kept}
    return [operation for operation in operations() if str(operation) in named]


def test_no_token_gets_through_a_door_for_people(app: Flask, world: World) -> None:
    """Each of them, with a request that its owner could send."""
    with world.copy() as copy:
        made_one = copy.admin.send(copy.request(operation_named("POST", "/api/v1/api-tokens"), {}, full=True))
        token = made_one.json["secret"]
        for operation in people_only(app):
            request = copy.workable(operation)
            before = copy.snapshot()
            answer = send(app, request, Authorization=f"Bearer {token}")
            assert (answer.status_code, answer.json["code"]) == (403, "not-for-tokens"), str(operation)
            after = copy.snapshot()
            for told in (before, after):
                told.pop("user_sessions")
            assert after == before, str(operation)


def operation_named(method: str, path: str) -> Operation:
    return next(o for o in operations() if (o.method, o.path) == (method, path))
