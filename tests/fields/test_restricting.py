"""Who may restrict fields, which ones, and what holds for whoever has several roles."""

import pytest

from tests.fields.conftest import Workshop, refused
from tests.support.client import Company
from tests.support.people import hire, role_id

MARK = "Tamarind"


def test_a_hidden_parent_hides_the_children_as_well(company: Company, workshop: Workshop) -> None:
    head = workshop.customer("集团")
    made = workshop.admin.post("/customers", {"name": "分公司", "parent_id": head["id"]})
    assert made.status_code == 201, made.json
    reader = hire(company, "manager").browser
    assert reader.get(f"/customers/{head['id']}").json["child_count"] == 1
    rights = {role_id(company, "manager"): {"parent_id": "hidden"}}
    assert workshop.admin.put("/record-kinds/customer/rights", {"rights": rights}).status_code == 200
    assert reader.get(f"/customers/{head['id']}").json["child_count"] == 0
    assert refused(reader.get(f"/customers?parent_id={head['id']}")) == [
        ("parent_id", "unknown-filter-field")
    ]
    assert workshop.admin.get(f"/customers/{head['id']}").json["child_count"] == 1


def test_the_widest_of_several_roles_decides(company: Company, workshop: Workshop) -> None:
    colleague = hire(company, "sales", "viewer").browser
    made = colleague.post("/customers", {"name": "甲", "remark": MARK}).json
    tight = {role_id(company, "viewer"): {"remark": "hidden"}}
    workshop.admin.put("/record-kinds/customer/rights", {"rights": tight})
    assert colleague.get(f"/customers/{made['id']}").json["remark"] == MARK
    both = {**tight, role_id(company, "sales"): {"remark": "read"}}
    workshop.admin.put("/record-kinds/customer/rights", {"rights": both})
    assert colleague.get(f"/customers/{made['id']}").json["remark"] == MARK
    answer = colleague.patch(f"/customers/{made['id']}", {"remark": "x"}, version=1)
    assert refused(answer) == [("remark", "no-field-right")]
    assert workshop.admin.get(f"/customers/{made['id']}").json["remark"] == MARK


@pytest.mark.parametrize(
    ("role", "field", "right", "code"),
    [
        ("administrator", "remark", "hidden", "always-open"),
        ("sales", "name", "hidden", "always-open"),
        ("sales", "c_gone", "hidden", "unknown-reference"),
        ("sales", "remark", "maybe", "not-a-choice"),
    ],
)
def test_what_cannot_be_restricted_is_refused(
    company: Company, workshop: Workshop, role: str, field: str, right: str, code: str
) -> None:
    place = role_id(company, role)
    answer = workshop.admin.put("/record-kinds/customer/rights", {"rights": {place: {field: right}}})
    assert refused(answer) == [(f"rights.{place}.{field}", code)]
    assert workshop.admin.get("/record-kinds/customer/rights").json == {"rights": {}}


def test_whoever_may_not_shape_records_may_not_restrict(company: Company, workshop: Workshop) -> None:
    seller = hire(company, "sales").browser
    assert seller.get("/record-kinds/customer/rights").status_code == 403
    assert seller.put("/record-kinds/customer/rights", {"rights": {}}).status_code == 403


def test_restricting_is_told_in_the_trail(company: Company, workshop: Workshop) -> None:
    place = role_id(company, "sales")
    workshop.admin.put("/record-kinds/customer/rights", {"rights": {place: {"remark": "read"}}})
    [line] = workshop.admin.get("/audit-records?subject_type=field").json["items"]
    change = {"field": "rights", "before": {}, "after": {place: {"remark": "read"}}}
    assert (line["action"], line["subject_label"], line["changes"]) == ("restricted", "customer", [change])
