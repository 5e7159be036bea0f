"""Serving the pages: what is there, and nothing about what is elsewhere."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.support.client import Browser


@pytest.fixture
def dist(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built application of one page and one script, beside a file that is nobody's business."""
    (tmp_path / "secret").write_text("secret")
    built = tmp_path / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html>entry")
    (built / "assets" / "a.js").write_text("1")
    (built / "m" / "assets").mkdir(parents=True)
    (built / "m" / "index.html").write_text("<!doctype html>phone")
    (built / "m" / "assets" / "b.js").write_text("2")
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], web_dist=built))
    return built


def read(browser: Browser, path: str) -> tuple[int, bytes]:
    """Status and body of a page; its file is closed."""
    # As it is: the client would tidy "/../" away before sending it.
    with browser.client.get("/", environ_overrides={"PATH_INFO": path, "REQUEST_URI": path}) as answer:
        return answer.status_code, answer.data


ENTRY = (200, b"<!doctype html>entry")
PHONE_ENTRY = (200, b"<!doctype html>phone")


def test_serves_files_and_the_entry_for_any_page(dist: Path, browser: Browser) -> None:
    assert read(browser, "/assets/a.js") == (200, b"1")
    assert read(browser, "/customers/1") == ENTRY
    assert read(browser, "/assets/b.js")[0] == 404


@pytest.mark.parametrize("path", ["/m", "/m/", "/m/approvals/1"])
def test_the_phone_has_an_entry_of_its_own(dist: Path, browser: Browser, path: str) -> None:
    assert read(browser, path) == PHONE_ENTRY
    assert read(browser, "/m/assets/b.js") == (200, b"2")
    assert read(browser, "/m/assets/a.js")[0] == 404
    assert read(browser, "/messages") == ENTRY


@pytest.mark.parametrize("path", ["/../secret", "/../nothing", "/x/../../secret", "/x/../../nothing"])
def test_says_of_files_elsewhere_what_it_says_of_none(dist: Path, browser: Browser, path: str) -> None:
    assert read(browser, path) == ENTRY


@pytest.mark.parametrize("length", [300, 5000])
def test_takes_a_name_too_long_for_a_file_as_a_page(dist: Path, browser: Browser, length: int) -> None:
    assert read(browser, "/" + "a" * length) == ENTRY
