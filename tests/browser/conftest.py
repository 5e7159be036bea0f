"""The real product, started as ./run starts it, and browsers before it."""

import os
import signal
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from playwright.sync_api import APIRequestContext, Browser, Playwright, sync_playwright

from app.access.throttle import SIGN_UP_BY_ADDRESS
from app.embedded.valkey import EmbeddedValkey
from tests.browser import provision
from tests.browser.person import Arrive, Person
from tests.browser.visitor import Visitor
from tests.embedded.running import Running

DESK, PHONE = (1440, 900), (390, 844)
# Containers lack the rights and the shared memory that a browser expects; and it shall talk to nobody else.
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

PICTURES = Path("test-results")

Visit = Callable[..., Visitor]
_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know that their test failed."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedValkey]:
    """The broker of the installation."""
    server = EmbeddedValkey(tmp_path_factory.mktemp("broker"), durable=False).start()
    yield server
    server.stop()


@pytest.fixture(scope="package")
def product(broker: EmbeddedValkey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A running installation without demo data."""
    running = Running(tmp_path_factory.mktemp("site") / "var", REDIS_URL=broker.url)
    yield running
    assert running.end(signal.SIGTERM) == 0


@pytest.fixture(scope="package")
def site(product: Running) -> str:
    """Its address."""
    return f"http://127.0.0.1:{product.port}"


@pytest.fixture(scope="module", autouse=True)
def many_sign_ups(broker: EmbeddedValkey) -> None:
    """Everybody comes from the same address, so each module begins with a fresh count of sign-ups."""
    with redis.Redis.from_url(broker.url) as client:
        for key in client.scan_iter(f"throttle:{SIGN_UP_BY_ADDRESS.name}:*"):
            client.delete(key)


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """What drives the browser."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A browser; every visitor gets a fresh profile of it."""
    program = os.environ.get("GUANXI_CHROMIUM") or str(provision.chromium())
    browser = playwright.chromium.launch(executable_path=program, args=list(SWITCHES))
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def arrive(site: str, playwright: Playwright) -> Iterator[Arrive]:
    """Makes people who have no session yet."""
    requests: list[APIRequestContext] = []

    def make() -> Person:
        requests.append(playwright.request.new_context())
        return Person(site=site, request=requests[-1])

    yield make
    for request in requests:
        request.dispose()


@pytest.fixture(scope="module")
def boss(arrive: Arrive) -> Person:
    """The administrator of the module's own company."""
    return arrive().sign_up()


@pytest.fixture
def visit(request: pytest.FixtureRequest, site: str, chromium: Browser) -> Iterator[Visit]:
    """Makes visitors; at the end none of them may have met a fault. A failed test leaves what they saw."""
    visitors: list[Visitor] = []

    def make(who: Person | None = None, *, size: tuple[int, int] = DESK, locale: str = "zh-CN") -> Visitor:
        width, height = size
        phone: dict[str, Any] = {"is_mobile": True, "has_touch": True} if size == PHONE else {}
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="light",
            reduced_motion="reduce",
            locale=locale,
            timezone_id="Asia/Shanghai",
            storage_state=who.state if who else None,
            **phone,
        )
        visitors.append(Visitor(site, context, context.new_page()))
        return visitors[-1]

    yield make
    for number, visitor in enumerate(visitors, 1):
        if request.node.stash.get(_FAILED, False):
            visitor.page.screenshot(path=PICTURES / f"{request.node.name}-{number}.png")
        visitor.context.close()
    assert [fault for visitor in visitors for fault in visitor.faults] == []
