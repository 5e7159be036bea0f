"""Whatever stands in a path, and whichever method is used on it, gets a proper answer."""

import re

import pytest

from tests.hostile.answers import PROBLEM, fault_of
from tests.support.operations import METHODS, Operation, kind, label, operations
from tests.support.world import World

PATHS = sorted({operation.path for operation in operations()})
WITH_ID = [operation for operation in operations() if any(p.is_id for p in operation.of("path"))]
IDS = [
    "x", "0", "-1", "1%00", "%00", "%2e%2e", "..", "..%2f..", "%FF", "null", "undefined", "%F0%9F%90%BC",
    "'--", "[]", "00000000-0000-0000-0000-00000000000g", "00000000-0000-0000-0000-0000000000000", "x" * 3000,
]  # fmt: skip
WANDERERS = [
    "/api/v1/%2e%2e/%2e%2e/etc/passwd", "/api/v1/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
    "/api/v1/%00", "/%00", "/assets/%2e%2e%2findex.html", "/assets/..%2f..%2f..%2fwsgi.py", "/api", "/api/",
    "/api/v1", "/api/v1/", "/api/v1//session", "//api/v1/session", "/api/v1/session;x=1", "/api/v2/session",
    "/.env", "/.git/config", "/wsgi.py", "/api/v1/" + "x" * 5000, "/" + "a/" * 2000, "/api/v1/%ED%A0%80",
    "/api/openapi.json/", "/metrics/x", "/dev", "/dev/", "/apis",
]  # fmt: skip


def bearer(world: World) -> dict[str, str]:
    return {"Authorization": f"Bearer {world.admin.token}"}


@pytest.mark.parametrize("operation", WITH_ID, ids=label)
def test_what_is_no_id_is_not_found(world: World, operation: Operation) -> None:
    request = world.workable(operation)
    wrong = {}
    for parameter in operation.of("path"):
        for text in IDS:
            url = operation.path.format(**{**request.path, parameter.name: text})
            answer = world.app.test_client(use_cookies=False).open(
                url, method=operation.method, json=request.json, headers={**request.headers, **bearer(world)}
            )
            # Some spellings lead to another path, which may have another method.
            if said := fault_of(answer):
                wrong[f"{parameter.name}={text[:40]}"] = said
            elif answer.status_code not in {404, 405}:
                wrong[f"{parameter.name}={text[:40]}"] = f"{answer.status_code} {answer.json}"
    assert wrong == {}


@pytest.mark.parametrize("path", PATHS)
def test_other_methods_are_refused_with_those_that_are_allowed(world: World, path: str) -> None:
    told = {operation.method for operation in operations() if operation.path == path}
    url = re.sub(r"{(\w+)}", _example, path)
    client = world.app.test_client(use_cookies=False)
    for method in [*(m.upper() for m in METHODS), "PROPFIND", "TRACE"]:
        if method not in told:
            answer = client.open(url, method=method, headers=bearer(world))
            assert (method, answer.status_code, answer.mimetype) == (method, 405, PROBLEM)
            assert set(answer.headers["Allow"].split(", ")) - {"HEAD", "OPTIONS"} == told


def _example(match: re.Match[str]) -> str:
    for operation in operations():
        for parameter in operation.of("path"):
            if parameter.name == match[1] and "enum" in parameter.schema:
                return str(parameter.schema["enum"][0])
            if parameter.name == match[1] and kind(parameter.schema) == "integer":
                return "1"
    return "00000000-0000-7000-8000-000000000000"


@pytest.mark.parametrize("path", PATHS)
def test_a_trailing_slash_is_another_path(world: World, path: str) -> None:
    url = re.sub(r"{(\w+)}", _example, path) + "/"
    answer = world.app.test_client(use_cookies=False).get(url, headers=bearer(world))
    assert (answer.status_code, answer.mimetype) == (404, PROBLEM)


@pytest.mark.parametrize("path", PATHS)
def test_asking_for_the_methods_does_no_harm(world: World, path: str) -> None:
    url = re.sub(r"{(\w+)}", _example, path)
    answer = world.app.test_client(use_cookies=False).options(url, headers={"Origin": "https://evil.example"})
    assert answer.status_code in {200, 204, 401}
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", WANDERERS, ids=lambda path: path[:30])
def test_paths_that_wander_lead_nowhere(world: World, path: str) -> None:
    answer = world.app.test_client(use_cookies=False).get(path, buffered=True)
    # Pages that are not ours belong to the single-page application, which may not have been built.
    page = answer.mimetype in {"text/html", "text/plain"} and not path.startswith("/api/")
    assert page or fault_of(answer) is None
    assert b"root:" not in answer.data
    assert b"import" not in answer.data[:200]
