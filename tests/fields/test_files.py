"""Own fields that hold files: laid in, shown, taken out, lost by nothing but their record."""

from datetime import timedelta
from typing import Any

import pytest

from app.core import clock
from app.files import sweeping
from app.files.sweeping import KEPT
from tests.exports.conftest import Counter
from tests.fields.conftest import Json, Workshop, refused
from tests.files.shelf import bring, listed
from tests.support.client import Company
from tests.support.people import hire, role_id
from tests.support.statements import sent

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def photos(workshop: Workshop) -> Json:
    """A field for two files."""
    return workshop.define("现场照片", "file", key="c_photos", settings={"most": 2})


def names(custom: Json) -> list[str]:
    return [file["name"] for file in custom["c_photos"]]


def test_holds_files_that_were_brought(workshop: Workshop, photos: Json) -> None:
    admin = workshop.admin
    one, other = bring(admin, "一.png"), bring(admin, "二.pdf", PDF)
    made = workshop.customer(c_photos=[other["id"], one["id"]])
    brief = {name: one[name] for name in ("id", "name", "kind", "media_type", "size", "has_thumbnail")}
    assert names(made["custom"]) == ["二.pdf", "一.png"]
    assert made["custom"]["c_photos"][1] == brief
    assert names(admin.get("/customers").json["items"][0]["custom"]) == ["二.pdf", "一.png"]
    assert admin.get(f"/attachments/{one['id']}/thumbnail").status_code == 200
    # They are the field's, not the record's own.
    assert listed(admin, made) == []
    held = admin.get(f"/attachments/{one['id']}").json
    assert (held["can"], held["record"]["id"]) == ({"update": False, "delete": False}, made["id"])
    assert admin.delete(f"/attachments/{one['id']}", version=held["version"]).status_code == 403
    [line] = admin.get(f"/customers/{made['id']}/timeline").json["items"]
    told = next(change for change in line["changes"] if change["field"] == "c_photos")
    assert (told["before"], told["after"]) == (None, "二.pdf、一.png")


def test_files_come_and_go_with_the_field(workshop: Workshop, photos: Json) -> None:
    admin = workshop.admin
    one, other = bring(admin, "一.png"), bring(admin, "二.png")
    made = workshop.customer(c_photos=[one["id"]])
    assert workshop.fill(made, c_photos=[one["id"], other["id"]]).status_code == 200
    assert workshop.fill(made, c_photos=[other["id"]]).status_code == 200
    assert names(workshop.custom(made)) == ["二.png"]
    assert admin.get(f"/attachments/{one['id']}/content").status_code == 404
    # What was taken out waits for nothing any more.
    assert refused(workshop.fill(made, c_photos=[one["id"]])) == [("custom.c_photos.0", "unknown-reference")]
    assert workshop.fill(made, c_photos=None).status_code == 200
    assert workshop.custom(made) == {}


def test_what_cannot_lie_there_is_refused(workshop: Workshop, photos: Json) -> None:
    admin = workshop.admin
    workshop.define("门头", "file", key="c_front", settings={"pictures": True})
    files = [bring(admin, f"{i}.pdf", PDF)["id"] for i in range(3)]

    def tried(custom: Json) -> list[tuple[str, str]]:
        return refused(admin.post("/customers", {"name": "甲", "custom": custom}))

    assert tried({"c_photos": files}) == [("custom.c_photos", "too-many")]
    assert tried({"c_front": [files[0]]}) == [("custom.c_front.0", "not-a-picture")]
    assert tried({"c_photos": ["x"]}) == [("custom.c_photos", "not-an-id")]
    both: Any = {"c_photos": [files[0]], "c_front": [files[0]]}
    assert tried(both) == [("custom.c_front.0", "unknown-reference")]
    held = workshop.customer(c_photos=[files[0]])
    assert tried({"c_photos": [files[0]]}) == [("custom.c_photos.0", "unknown-reference")]
    assert [item["id"] for item in admin.get("/customers").json["items"]] == [held["id"]]


def test_retiring_the_field_loses_nothing_and_the_bin_neither(
    company: Company, workshop: Workshop, photos: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, one = workshop.admin, bring(workshop.admin, "一.png")
    made = workshop.customer(c_photos=[one["id"]])
    assert workshop.retire(photos).status_code == 200
    assert workshop.custom(made) == {}
    assert admin.delete(f"/customers/{made['id']}", version=made["version"]).status_code == 204
    later = clock.now() + KEPT + timedelta(hours=3)
    with monkeypatch.context() as patched, company.app.app_context():
        patched.setattr(clock, "now", lambda: later)
        sweeping.sweep()
    assert admin.post(f"/recycle-bin/customer/{made['id']}/restoration").status_code == 200
    assert workshop.bring_back(photos).status_code == 200
    assert names(workshop.custom(made)) == ["一.png"]
    assert admin.get(f"/attachments/{one['id']}/content").status_code == 200


def test_a_hidden_field_shuts_the_door_of_its_files(
    company: Company, workshop: Workshop, photos: Json
) -> None:
    seller = hire(company, "sales").browser
    one = bring(seller, "一.png")
    workshop.customer(by=seller, c_photos=[one["id"]])
    place = f"/attachments/{one['id']}"
    assert seller.get(place).status_code == 200
    rights = {role_id(company, "sales"): {"c_photos": "hidden"}}
    assert workshop.admin.put("/record-kinds/customer/rights", {"rights": rights}).status_code == 200
    assert [seller.get(f"{place}{door}").status_code for door in ("", "/content", "/thumbnail")] == [404] * 3
    assert workshop.admin.get(place).status_code == 200


def test_a_page_of_files_costs_one_statement(workshop: Workshop, photos: Json) -> None:
    admin = workshop.admin
    for i in range(3):
        workshop.customer(f"客户 {i}", c_photos=[bring(admin, f"{i}.png")["id"]])
    admin.get("/customers")
    with sent() as many:
        items = admin.get("/customers").json["items"]
    assert [len(item["custom"]["c_photos"]) for item in items] == [1, 1, 1]
    with sent() as few:
        admin.get("/customers?limit=1")
    assert len(many) == len(few)


def test_an_export_names_the_files(company: Company, workshop: Workshop, photos: Json) -> None:
    workshop.customer(c_photos=[bring(workshop.admin, "一.png")["id"], bring(workshop.admin, "二.png")["id"]])
    rows = Counter(company, company.admin).rows(field_names=["name", "c_photos"])
    assert rows == [["客户名称", "现场照片"], ["澄江机械有限公司", "一.png；二.png"]]
