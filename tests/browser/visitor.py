"""Somebody before a browser: sees pages, and notes everything that went wrong on them."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

PASSWORD = "correct horse 9"
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)
_numbers = count(1)
# A page that is left gives up what it was still loading.
_LEFT_BEHIND = "net::ERR_ABORTED"


def unique_login() -> str:
    """An e-mail address that nobody else in this run uses."""
    return f"visitor{next(_numbers)}@example.com"


def choose(scope: Page | Locator, field: str, option: str) -> None:
    """Open a list by its keyboard and take one of what it offers."""
    scope.get_by_role("combobox", name=field).press("Enter")
    page = scope if isinstance(scope, Page) else scope.page
    page.get_by_role("option", name=option).click()


def told(page: Page, text: str) -> None:
    """Wait for the word that something was done."""
    expect(page.locator(".toast").get_by_text(text)).to_be_visible()


@dataclass
class Visitor:
    """A browser of its own, with its cookies, and the faults it met."""

    site: str
    context: BrowserContext
    page: Page
    expected: set[int] = field(default_factory=set)
    """Statuses of refusals that the test provokes."""
    faults: list[str] = field(default_factory=list)
    login: str = ""

    def __post_init__(self) -> None:
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda fault: self.faults.append(f"defect: {fault.error}"))
        self.context.on("requestfailed", self._on_failure)
        self.context.on("response", self._on_response)

    def open(self, path: str) -> Page:
        """Go to a page of the product."""
        self.page.goto(f"{self.site}{path}")
        return self.page

    def call(self, method: str, path: str, json: Any = None, *, version: int | None = None) -> Any:
        """A request below /api/v1 with this browser's session; what it answers."""
        csrf = next((c["value"] for c in self.context.cookies() if c["name"] == "gx_csrf"), "")
        headers = {"X-CSRF-Token": csrf} | ({"If-Match": f'"{version}"'} if version is not None else {})
        answer = self.context.request.fetch(
            f"{self.site}/api/v1{path}", method=method, data=json, headers=headers
        )
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json() if answer.body() else None

    def sign_up(self, company: str = "澄川科技", name: str = "秦明远", *, locale: str = "zh-CN") -> "Visitor":
        """Have a company, without going through its page."""
        self.login = unique_login()
        who = {"company": company, "name": name, "login": self.login, "password": PASSWORD, "locale": locale}
        self.call("POST", "/signups", who)
        return self

    def sign_in_as(self, other: "Visitor") -> "Visitor":
        """Be the same person in another browser."""
        self.login = other.login
        self.call("POST", "/session", {"login": other.login, "password": PASSWORD})
        return self

    def customer(self, name: str, **facts: Any) -> Any:
        """A customer, made without its page."""
        return self.call("POST", "/customers", {"name": name, **facts})

    def _on_console(self, message: ConsoleMessage) -> None:
        # A refused request is told by its response; the browser only repeats it here.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"{message.type}: {message.text}")

    def _on_failure(self, request: Request) -> None:
        if request.failure != _LEFT_BEHIND:
            self.faults.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.request.method} {response.url}")
