"""What is measured: the requests of each case, prepared before the clock starts."""

import itertools
import json
import random
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.demo.names import Namer
from bench.data import PASSWORD, Loaded
from bench.load import request
from bench.work import DIFFERENT, FIELD

PAGE = 20
DEPTH = 100_000
RARE = ("岫洲", "瓷帆", "鹭谷", "璟圆", "穗舟", "辙屿", "泓格", "衡岫")
COMMON = ("有限", "科技", "技术", "公司")
INITIALS = ("hzyxzn", "szhlcl", "nbhygl", "xmlzmy")


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure."""

    name: str
    requests: Iterator[bytes]
    connections: int = 16


class Caller:
    """Signs in and asks, for preparing cases."""

    def __init__(self, port: int, login: str) -> None:
        self.port = port
        body = {"login": login, "password": PASSWORD, "transport": "bearer"}
        self.token = str(self.call("POST", "/session", body)["access_token"])

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One request, its JSON answer."""
        headers = {"Content-Type": "application/json"}
        if hasattr(self, "token"):
            headers["Authorization"] = f"Bearer {self.token}"
        sent = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1{path}",
            method=method,
            headers=headers,
            data=None if body is None else json.dumps(body).encode(),
        )
        with urllib.request.urlopen(sent) as answer:  # noqa: S310
            return json.loads(answer.read() or b"null")

    def deep_cursor(self) -> str:
        """The cursor of the page that begins about DEPTH rows down."""
        cursor, walked = "", 0
        while walked < DEPTH:
            page = self.call("GET", f"/customers?limit=200{cursor and '&cursor='}{cursor}")
            cursor, walked = page["next_cursor"], walked + 200
        return str(cursor)


def cases_of(caller: Caller, who: str, *, deep: bool) -> Iterator[Case]:
    """The reads of one person."""

    def get(path: str) -> bytes:
        return request("GET", f"/api/v1{path}", token=caller.token)

    def search(fragments: tuple[str, ...]) -> Iterator[bytes]:
        from urllib.parse import quote  # noqa: PLC0415

        return itertools.cycle([get(f"/customers?limit={PAGE}&q={quote(text)}") for text in fragments])

    yield Case(f"list, first page ({who})", itertools.repeat(get(f"/customers?limit={PAGE}")))
    if deep:
        cursor = caller.deep_cursor()
        yield Case(
            f"list, {DEPTH:,} rows down ({who})",
            itertools.repeat(get(f"/customers?limit={PAGE}&cursor={cursor}")),
        )
    yield Case(f"search, rare two characters ({who})", search(RARE))
    yield Case(f"search, common two characters ({who})", search(COMMON))
    yield Case(f"search, pinyin initials ({who})", search(INITIALS))
    ids = [row["id"] for row in caller.call("GET", "/customers?limit=200")["items"]]
    random.Random(1).shuffle(ids)  # noqa: S311
    yield Case(f"detail ({who})", itertools.cycle([get(f"/customers/{each}") for each in ids]))


def of_the_working_day(admin: Caller, seller: Caller) -> Iterator[Case]:
    """Lists found by a field of the company's own, and one's own day."""

    def page(condition: str) -> Iterator[bytes]:
        return itertools.repeat(
            request("GET", f"/api/v1/customers?limit={PAGE}&{condition}", token=admin.token)
        )

    yield Case("list, own field that few have (administrator)", page(f"{FIELD}={DIFFERENT // 3}"))
    yield Case("list, own field that half have (administrator)", page(f"{FIELD}.gte={DIFFERENT // 2}"))
    yield Case("list, in the order of an own field (administrator)", page(f"sort=-{FIELD}"))
    yield Case("my day (own scope)", itertools.repeat(request("GET", "/api/v1/my-day", token=seller.token)))


def creating(caller: Caller, who: str) -> Case:
    """Creating customers, each with its trail and search keys."""

    def bodies() -> Iterator[bytes]:
        # Named like those that are there: what is created stays, and must not stand in the way of searches.
        namer = Namer(time.time_ns())
        for number in itertools.count(1):
            body = {
                "name": namer.company().name,
                "type": "end_customer",
                "stage": "potential",
                "industry": "智能制造",
                "region": "浙江杭州",
                "phones": [{"number": f"1380000{number % 10000:04d}", "label": "mobile"}],
            }
            yield request("POST", "/api/v1/customers", token=caller.token, body=json.dumps(body).encode())

    return Case(f"create ({who})", bodies())


def signing_in(loaded: Loaded) -> Case:
    """Signing in; the password check is meant to be slow."""
    body = json.dumps({"login": loaded.salesperson, "password": PASSWORD, "transport": "bearer"}).encode()
    return Case("sign-in", itertools.repeat(request("POST", "/api/v1/session", body=body)), connections=4)
