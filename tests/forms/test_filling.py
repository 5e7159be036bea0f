"""Filling forms in: what is asked, what is kept, what it comes to, and on which version it ends."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask

from tests.forms.papers import LEAVE, PURCHASE, SPAN, entry, faults, field, options, published, sent
from tests.support.client import Browser, sign_up
from tests.support.people import hire


@pytest.fixture(scope="module")
def admin(app: Flask) -> Browser:
    return sign_up(app).admin


@pytest.fixture(scope="module")
def leave(admin: Browser) -> Any:
    return published(admin, *LEAVE)


def entries(browser: Browser, form: Any) -> list[Any]:
    items: list[Any] = browser.get(f"/form-entries?form_id={form['id']}").json["items"]
    return items


def test_an_entry_goes_through_the_flow_that_came_with_its_form(admin: Browser, leave: Any) -> None:
    approval = sent(admin, leave, type="annual", span=SPAN)
    assert approval.status_code == 201, approval.json
    assert approval.json["title"] == "请假 · ANNUAL · 2026-03-02 – 2026-03-04"
    assert [step["name"] for step in approval.json["steps"]] == ["部门主管审批"]
    assert approval.json["described"]["name"] == "请假"
    shown = {one["label"]: one.get("text", one["value"]) for one in approval.json["described"]["fields"]}
    assert shown == {"type": "ANNUAL", "span": {**SPAN, "days": 3}, "short": True}
    found = entry(admin, approval)
    assert found["values"] == {"f_type": "annual", "f_span": {**SPAN, "days": 3}, "f_short": True}
    assert (found["state"], found["approval_id"]) == ("running", approval.json["id"])


def test_a_hidden_field_is_neither_asked_nor_kept(admin: Browser, leave: Any) -> None:
    before = len(entries(admin, leave))
    assert faults(sent(admin, leave, type="sick", span=SPAN)) == {"values.f_proof": "required"}
    assert len(entries(admin, leave)) == before
    kept = entry(admin, sent(admin, leave, type="annual", span=SPAN, proof="flu"))
    assert "f_proof" not in kept["values"]
    assert "proof" not in [one["label"] for one in kept["told"]]
    shown = entry(admin, sent(admin, leave, type="sick", span=SPAN, proof="flu"))
    assert shown["values"]["f_proof"] == "flu"


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"type": "holiday", "span": SPAN}, {"values.f_type": "not-a-choice"}),
        ({"type": "annual"}, {"values.f_span": "required"}),
        ({"type": "annual", "span": {"from": "2026-03-02"}}, {"values.f_span.to": "required"}),
        (
            {"type": "annual", "span": {"from": "2026-03-02", "to": "2026-03-01"}},
            {"values.f_span.to": "ends-before-start"},
        ),
        ({"type": "annual", "span": "soon"}, {"values.f_span": "not-an-object"}),
        ({"type": "annual", "span": SPAN, "salary": 1}, {"values.f_salary": "unknown-field"}),
    ],
)
def test_says_beside_each_field_what_cannot_be(
    admin: Browser, leave: Any, values: dict[str, Any], refused: dict[str, str]
) -> None:
    before = len(entries(admin, leave))
    assert faults(sent(admin, leave, **values)) == refused
    assert len(entries(admin, leave)) == before


def test_a_table_is_summed_and_formulas_read_its_sums(admin: Browser) -> None:
    form = published(admin, *PURCHASE, name="采购")
    price = {"amount": 1250, "currency": "CNY"}
    rows = [
        {"c_what": "纸", "c_price": price, "c_count": 4},
        {},
        {"c_what": "笔", "c_price": {"amount": 200, "currency": "CNY"}, "c_count": 2},
    ]
    found = entry(admin, sent(admin, form, items=rows))
    assert found["values"]["f_items"]["sums"] == {"c_count": 6, "c_total": 54}
    assert [row["c_total"] for row in found["values"]["f_items"]["rows"]] == [50, 4]
    assert found["values"]["f_each"] == 9
    assert faults(sent(admin, form, items=[{"c_count": 1}, {"c_what": "x", "c_count": "many"}])) == {
        "values.f_items.0.c_what": "required",
        "values.f_items.1.c_count": "not-numeric",
    }
    assert faults(sent(admin, form, items=[])) == {"values.f_items": "required"}


def test_what_a_table_comes_to_has_a_bound(admin: Browser) -> None:
    form = published(admin, *PURCHASE, name="采购")
    rows = [{"c_what": "纸", "c_count": 999_999_999_999}] * 2
    assert faults(sent(admin, form, items=rows)) == {"values.f_items": "out-of-range"}
    columns = [{"key": "c_price", "kind": "money", "label": "price", "summed": True}]
    form = published(admin, field("items", "table", columns=columns))
    for sign in (1, -1):
        prices = [{"c_price": {"amount": sign * 10**17, "currency": "CNY"}}] * 100
        assert faults(sent(admin, form, items=prices)) == {"values.f_items": "out-of-range"}


def test_an_entry_has_a_bound_and_its_long_texts_stay_out_of_lists(admin: Browser) -> None:
    drawn = [*(field(f"text{i}", "long_text") for i in range(5)), field("short", "text")]
    me = admin.get("/session").json["user"]["id"]
    form = published(admin, *drawn, access={"manage": {"user_ids": [me]}})
    long = {f"text{i}": "长" * 5000 for i in range(5)}
    assert faults(sent(admin, form, **long)) == {"values": "entry-too-large"}
    assert sent(admin, form, text0="长" * 5000, short="短").status_code == 201
    [found] = entries(admin, form)
    assert [one["name"] for one in found["told"]] == ["f_short"]
    book = admin.get(f"/request-forms/{form['id']}/workbook")
    assert book.status_code == 200
    with ZipFile(BytesIO(book.data)) as parts:
        assert "长" * 5000 in parts.read("xl/worksheets/sheet1.xml").decode()


def test_the_title_tells_nothing_that_a_step_hides(admin: Browser) -> None:
    form = published(admin, field("secret", "text"), field("reason", "text"))
    flow = admin.get(f"/approval-flows/{form['flow']['id']}").json
    chief = admin.get("/session").json["user"]["id"]
    node = {"id": "a", "type": "approve", "name": "A", "who": [{"by": "people", "ids": [chief]}]}
    body = {"definition": {"nodes": [{**node, "fields": {"f_secret": "hidden"}}]}}
    tag = {"If-Match": f'"{flow["version"]}"'}
    flow = admin.put(f"/approval-flows/{flow['id']}/draft", body, headers=tag).json
    admin.post(f"/approval-flows/{flow['id']}/publication", version=flow["version"])
    assert sent(admin, form, secret="病", reason="事").json["title"] == "请假 · 事"


def test_what_it_points_to_must_be_there(admin: Browser) -> None:
    form = published(admin, field("who", "user"), field("whom", "customer"), field("paper", "file"))
    nobody = "0190b7a0-0000-7000-8000-000000000001"
    assert faults(sent(admin, form, who=nobody, whom=nobody, paper=[nobody])) == {
        "values.f_who": "unknown-reference",
        "values.f_whom": "unknown-reference",
        "values.f_paper.0": "unknown-reference",
    }
    assert entries(admin, form) == []
    customer = admin.post("/customers", {"name": "云岫"}).json
    found = entry(admin, sent(admin, form, whom=customer["id"]))
    assert {one["label"]: one.get("text") for one in found["told"]}["whom"] == "云岫"


def test_a_file_goes_with_the_entry_and_is_read_by_those_who_are_asked(app: Flask) -> None:
    company = sign_up(app)
    seller, other = (hire(company, "sales", name=name).browser for name in ("林", "陈"))
    form = published(company.admin, field("paper", "file", required=True))
    file = (b"%PDF-1.4 paper", "receipt.pdf")
    brought = seller.client.post(
        "/api/v1/uploads",
        data={"file": (BytesIO(file[0]), file[1])},
        headers={"X-CSRF-Token": seller.client.get_cookie("gx_csrf").value},  # type: ignore[union-attr]
    )
    assert brought.status_code == 201, brought.json
    approval = sent(seller, form, paper=[brought.json["id"]])
    assert approval.status_code == 201, approval.json
    [told] = approval.json["described"]["fields"]
    assert [one["name"] for one in told["value"]] == ["receipt.pdf"]
    path = f"/attachments/{brought.json['id']}/content"
    assert {who.get(path).status_code for who in (seller, company.admin)} == {200}
    assert other.get(path).status_code == 404


def test_a_condition_on_a_field_that_is_gone_still_leads_what_began_with_it(app: Flask) -> None:
    company = sign_up(app)
    admin = company.admin
    seller = hire(company, "sales", name="林").browser
    form = published(admin, *LEAVE)
    chief = admin.get("/session").json["user"]["id"]
    first = {"id": "a", "type": "approve", "name": "A", "who": [{"by": "people", "ids": [chief]}]}
    long = {**first, "id": "long", "name": "长假", "again": "ask"}
    arms = [
        {
            "id": "x",
            "name": "x",
            "when": {"and": [{"field": "f_span_days", "op": "gt", "value": 2}]},
            "nodes": [long],
        },
        {"id": "y", "name": "y", "nodes": []},
    ]
    nodes = [{**first, "own": {"then": "ask"}}, {"id": "b", "type": "branch", "name": "B", "arms": arms}]
    flow = admin.get(f"/approval-flows/{form['flow']['id']}").json
    for method, path, body in (
        ("PUT", "draft", {"definition": {"nodes": nodes}}),
        ("POST", "publication", None),
    ):
        tag = {"If-Match": f'"{flow["version"]}"'}
        flow = admin.call(method, f"/approval-flows/{flow['id']}/{path}", body, headers=tag).json
    assert flow["state"] == "published", flow
    approval = sent(seller, form, type="annual", span=SPAN).json

    gone = {"definition": {"fields": [field("reason", "text")]}}
    tag = {"If-Match": f'"{form["version"]}"'}
    redrawn = admin.put(f"/forms/{form['id']}/draft", gone, headers=tag).json
    refused = admin.post(f"/forms/{form['id']}/publication", version=redrawn["version"])
    assert (refused.status_code, refused.json["code"]) == (409, "flow-asks-more")
    assert admin.get(f"/forms/{form['id']}").json["published_version"] == 1
    for path, body in (("draft", {"definition": {"nodes": [first]}}), ("publication", None)):
        tag = {"If-Match": f'"{flow["version"]}"'}
        method = "PUT" if body else "POST"
        flow = admin.call(method, f"/approval-flows/{flow['id']}/{path}", body, headers=tag).json
    assert admin.post(f"/forms/{form['id']}/publication", version=redrawn["version"]).status_code == 200

    seat = admin.get(f"/approvals/{approval['id']}").json["seat"]
    decided = admin.post(
        f"/approval-seats/{seat['id']}/decision", {"decision": "approve"}, version=seat["version"]
    )
    assert [step["name"] for step in decided.json["steps"]] == ["A", "长假"]


def test_what_is_previewed_is_not_kept(admin: Browser, leave: Any) -> None:
    before = len(entries(admin, leave))
    body = {"number": 1, "values": {"f_type": "annual", "f_span": SPAN}}
    found = admin.post(f"/request-forms/{leave['id']}/preview", body)
    assert [met["name"] for met in found.json["path"]] == ["部门主管审批"]
    assert len(entries(admin, leave)) == before


def test_choices_tell_their_words_to_those_who_draw_flows(admin: Browser) -> None:
    form = published(
        admin,
        field("cost", "money", settings={"currency": "USD"}),
        field("way", "choice", settings=options("air")),
    )
    word = f"form.{form['id'].replace('-', '')}"
    [kind] = [one for one in admin.get("/approval-kinds").json["items"] if one["word"] == word]
    told = {one["name"]: one for one in kind["fields"]}
    assert kind["name"] == "请假"
    assert (told["f_cost"]["type"], told["f_cost"]["currency"], told["f_cost"]["kind"]) == (
        "money",
        "USD",
        "whole",
    )
    assert told["f_way"]["words"] == {"air": "AIR"}
    [quote] = [one for one in admin.get("/approval-kinds").json["items"] if one["word"] == "quote"]
    assert {one["type"] for one in quote["fields"] if one["name"] in {"gross", "off_list"}} == {
        "money",
        "rate",
    }
