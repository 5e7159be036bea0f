"""Somebody before a browser: sees pages, and notes everything that went wrong on them."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)
# A page that is left gives up what it was still loading.
_LEFT_BEHIND = "net::ERR_ABORTED"
_TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def choose(scope: Page | Locator, field: str, option: str) -> None:
    """Open a list by its keyboard and take one of what it offers, not of a list that is just closing."""
    box = scope.get_by_role("combobox", name=field)
    box.press("Enter")
    expect(box).to_have_attribute("aria-expanded", "true")
    offered = box.page.locator(f"[id='{box.get_attribute('aria-controls')}']")
    offered.get_by_role("option", name=option).click()


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

    def __post_init__(self) -> None:
        self._loading: set[Request] = set()
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda fault: self.faults.append(f"defect: {fault.error}"))
        self.context.on("request", self._on_request)
        self.context.on("requestfinished", self._on_arrival)
        self.context.on("requestfailed", self._on_failure)
        self.context.on("response", self._on_response)

    def open(self, path: str) -> Page:
        """Go to a page of the product."""
        self.page.goto(f"{self.site}{path}")
        return self.page

    def read(self, path: str) -> Page:
        """Go to a page of the product and wait until all of it is there."""
        page = self.open(path)
        expect(page.get_by_role("heading").first).to_be_visible()
        self.settle()
        return page

    def settle(self) -> None:
        """Wait until nothing is under way and what came is painted."""
        calm = 0
        while calm < 2:
            self.page.evaluate(_TWO_FRAMES)
            calm = 0 if self._loading else calm + 1

    def _on_console(self, message: ConsoleMessage) -> None:
        # A refused request is told by its response; the browser only repeats it here.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"{message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        self._loading.add(request)

    def _on_arrival(self, request: Request) -> None:
        self._loading.discard(request)

    def _on_failure(self, request: Request) -> None:
        self._loading.discard(request)
        if request.failure != _LEFT_BEHIND:
            self.faults.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.request.method} {response.url}")
