"""Whatever stands in a header is understood or refused, and nothing of it comes back unasked."""

import base64
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
import time_machine

from app.core import clock
from app.http import session_tokens
from tests.hostile.answers import fault_of
from tests.support.operations import Operation, label, operations
from tests.support.servers import SECRET
from tests.support.world import World, send

SIGNED_IN = [operation for operation in operations() if operation.signed_in]
VERSIONED = [operation for operation in operations() if operation.needs_version]
KEYED = [operation for operation in operations() if operation.takes_key and operation.signed_in]
VERSIONS = [
    "",
    "x",
    "1",
    '"x"',
    "*",
    '""',
    '"-1"',
    '"1.5"',
    '"99999999999999"',
    'W/"x"',
    '"1", "2"',
    "é",
    '"１"',
]
KEYS = ["", "short", "x" * 129, "with space", "ümlaut-é-key", "tab\tbed-key", "键键键键键键键键"]
LANGUAGES = {
    "": "zh", "en": "en", "en-GB,en;q=0.9": "en", "zh-TW": "zh", "fr": "zh", "fr,en": "en", "*": "zh",
    ";;;": "zh", "en;q=x": "en", "en;q=9": "en", "EN": "en",
    "x" * 5000: "zh", ",,en": "en", "q=1": "zh", "en;q=0": "zh", "zh;q=0.1,en;q=0.9": "en",
}  # fmt: skip


@pytest.mark.parametrize("operation", SIGNED_IN, ids=label)
def test_nobody_gets_in_without_signing_in(world: World, operation: Operation) -> None:
    request = world.workable(operation)
    before = world.snapshot()
    answer = send(world.app, request)
    assert (answer.status_code, answer.json["code"]) == (401, "sign-in-required")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert fault_of(answer) is None
    assert world.snapshot() == before


def forged(world: World) -> dict[str, tuple[str, str]]:
    """Tokens that we never gave, or no longer hold good, with the code of their refusal."""
    claims = jwt.decode(world.admin.token, SECRET, algorithms=["HS256"])

    def signed(key: str = SECRET, algorithm: str = "HS256", **changed: Any) -> str:
        kept = {name: value for name, value in {**claims, **changed}.items() if value is not None}
        return jwt.encode(kept, key, algorithm=algorithm)

    def unsigned() -> str:
        parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims)]
        return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."

    no, ended = "sign-in-required", "session-ended"
    return {
        "no token": ("", no),
        "no JWT": ("x", no),
        "a long text": ("x" * 20_000, no),
        "three parts": ("a.b.c", no),
        "without signature": (unsigned(), no),
        "another key": (signed("another-secret-another-secret-another-1"), no),
        "another algorithm": (signed(algorithm="HS512"), no),
        "no session": (signed(sid=None), no),
        "a session that is no id": (signed(sid="x"), no),
        "a session with a tail": (signed(sid=claims["sid"] + "'; DROP TABLE users; --"), no),
        "another session": (signed(sid=uuid4().hex), ended),
        "no tenant": (signed(ten=None), no),
        "a tenant there is not": (signed(ten="nowhere"), no),
        "a tenant with a NUL": (signed(ten="a\x00b"), no),
        "a tenant that is a list": (signed(ten=["a"]), no),
        "no end": (signed(exp=None), no),
        "an end that is a text": (signed(exp="soon"), no),
        "no CSRF": (signed(csrf=None), no),
        "expired": (signed(exp=1), "token-expired"),
        "not yet": (signed(nbf=2**33), no),
    }


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_forged_tokens_open_nothing(world: World) -> None:
    operation = next(o for o in SIGNED_IN if str(o) == "GET /api/v1/session")
    request = world.request(operation, {})
    wrong = {}
    for what, (token, code) in forged(world).items():
        answer = send(world.app, request, Authorization=f"Bearer {token}")
        if (answer.status_code, (answer.json or {}).get("code")) != (401, code) or fault_of(answer):
            wrong[what] = (answer.status_code, answer.json)
    assert wrong == {}


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "bearer x y",
        "Token x",
        "\xe9",
        "Bearer \xe9",
        ", Bearer x",
        "x" * 9000,
    ],
)
def test_odd_authorizations_open_nothing(world: World, header: str) -> None:
    operation = next(o for o in SIGNED_IN if str(o) == "GET /api/v1/session")
    answer = send(world.app, world.request(operation, {}), Authorization=header)
    assert (answer.status_code, fault_of(answer)) == (401, None)


def test_a_token_ends_by_the_clock(world: World) -> None:
    operation = next(o for o in SIGNED_IN if str(o) == "GET /api/v1/session")
    with time_machine.travel(
        clock.now() + session_tokens.LIFETIME_OF_ACCESS + timedelta(seconds=1), tick=True
    ):
        answer = world.admin.send(world.request(operation, {}))
    assert (answer.status_code, answer.json["code"]) == (401, "token-expired")


def test_a_cookie_without_its_echo_changes_nothing(world: World) -> None:
    """What another site makes a browser send carries the cookie, but not the header."""
    client = world.app.test_client()
    client.set_cookie("gx_access", world.admin.token)
    before = world.snapshot()
    for operation in SIGNED_IN:
        if operation.changes:
            url = world.workable(operation).url
            for echoed in ({}, {"X-CSRF-Token": "x"}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": "\xe9"}):
                answer = client.open(url, method=operation.method, headers=echoed, json={})
                assert (str(operation), answer.status_code, answer.json["code"]) == (
                    str(operation),
                    403,
                    "csrf",
                )
    assert world.snapshot() == before


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "\xe9", "x" * 5000, '"', "=;="])
def test_odd_cookies_open_nothing(world: World, cookie: str) -> None:
    client = world.app.test_client(use_cookies=False)
    header = f"gx_access={cookie}; gx_refresh={cookie}; gx_csrf={cookie}"
    answer = client.get("/api/v1/session", headers={"Cookie": header})
    assert (answer.status_code, fault_of(answer)) == (401, None)
    answer = client.post("/api/v1/session/refresh", json={}, headers={"Cookie": header})
    assert (answer.status_code, fault_of(answer)) == (401, None)


@pytest.mark.parametrize("operation", VERSIONED, ids=label)
def test_a_change_without_its_version_is_refused(world: World, operation: Operation) -> None:
    request = world.workable(operation)
    del request.headers["If-Match"]
    before = world.snapshot()
    wrong = {}
    for version in [None, *VERSIONS]:
        answer = world.admin.send(request, **({} if version is None else {"If-Match": version}))
        if answer.status_code not in {412, 428} or fault_of(answer):
            wrong[str(version)] = (answer.status_code, answer.json)
    assert wrong == {}
    assert world.snapshot() == before


@pytest.mark.parametrize("operation", VERSIONED, ids=label)
def test_a_change_of_an_older_version_is_refused(world: World, operation: Operation) -> None:
    request = world.workable(operation)
    before = world.snapshot()
    answer = world.admin.send(request, **{"If-Match": '"999999"'})
    assert (answer.status_code, answer.json["code"], fault_of(answer)) == (412, "stale", None)
    assert world.snapshot() == before


@pytest.mark.parametrize("operation", KEYED, ids=label)
def test_a_key_that_is_no_key_is_refused(world: World, operation: Operation) -> None:
    request = world.workable(operation)
    before = world.snapshot()
    wrong = {}
    for key in KEYS:
        answer = world.admin.send(request, **{"Idempotency-Key": key.encode().decode("latin-1")})
        if (
            answer.status_code != 422
            or answer.json["code"] != "idempotency-key-malformed"
            or fault_of(answer)
        ):
            wrong[key] = (answer.status_code, answer.json)
    assert wrong == {}
    assert world.snapshot() == before


@pytest.mark.parametrize(("asked", "spoken"), LANGUAGES.items(), ids=lambda value: value[:20])
def test_refusals_speak_chinese_unless_asked_otherwise(world: World, asked: str, spoken: str) -> None:
    answer = world.app.test_client(use_cookies=False).get(
        "/api/v1/session", headers={"Accept-Language": asked}
    )
    assert fault_of(answer, english=spoken == "en") is None


@pytest.mark.parametrize(
    "accept", ["", "text/html", "image/png", "*/*;q=0", "x" * 5000, "application/xml", ";"]
)
def test_whatever_is_accepted_problems_are_problems(world: World, accept: str) -> None:
    answer = world.app.test_client(use_cookies=False).get("/api/v1/session", headers={"Accept": accept})
    assert fault_of(answer) is None


@pytest.mark.parametrize(
    "claimed", ["x", "a b", "<script>", "x" * 5000, "a\tb", "ab'--", "\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9"]
)
def test_a_request_id_comes_back_only_if_it_is_one(world: World, claimed: str) -> None:
    client = world.app.test_client(use_cookies=False)
    answer = client.get("/healthz", headers={"X-Request-Id": claimed})
    assert answer.headers["X-Request-Id"] != claimed
    kept = client.get("/healthz", headers={"X-Request-Id": "0123-abcd"})
    assert kept.headers["X-Request-Id"] == "0123-abcd"


@pytest.mark.parametrize(
    "header", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_other_sites_cannot_begin_a_session(world: World, header: dict[str, str]) -> None:
    for operation in operations():
        if operation.changes and not operation.signed_in:
            request = world.workable(operation)
            answer = send(world.app, request, **header)
            assert (str(operation), answer.status_code, answer.json["code"]) == (
                str(operation),
                403,
                "cross-site",
            )


def test_a_forwarded_address_is_not_believed(world: World) -> None:
    """Only a proxy that the settings name may say who is behind it."""
    client = world.app.test_client(use_cookies=False)
    answer = client.get(
        "/dev/mailbox", headers={"X-Forwarded-For": "127.0.0.1"}, environ_base={"REMOTE_ADDR": "203.0.113.9"}
    )
    assert answer.status_code == 404
