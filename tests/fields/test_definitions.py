"""Defining fields: what may be said of one, and that renaming and retiring lose nothing."""

from typing import Any

import pytest

from tests.fields.conftest import Workshop, refused
from tests.support.client import Company
from tests.support.people import hire


def test_a_field_gets_a_name_for_machines_from_its_label(workshop: Workshop) -> None:
    made = workshop.define("合同等级", "text")
    assert (made["key"], made["version"], made["ready"], made["retired_at"]) == (
        "c_hetongdengji",
        1,
        True,
        None,
    )
    assert workshop.define("合同 等级", "text")["key"] == "c_hetong_dengji"
    assert workshop.define("Rating!", "number", settings={"decimals": 1})["key"] == "c_rating"


def test_a_key_may_be_chosen_once(workshop: Workshop) -> None:
    assert workshop.define("甲", "text", key="c_first")["key"] == "c_first"
    sent = {"entity": "customer", "label": "乙", "kind": "text"}
    assert refused(workshop.admin.post("/fields", {**sent, "key": "c_first"})) == [("key", "already-exists")]
    assert refused(workshop.admin.post("/fields", {**sent, "key": "name"})) == [("key", "bad-field-key")]
    assert [one["key"] for one in workshop.admin.get("/record-kinds/customer/fields").json["items"]] == [
        "c_first"
    ]


def test_labels_are_not_shared_by_live_fields(workshop: Workshop) -> None:
    made = workshop.define("渠道", "text")
    sent = {"entity": "customer", "label": "渠道", "kind": "number"}
    assert refused(workshop.admin.post("/fields", sent)) == [("label", "already-exists")]
    assert workshop.retire(made).status_code == 200
    assert workshop.define("渠道", "number")["key"] == "c_qudao_2"
    assert refused(workshop.bring_back(made)) == [("label", "already-exists")]


@pytest.mark.parametrize(
    ("kind", "settings", "field", "code"),
    [
        ("text", {"max": 0}, "settings.max", "out-of-range"),
        ("text", {"decimals": 1}, "settings.decimals", "unknown-field"),
        ("number", {"decimals": 7}, "settings.decimals", "out-of-range"),
        ("number", {"min": 5, "max": 4}, "settings.max", "out-of-range"),
        ("money", {"currency": "ABC"}, "settings.currency", "not-a-choice"),
        ("choice", {}, "settings.options", "required"),
        ("choice", {"options": [{"label": ""}]}, "settings.options.0.label", "required"),
        (
            "choice",
            {"options": [{"label": "甲"}, {"label": "甲"}]},
            "settings.options.1.label",
            "already-exists",
        ),
        (
            "choice",
            {"options": [{"label": "甲", "color": "pink"}]},
            "settings.options.0.color",
            "not-a-choice",
        ),
        (
            "choice",
            {"options": [{"label": "甲"}], "depends_on": "name"},
            "settings.depends_on",
            "not-a-choice-field",
        ),
        ("record", {"target": "invoice"}, "settings.target", "not-a-choice"),
        ("formula", {"result": "number"}, "settings.expression", "required"),
        ("formula", {"expression": "1 +", "result": "number"}, "settings.expression", "bad-formula"),
        (
            "formula",
            {"expression": "{c_gone} * 2", "result": "number"},
            "settings.expression",
            "formula-field",
        ),
        ("formula", {"expression": "1", "result": "money"}, "settings.result", "not-a-choice"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    workshop: Workshop, kind: str, settings: dict[str, Any], field: str, code: str
) -> None:
    sent = {"entity": "customer", "label": "字段", "kind": kind, "settings": settings}
    assert refused(workshop.admin.post("/fields", sent)) == [(field, code)]
    assert workshop.admin.get("/record-kinds/customer/fields").json["items"] == []


@pytest.mark.parametrize(
    ("kind", "switch"), [("long_text", "filterable"), ("choice", "unique"), ("yes_no", "unique")]
)
def test_some_kinds_cannot_do_everything(workshop: Workshop, kind: str, switch: str) -> None:
    settings = {"options": [{"label": "甲"}]} if kind == "choice" else {}
    sent = {"entity": "customer", "label": "字段", "kind": kind, "settings": settings, switch: True}
    assert refused(workshop.admin.post("/fields", sent)) == [(switch, "not-for-this-kind")]


def test_a_default_must_fit(workshop: Workshop) -> None:
    sent = {"entity": "customer", "label": "数量", "kind": "number", "default": "很多"}
    assert refused(workshop.admin.post("/fields", sent)) == [("default", "not-numeric")]


def test_conditions_speak_of_other_fields_that_exist(workshop: Workshop) -> None:
    made = workshop.define("折扣", "number")
    for tree in ({"field": "c_none", "value": 1}, {"field": made["key"], "op": "gt", "value": 1}):
        answer = workshop.change(made, rules={"required": tree})
        assert refused(answer) == [("rules.required.field", "unknown-filter-field")]
    assert workshop.field(made)["version"] == 1


def test_options_that_are_left_out_are_retired_not_lost(workshop: Workshop) -> None:
    made = workshop.choice("等级", "甲", "乙")
    customer = workshop.customer(c_dengji="o1")
    answer = workshop.change(made, settings={"options": [{"value": "o0", "label": "一等"}]})
    assert answer.status_code == 200
    assert answer.json["settings"]["options"] == [
        {"value": "o0", "label": "一等"},
        {"value": "o1", "label": "乙", "retired": True},
    ]
    assert workshop.custom(customer) == {"c_dengji": "o1"}


def test_retiring_hides_a_field_and_bringing_it_back_shows_what_was_there(workshop: Workshop) -> None:
    made = workshop.define("合同号", "text", filterable=True)
    customer = workshop.customer(c_hetonghao="HT-1")
    assert workshop.retire(made).status_code == 200
    assert workshop.custom(customer) == {}
    assert workshop.admin.get("/customers?c_hetonghao=HT-1").status_code == 422
    assert refused(workshop.fill(customer, c_hetonghao="HT-2")) == [("custom.c_hetonghao", "unknown-field")]
    assert workshop.fill(customer).status_code == 200

    assert workshop.bring_back(made).status_code == 200
    assert workshop.custom(customer) == {"c_hetonghao": "HT-1"}
    assert workshop.field(made)["ready"] is False
    workshop.work()
    assert workshop.field(made)["ready"] is True
    assert workshop.names("c_hetonghao=HT-1") == ["澄江机械有限公司"]


def test_a_stale_change_is_refused_field_by_field(workshop: Workshop) -> None:
    made = workshop.define("合同号", "text")
    assert workshop.change(made, label="合同编号").status_code == 200
    answer = workshop.admin.patch(f"/fields/{made['id']}", {"label": "编号"}, version=1)
    assert answer.status_code == 412
    assert answer.json["conflicts"] == [{"field": "label", "yours": "编号", "theirs": "合同编号"}]


def test_who_may_not_shape_records_may_not(company: Company, workshop: Workshop) -> None:
    made = workshop.define("合同号", "text")
    seller = hire(company, "sales").browser
    sent = {"entity": "customer", "label": "乙", "kind": "text"}
    assert seller.post("/fields", sent).status_code == 403
    assert seller.patch(f"/fields/{made['id']}", {"label": "丙"}, version=1).status_code == 403
    assert seller.get("/record-kinds/customer/fields").status_code == 403
    assert workshop.field(made)["label"] == "合同号"
    names = [one["name"] for one in seller.get("/record-kinds/customer").json["fields"]]
    assert names[-1] == "c_hetonghao"


def test_the_trail_tells(workshop: Workshop) -> None:
    made = workshop.define("合同号", "text")
    workshop.change(made, label="合同编号")
    workshop.retire(made)
    lines = workshop.admin.get("/audit-records?subject_type=field").json["items"]
    assert [line["action"] for line in lines] == ["retired", "updated", "created"]
    assert lines[1]["changes"] == [{"field": "label", "before": "合同号", "after": "合同编号"}]


def test_a_layout_puts_fields_in_sections(workshop: Workshop) -> None:
    made = workshop.define("合同号", "text")
    before = workshop.describe()
    assert (before["layout_version"], len(before["sections"])) == (1, 1)
    assert before["sections"][0]["fields"][-1] == made["key"]
    sections = [
        {"title": None, "fields": ["name", "stage"]},
        {"title": "合同", "fields": [made["key"]]},
    ]
    answer = workshop.admin.put(
        "/record-kinds/customer/layout", {"sections": sections}, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 200, answer.json
    first, second = answer.json["sections"]
    assert first == {"title": None, "fields": ["name", "stage"]}
    assert (second["title"], second["fields"][:2]) == ("合同", [made["key"], "kind"])
    assert answer.json["layout_version"] == 2


@pytest.mark.parametrize(
    ("fields", "code"), [(["name", "name"], "already-exists"), (["name", "c_gone"], "unknown-reference")]
)
def test_a_layout_that_does_not_add_up_is_refused(workshop: Workshop, fields: list[str], code: str) -> None:
    sent = {"sections": [{"title": None, "fields": fields}]}
    answer = workshop.admin.put("/record-kinds/customer/layout", sent, headers={"If-Match": '"1"'})
    assert refused(answer) == [("sections.0.fields.1", code)]
    assert workshop.describe()["layout_version"] == 1


def test_no_company_knows_the_fields_of_another(workshop: Workshop, other_company: Company) -> None:
    made = workshop.define("合同号", "text")
    assert other_company.admin.patch(f"/fields/{made['id']}", {"label": "x"}, version=1).status_code == 404
    answer = other_company.admin.post("/customers", {"name": "甲", "custom": {made["key"]: "x"}})
    assert refused(answer) == [(f"custom.{made['key']}", "unknown-field")]
    assert other_company.admin.get(f"/customers?{made['key']}=x").status_code == 422
