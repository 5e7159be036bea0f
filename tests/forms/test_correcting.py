"""Correcting what was filled in: by whoever gets it back, and by deciders where their step lets them."""

from typing import Any

from flask import Flask

from tests.forms.papers import LEAVE, SPAN, entry, faults, field, lead, published, sent
from tests.support.client import Browser, sign_up
from tests.support.people import hire


def test_what_comes_back_is_corrected_on_the_version_it_was_made_on(app: Flask) -> None:
    company = sign_up(app)
    admin, seller = company.admin, hire(company, "sales", name="林").browser
    lead(company)
    form = published(admin, *LEAVE)
    approval = sent(seller, form, type="annual", span=SPAN).json
    drawn = {"definition": {"fields": [field("reason", "text", required=True)]}}
    fresh = admin.get(f"/forms/{form['id']}").json
    redrawn = admin.put(f"/forms/{form['id']}/draft", drawn, headers={"If-Match": f'"{fresh["version"]}"'})
    again = admin.post(f"/forms/{form['id']}/publication", version=redrawn.json["version"])
    assert again.json["published_version"] == 2
    assert sent(seller, form, reason="x").json["code"] == "form-changed"

    seat = admin.get(f"/approvals/{approval['id']}").json["seat"]
    said = {"decision": "send-back", "comment": "日期不对"}
    assert (
        admin.post(f"/approval-seats/{seat['id']}/decision", said, version=seat["version"]).status_code == 200
    )
    found = entry(seller, seller.get(f"/approvals/{approval['id']}"))
    assert (found["state"], found["can"]["correct"], found["number"]) == ("returned", True, 1)
    path, tag = f"/form-entries/{found['id']}", {"If-Match": f'"{found["version"]}"'}
    refused = seller.put(path, {"values": {"f_reason": "x"}}, headers=tag)
    assert faults(refused) == {
        "values.f_reason": "unknown-field",
        "values.f_type": "required",
        "values.f_span": "required",
    }
    mended = {"f_type": "annual", "f_span": {"from": "2026-03-02", "to": "2026-03-02"}}
    corrected = seller.put(path, {"values": mended}, headers=tag)
    assert corrected.status_code == 200, corrected.json
    assert seller.put(path, {"values": mended}, headers=tag).status_code == 412
    sent_again = seller.post(f"/approvals/{approval['id']}/resubmission", {})
    assert sent_again.json["title"] == "请假 · ANNUAL · 2026-03-02"
    assert sent_again.json["state"] == "running"


def test_whoever_decides_corrects_what_the_step_lets_them(app: Flask) -> None:
    company = sign_up(app)
    admin, seller = company.admin, hire(company, "sales", name="林").browser
    lead(company)
    form = published(admin, *LEAVE)
    _let_correct(admin, form, "f_type", "f_span", "f_proof")
    approval = sent(seller, form, type="annual", span=SPAN).json
    assert approval["inputs"] == []
    path = f"/approvals/{approval['id']}"
    shown = admin.get(path).json
    assert {one["key"]: one["value"] for one in shown["inputs"]} == {
        "f_type": "annual",
        "f_span": {**SPAN, "days": 3},
    }
    assert shown["inputs"][0]["settings"] == LEAVE[0]["settings"]

    def decide(**changes: Any) -> Any:
        seat = admin.get(path).json["seat"]
        said = {"decision": "approve", "changes": changes}
        return admin.post(f"/approval-seats/{seat['id']}/decision", said, version=seat["version"])

    assert faults(decide(f_short=True)) == {"changes.f_short": "fixed-field"}
    backwards = decide(f_span={"from": "2026-03-05", "to": "2026-03-02"})
    assert (backwards.status_code, admin.get(path).json["facts"]) == (422, shown["facts"])
    corrected = decide(f_span={"from": "2026-03-02", "to": "2026-03-02"})
    assert corrected.json["state"] == "granted", corrected.json
    assert corrected.json["title"] == "请假 · ANNUAL · 2026-03-02"
    [told] = [line["changes"] for line in corrected.json["log"] if line["action"] == "revised"]
    assert "f_span" in {one["field"] for one in told}


def test_nobody_learns_of_a_form_they_have_not_met(app: Flask) -> None:
    company = sign_up(app)
    admin = company.admin
    seller, other = (hire(company, "sales", name=name).browser for name in ("林", "陈"))
    lead(company)
    form = published(admin, *LEAVE)
    sent(seller, form, type="annual", span=SPAN)

    def kinds(browser: Browser) -> list[str | None]:
        return [one["name"] for one in browser.get("/approvals/kinds").json["items"]]

    assert (kinds(seller), kinds(other)) == (["请假"], [])
    assert "请假" in kinds(admin)


def _let_correct(admin: Browser, form: Any, *names: str) -> None:
    """Have the step of a form's flow let whoever decides correct some of what was filled in."""
    [flow] = [
        one
        for one in admin.get("/approval-flows").json["items"]
        if form["id"].replace("-", "") in one["kind"]
    ]
    whole = admin.get(f"/approval-flows/{flow['id']}").json
    definition = whole["definition"]
    for node in definition["nodes"]:
        if node["type"] == "approve":
            node["fields"] = dict.fromkeys(names, "edit")
    sent_with = {"definition": definition}
    tag = {"If-Match": f'"{whole["version"]}"'}
    drawn = admin.put(f"/approval-flows/{flow['id']}/draft", sent_with, headers=tag)
    assert drawn.status_code == 200, drawn.json
    published = admin.post(f"/approval-flows/{flow['id']}/publication", version=drawn.json["version"])
    assert published.status_code == 200, published.json
