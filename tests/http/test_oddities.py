"""Requests that no page of ours sends."""

from dataclasses import replace

import psycopg
import pytest
from flask import Flask

from app.http import metrics
from tests.support.client import Browser


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "", "http://elsewhere.example"])
def test_takes_an_unreadable_origin_for_a_foreign_one(browser: Browser, origin: str) -> None:
    answer = browser.post("/session", {"login": "a@b.cn", "password": "x"}, headers={"Origin": origin})
    assert (answer.status_code, answer.json["code"]) == (403, "cross-site")


def test_counts_invented_methods_as_one(browser: Browser) -> None:
    for number in range(20):
        assert browser.client.open("/api/v1/customers", method=f"INVENTED{number}").status_code == 405
    counted = metrics.exposition().decode()
    assert "INVENTED" not in counted
    assert 'guanxi_requests_total{endpoint="none",method="other",status="405"}' in counted


@pytest.mark.parametrize("sent", ["Bearer wrong", "Bearer 秘密".encode().decode("latin-1"), ""])
def test_shows_no_counters_without_the_token(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, sent: str
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], metrics_token="right"))
    assert browser.client.get("/metrics", headers={"Authorization": sent}).status_code == 404
    assert browser.client.get("/metrics", headers={"Authorization": "Bearer right"}).status_code == 200


def test_shows_no_counters_in_production_without_a_token_to_ask_for(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert browser.client.get("/metrics").status_code == 200
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], environment="production"))
    assert browser.client.get("/metrics").status_code == 404


def test_keeps_no_callers_host_in_the_documentation(app: Flask, browser: Browser) -> None:
    from app.http import api_docs

    api_docs._html.cache_clear()
    page = browser.client.get("/api/docs", headers={"Host": "elsewhere.example"}).get_data(as_text=True)
    assert "elsewhere.example" not in page
    assert f"{app.config['SETTINGS'].public_url}/api/v1/session" in page


@pytest.mark.parametrize("error", [psycopg.errors.QueryCanceled(), psycopg.OperationalError("gone")])
def test_says_of_a_database_that_gives_up_that_it_is_unavailable(app: Flask, error: Exception) -> None:
    with app.test_request_context("/api/v1/customers"):
        answer = app.make_response(app.handle_user_exception(error))
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
