"""Takes the pictures of the help and of the README from a running installation with demo data.

    python -m tests.browser.pictures http://127.0.0.1:8000 [name ...]

Run it after pages changed, look at what it took, and commit it.
"""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from app.demo.companies import CHENGCHUAN, PASSWORD
from app.embedded.installation import ROOT
from tests.browser import provision

HELP = ROOT / "web/apps/desktop/src/help"
README = ROOT / "docs/images"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
_SETTLE_MS = 900


def _first_customer(page: Page) -> str:
    """The way to the customer on whom most was done lately."""
    found = page.request.get("/api/v1/activities?limit=50&sort=-happened_at").json()["items"]
    ids = [one["customer"]["id"] for one in found if one["customer"]]
    return f"/customers/{max(ids, key=ids.count)}"


def _at(path: str) -> Callable[[Page], str]:
    return lambda _page: path


def _first_webhook(page: Page) -> str:
    """The way to the newest webhook."""
    return f"/settings/webhooks/{page.request.get('/api/v1/webhooks').json()['items'][0]['id']}"


def _merge(page: Page) -> None:
    """Open the first group of likely duplicates side by side."""
    page.get_by_role("article").first.get_by_role("button").last.click()


_PLACES: dict[str, Callable[[Page], str]] = {
    "my-day": _at("/my-day"),
    "calendar": _at("/calendar"),
    "customers": _at("/customers"),
    "customer": _first_customer,
    "fields": _at("/settings/fields"),
    "security": _at("/settings/sessions"),
    "roles": _at("/settings/roles"),
    "import": _at("/imports/new"),
    "merge": _at("/duplicates"),
    "tokens": _at("/settings/api-tokens"),
    "webhooks": _first_webhook,
}
_FRONT = {"approvals": _at("/approvals")}
"""What only the README shows."""
_THEN: dict[str, Callable[[Page], None]] = {"merge": _merge}
"""What is opened before a picture is taken."""


def _open(browser: Browser, site: str, locale: str, size: dict[str, int]) -> Page:
    """A page on which the administrator of the first demo company is signed in."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": size["width"], "height": size["height"]},
        locale=locale,
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    who = {"login": CHENGCHUAN.staff[0].login, "password": PASSWORD}
    assert context.request.post("/api/v1/session", data=who).ok
    csrf = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "gx_csrf")
    context.request.patch("/api/v1/profile", data={"locale": locale}, headers={"X-CSRF-Token": csrf})
    return context.new_page()


def _take(page: Page, name: str) -> Image.Image:
    page.goto((_PLACES | _FRONT)[name](page))
    page.wait_for_load_state("networkidle")
    if name in _THEN:
        _THEN[name](page)
    page.wait_for_timeout(_SETTLE_MS)
    return Image.open(io.BytesIO(page.screenshot()))


def _keep(picture: Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".webp":
        picture.convert("RGB").save(path, quality=82, method=6)
    else:
        picture.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} kB\n")


def main(site: str, names: list[str]) -> None:
    """Take all pictures, or the named ones."""
    os.environ["FONTCONFIG_FILE"] = str(provision.fonts())
    with sync_playwright() as playwright:
        program = provision.chromium()
        browser = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        for locale in ("en", "zh-CN"):
            page = _open(browser, site, locale, DESK)
            for name in names or _PLACES:
                picture = _take(page, name)
                _keep(picture, HELP / locale / "pictures" / f"{name}.webp")
                if locale == "zh-CN" and (README / f"{name}.png").exists():
                    _keep(picture, README / f"{name}.png")
        for name in set(_FRONT) & set(names or _FRONT):
            _keep(_take(page, name), README / f"{name}.png")
        phone = _open(browser, site, "zh-CN", PHONE)
        _keep(_take(phone, "customer"), README / "phone.png")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
