"""Designing forms: what keeps one from being published, and who starts, sees and manages it."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from tests.forms.papers import LEAVE, designed, faults, field, options, published, sent
from tests.support.client import Browser, Company, sign_up
from tests.support.people import department, hire, role_id
from tests.support.statements import sent as statements

TEXT = field("a", "text")


@pytest.fixture(scope="module")
def shared(app: Flask) -> Company:
    return sign_up(app)


def columns(**column: Any) -> list[dict[str, Any]]:
    return [{"key": "c_a", "kind": "number", "label": "a", **column}]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ([], [(None, "fields", "form-empty")]),
        ([field("n", "note", help="请先看制度")], [(None, "fields", "form-empty")]),
        ([TEXT, field("n", "note")], [("f_n", "help", "required")]),
        ([{**TEXT, "label": ""}], [("f_a", "label", "required")]),
        ([field("c", "choice")], [("f_c", "settings.options", "required")]),
        ([field("c", "choice", settings=options("x"), default="y")], [("f_c", "default", "not-a-choice")]),
        ([TEXT, field("s", "formula", settings={"expression": "1 +", "result": "number"})],
         [("f_s", "settings.expression", "bad-formula")]),
        ([field("s", "formula", settings={"expression": "{f_a}", "result": "text"}), TEXT],
         [("f_s", "settings.expression", "formula-field")]),
        ([field("t", "table")], [("f_t", "columns", "too-few")]),
        ([field("t", "table", columns=columns(kind="text", summed=True))],
         [("f_t", "columns.0.summed", "not-numeric")]),
        ([{**TEXT, "visible": {"and": [{"field": "f_b", "op": "eq", "value": "x"}]}}, field("b", "text")],
         [("f_a", "visible.and.0.field", "unknown-filter-field")]),
        ([{**TEXT, "settings": {"depends_on": "f_b"}}], [("f_a", "settings", "unknown-field")]),
    ],
)  # fmt: skip
def test_a_form_with_a_fault_is_kept_but_not_published(
    shared: Company, fields: list[dict[str, Any]], wrong: list[Any]
) -> None:
    form = designed(shared.admin, *fields)
    assert [(one["key"], one["field"], one["code"]) for one in form["problems"]] == wrong
    assert all(one["text"] and one["text"] != one["code"] for one in form["problems"])
    answer = shared.admin.post(f"/forms/{form['id']}/publication", version=form["version"])
    key, place, code = wrong[0]
    assert faults(answer) == {f"fields.{key}.{place}" if key else place: code}
    assert shared.admin.get(f"/forms/{form['id']}").json["state"] == "draft"


@pytest.mark.parametrize(
    ("definition", "place"),
    [
        ({"fields": [{**TEXT, "key": "owner_id"}]}, "definition.fields.0.key"),
        ({"fields": [TEXT, TEXT]}, "definition.fields.1.key"),
        ({"fields": [{**TEXT, "kind": "seal"}]}, "definition.fields.0.kind"),
        ({"fields": [{**TEXT, "colour": "red"}]}, "definition.fields.0.colour"),
        (
            {"fields": [field("t", "table", columns=columns(kind="user"))]},
            "definition.fields.0.columns.0.kind",
        ),
    ],
)
def test_what_is_no_form_is_refused(shared: Company, definition: Any, place: str) -> None:
    before = len(shared.admin.get("/forms").json["items"])
    answer = shared.admin.post("/forms", {"name": "x", "definition": definition})
    assert list(faults(answer)) == [place]
    assert len(shared.admin.get("/forms").json["items"]) == before


def test_what_a_field_holds_never_changes(shared: Company) -> None:
    form = published(shared.admin, TEXT)
    sent_anew = {"definition": {"fields": [{**TEXT, "kind": "number"}]}}
    tag = {"If-Match": f'"{form["version"]}"'}
    redrawn = shared.admin.put(f"/forms/{form['id']}/draft", sent_anew, headers=tag).json
    assert [one["code"] for one in redrawn["problems"]] == ["fixed-field"]


def test_a_published_form_is_retired_not_deleted_and_can_come_back(shared: Company) -> None:
    admin = shared.admin
    form = published(admin, TEXT)
    path = f"/forms/{form['id']}"
    assert admin.delete(path, version=form["version"]).json["code"] == "form-in-use"
    retired = admin.post(f"{path}/retirement", version=form["version"]).json
    assert sent(admin, form, a="x").status_code == 404
    assert admin.get(f"/form-entries?form_id={form['id']}").json["items"] == []
    back = admin.post(f"{path}/publication", version=retired["version"]).json
    assert (back["state"], back["published_version"], back["flow"]) == ("published", 1, form["flow"])
    assert sent(admin, form, a="x").status_code == 201
    draft = designed(admin, TEXT)
    assert admin.delete(f"/forms/{draft['id']}", version=draft["version"]).status_code == 204
    assert admin.get(f"/forms/{draft['id']}").status_code == 404


def test_only_those_whom_a_form_names_start_it(app: Flask) -> None:
    company = sign_up(app)
    admin = company.admin
    team = department(company, "华东组", department(company, "销售部"))
    lin = hire(company, "sales", name="林", department_id=team)
    fang = hire(company, "finance", name="方")
    upper = next(one["id"] for one in admin.get("/departments").json["items"] if one["name"] == "销售部")

    def who_starts(openness: str, **start: Any) -> set[str]:
        form = published(admin, TEXT, openness=openness, access={"start": start})
        path = f"/request-forms/{form['id']}"
        found = {
            name for name, who in (("lin", lin), ("fang", fang)) if who.browser.get(path).status_code == 200
        }
        for name, who in (("lin", lin), ("fang", fang)):
            tiles = {one["id"] for one in who.browser.get("/request-forms").json["items"]}
            assert (form["id"] in tiles) is (name in found)
            assert (sent(who.browser, form, a="x").status_code == 201) is (name in found)
        return found

    assert who_starts("open") == {"lin", "fang"}
    assert who_starts("half-open", department_ids=[upper]) == {"lin"}
    assert who_starts("half-open", role_ids=[role_id(company, "finance")], user_ids=[lin.id]) == {
        "lin",
        "fang",
    }
    assert who_starts("closed", user_ids=[fang.id], department_ids=[upper]) == {"fang"}
    form = designed(admin, TEXT, openness="closed", access={"start": {"department_ids": [upper]}})
    refused = admin.post(f"/forms/{form['id']}/publication", version=form["version"])
    assert faults(refused) == {"access.start": "nobody-starts"}


def test_managers_see_and_take_out_all_entries_readers_only_see(app: Flask) -> None:
    company = sign_up(app)
    people = {name: hire(company, "sales", name=name) for name in ("starter", "reader", "manager", "other")}
    named = {"see": {"user_ids": [people["reader"].id]}, "manage": {"user_ids": [people["manager"].id]}}
    form = published(company.admin, *LEAVE, access=named)
    span = {"from": "2026-03-02", "to": "2026-03-04"}
    approval = sent(people["starter"].browser, form, type="annual", span=span).json
    paths = {
        "list": f"/request-forms/{form['id']}/entries",
        "entry": f"/form-entries/{approval['subject_id']}",
        "approval": f"/approvals/{approval['id']}",
        "talk": f"/records/approval/{approval['id']}/comments",
        "workbook": f"/request-forms/{form['id']}/workbook",
    }
    seen = {
        name: {what for what, path in paths.items() if who.browser.get(path).status_code == 200}
        for name, who in people.items()
    }
    assert seen == {
        "starter": {"entry", "approval", "talk"},
        "reader": {"list", "entry", "approval", "talk"},
        "manager": {"list", "entry", "approval", "talk", "workbook"},
        "other": set(),
    }
    book = CalamineWorkbook.from_filelike(BytesIO(people["manager"].browser.get(paths["workbook"]).data))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == ["标题", "提交人", "部门", "提交时间", "状态", "type", "span", "proof", "short"]
    assert rows[1][1] == "starter"
    assert rows[1][4:7] == ["审批中", "ANNUAL", "2026-03-02 – 2026-03-04"]


def test_a_list_of_entries_asks_the_same_of_the_database_however_long(shared: Company) -> None:
    form = published(shared.admin, TEXT)
    counted = []
    for _ in range(2):
        for word in ("x", "y"):
            sent(shared.admin, form, a=word)
        with statements() as made:
            found = shared.admin.get(f"/form-entries?form_id={form['id']}").json["items"]
        counted.append((len(found), len(made)))
    assert [count for count, _ in counted] == [2, 4]
    assert counted[0][1] == counted[1][1]


def test_whoever_draws_no_flows_designs_no_forms(shared: Company) -> None:
    form = published(shared.admin, TEXT)
    seller: Browser = hire(shared, "sales", name="林").browser
    assert seller.get("/forms").status_code == 403
    assert seller.get(f"/forms/{form['id']}").status_code == 403
    assert seller.post("/forms", {"name": "x"}).status_code == 403
    assert seller.post(f"/forms/{form['id']}/retirement", version=form["version"]).status_code == 403
    assert shared.admin.get(f"/forms/{form['id']}").json["state"] == "published"
