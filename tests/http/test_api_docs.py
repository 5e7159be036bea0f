"""The readable page of the interface."""

import re

from flask import Flask

from tests.support.client import Browser


def test_tells_of_every_operation_without_a_script(app: Flask, browser: Browser) -> None:
    spec = browser.client.get("/api/openapi.json").json
    page = browser.client.get("/api/docs").get_data(as_text=True)
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    told = set(re.findall(r'class="verb">([A-Z]+)</span><code>([^<]+)</code>', page))
    methods = {"get", "post", "put", "patch", "delete"}
    assert told == {
        (method.upper(), path) for path, item in spec["paths"].items() for method in item if method in methods
    }


def test_speaks_both_languages(browser: Browser) -> None:
    assert "接口文档" in browser.client.get("/api/docs").get_data(as_text=True)
    assert "no session needed" in browser.client.get("/api/docs?lang=en").get_data(as_text=True)
