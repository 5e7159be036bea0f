"""The company's own document of the interface: its fields by key, as far as the reader may see them."""

from typing import Any

import jsonschema_rs
import schemathesis

from app.fields.states import FieldKind
from tests.fields.conftest import Json, Workshop
from tests.fields.test_rights import OWN
from tests.files.shelf import bring
from tests.support.client import Browser, Company
from tests.support.people import hire, role_id


def document(by: Browser) -> Json:
    answer = by.get("/openapi.json")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def custom(spec: Json, name: str) -> Json:
    return dict(spec["components"]["schemas"][name]["properties"]["custom"])


def accepts(spec: Json, name: str, value: Any) -> bool:
    schema = {"$ref": f"#/components/schemas/{name}", "components": spec["components"]}
    return bool(jsonschema_rs.validator_for(schema, validate_formats=True).is_valid(value))


def test_every_kind_of_field_is_in_the_document_as_records_have_it(workshop: Workshop) -> None:
    me = workshop.admin.get("/session").json["user"]["id"]
    file = bring(workshop.admin)["id"]
    kinds = {
        **OWN,
        FieldKind.FILE: ({}, [file]),
        FieldKind.USER: ({}, me),
        FieldKind.RECORD: ({"target": "customer"}, None),
    }
    for kind, (settings, _) in kinds.items():
        workshop.define(f"字段 {kind}", kind, key=f"c_{kind}", settings=settings)
    values = {f"c_{kind}": value for kind, (_, value) in kinds.items() if value is not None}
    sent = {"name": "澄江机械有限公司", "custom": values}
    answer = workshop.admin.post("/customers", sent)
    assert answer.status_code == 201, answer.json
    spec = document(workshop.admin)
    schemathesis.openapi.from_dict(spec).validate()
    assert accepts(spec, "CustomerIn", sent)
    assert accepts(spec, "CustomerPatch", {"custom": dict.fromkeys(values)})
    assert accepts(spec, "CustomerWhole", answer.json)
    assert set(custom(spec, "CustomerWhole")["properties"]) == {f"c_{kind}" for kind in kinds}
    assert set(custom(spec, "ContactWhole")["properties"]) == set()
    choice = custom(spec, "CustomerWhole")["properties"]["c_choice"]
    assert (choice["title"], choice["enum"], choice["description"]) == (
        "字段 choice",
        ["tamarind"],
        "tamarind: Tamarind",
    )
    assert "c_formula" not in custom(spec, "CustomerIn")["properties"]
    for wrong in ({"c_number": "x"}, {"c_choice": "other"}, {"c_date": "gestern"}, {"c_gone": 1}):
        assert not accepts(spec, "CustomerIn", {"name": "乙", "custom": wrong})


def test_what_new_records_need_and_lists_take_is_in_the_document(workshop: Workshop) -> None:
    workshop.define("级别", "text", key="c_level", required=True, filterable=True)
    spec = document(workshop.admin)
    assert not accepts(spec, "CustomerIn", {"name": "甲"})
    assert accepts(spec, "CustomerIn", {"name": "甲", "custom": {"c_level": "一级"}})
    assert accepts(spec, "CustomerPatch", {"name": "甲"})
    names = [one["name"] for one in spec["paths"]["/api/v1/customers"]["get"]["parameters"]]
    assert names.count("c_level") == 1
    assert "c_level" not in [one["name"] for one in spec["paths"]["/api/v1/contacts"]["get"]["parameters"]]


def test_the_document_follows_fields_and_rights(company: Company, workshop: Workshop) -> None:
    floor = workshop.define("底价", "number", key="c_floor")
    workshop.define("备注二", "text", key="c_note")
    seller = hire(company, "sales").browser
    assert set(custom(document(seller), "CustomerWhole")["properties"]) == {"c_floor", "c_note"}
    rights = {role_id(company, "sales"): {"c_floor": "hidden", "c_note": "read"}}
    assert workshop.admin.put("/record-kinds/customer/rights", {"rights": rights}).status_code == 200
    hers = document(seller)
    assert set(custom(hers, "CustomerWhole")["properties"]) == {"c_note"}
    assert set(custom(hers, "CustomerIn")["properties"]) == set()
    assert "c_floor" in custom(document(workshop.admin), "CustomerIn")["properties"]
    assert workshop.retire(floor).status_code == 200
    assert set(custom(document(workshop.admin), "CustomerWhole")["properties"]) == {"c_note"}


def test_the_document_of_a_company_needs_a_session(browser: Browser) -> None:
    assert browser.get("/openapi.json").status_code == 401
    public = browser.client.get("/api/openapi.json").json
    assert "properties" not in custom(public, "CustomerWhole")
