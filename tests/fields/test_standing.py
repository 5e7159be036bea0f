"""The company's own fields on what stands at customers: assets, service records and purchases."""

from typing import Any

import pytest

from tests.assets.site import asset, customer, day, serve
from tests.fields.conftest import Json, Workshop, refused
from tests.imports.conftest import Desk
from tests.imports.filing import Filing, done, effects
from tests.support.client import Company

PATHS = {"asset": "/assets", "service-record": "/service-records", "purchase": "/purchases"}
BASIS: dict[str, Json] = {
    "asset": {"name": "空压机"},
    "service-record": {"kind": "repair", "content": "换了滤芯", "done_on": "2026-03-18"},
    "purchase": {"name": "滤芯", "bought_on": "2026-03-18"},
}


@pytest.mark.parametrize("entity", PATHS)
class TestEach:
    """What holds for each kind."""

    def make(self, workshop: Workshop, entity: str, at: Json, **custom: Any) -> Json:
        told = {**BASIS[entity], "customer_id": at["id"], "custom": custom}
        answer = workshop.admin.post(PATHS[entity], told)
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def test_is_filled_in_shown_changed_and_told(self, workshop: Workshop, entity: str) -> None:
        inspected = workshop.define("年检日期", "date", entity=entity, filterable=True)["key"]
        grade = workshop.choice("等级", "甲", "乙", entity=entity)["key"]
        workshop.work()
        at = customer(workshop.admin, "澄川科技")
        made = self.make(workshop, entity, at, **{inspected: "2027-05-01", grade: "o1"})
        path = f"{PATHS[entity]}/{made['id']}"
        assert made["custom"] == {inspected: "2027-05-01", grade: "o1"}
        change = {"custom": {inspected: "2028-05-01", grade: None}}
        answer = workshop.admin.patch(path, change, version=made["version"])
        assert answer.status_code == 200, answer.json
        assert workshop.admin.get(path).json["custom"] == {inspected: "2028-05-01"}
        told = workshop.admin.get(f"/audit-records?subject_id={made['id']}").json["items"]
        assert [(one["label"], one["before"], one["after"]) for one in told[0]["changes"]] == [
            ("年检日期", "2027-05-01", "2028-05-01"),
            ("等级", "乙", None),
        ]
        assert told[1]["changes"][-2:] == [
            {"field": inspected, "label": "年检日期", "before": None, "after": "2027-05-01"},
            {"field": grade, "label": "等级", "before": None, "after": "乙"},
        ]

    def test_lists_are_filtered_and_sorted_by_them(self, workshop: Workshop, entity: str) -> None:
        field = workshop.define("年检日期", "date", entity=entity, filterable=True)["key"]
        workshop.work()
        at = customer(workshop.admin, "澄川科技")
        late, soon, _none = (
            self.make(workshop, entity, at, **{field: value} if value else {})
            for value in ("2028-05-01", "2027-05-01", None)
        )
        found = workshop.admin.get(f"{PATHS[entity]}?{field}.lte=2027-12-31").json["items"]
        assert [one["id"] for one in found] == [soon["id"]]
        found = workshop.admin.get(f"{PATHS[entity]}?sort={field}&{field}.empty=false").json["items"]
        assert [one["id"] for one in found] == [soon["id"], late["id"]]

    def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(
        self, workshop: Workshop, entity: str
    ) -> None:
        field = workshop.define("评分", "number", entity=entity, settings={"max": 10}, required=True)["key"]
        at = customer(workshop.admin, "澄川科技")
        told = {**BASIS[entity], "customer_id": at["id"]}
        assert refused(workshop.admin.post(PATHS[entity], told)) == [(f"custom.{field}", "required")]
        wrong = {**told, "custom": {field: 11, "c_nothing": 1}}
        assert dict(refused(workshop.admin.post(PATHS[entity], wrong))).keys() == {
            f"custom.{field}", "custom.c_nothing",
        }  # fmt: skip
        assert workshop.admin.get(PATHS[entity]).json["items"] == []
        made = self.make(workshop, entity, at, **{field: 9})
        path = f"{PATHS[entity]}/{made['id']}"
        answer = workshop.admin.patch(path, {"custom": {field: "x"}}, version=made["version"])
        assert refused(answer) == [(f"custom.{field}", "not-numeric")]
        assert workshop.admin.get(path).json == made

    def test_layouts_place_them_alone(self, workshop: Workshop, entity: str) -> None:
        field = workshop.define("年检日期", "date", entity=entity)["key"]
        found = workshop.describe(entity)
        assert found["sections"] == [{"title": None, "fields": [field]}]
        version = {"If-Match": f'"{found["layout_version"]}"'}
        built_in = next(one["name"] for one in found["fields"] if one["built_in"])
        wanted = {"sections": [{"title": "年检", "fields": [field, built_in]}]}
        answer = workshop.admin.put(f"/record-kinds/{entity}/layout", wanted, headers=version)
        assert refused(answer) == [("sections.0.fields.1", "unknown-reference")]
        assert workshop.describe(entity)["sections"] == found["sections"]


def test_a_formula_follows_what_it_reads(workshop: Workshop) -> None:
    settings = {"expression": '{state} & " " & {name}', "result": "text"}
    field = workshop.define("标签", "formula", entity="asset", settings=settings)["key"]
    at = customer(workshop.admin, "澄川科技")
    made = asset(workshop.admin, at, name="压机")
    assert made["custom"] == {field: "in_use 压机"}
    changed = workshop.admin.patch(f"/assets/{made['id']}", {"name": "冲床"}, version=made["version"])
    assert changed.json["custom"] == {field: "in_use 冲床"}


def test_a_formula_of_days_follows_a_maintenance(workshop: Workshop) -> None:
    settings = {"expression": "{maintenance_due_on}", "result": "date"}
    field = workshop.define("下次上门", "formula", entity="asset", settings=settings)["key"]
    at = customer(workshop.admin, "澄川科技")
    made = asset(workshop.admin, at, name="压机", maintenance_every=30, maintenance_unit="day")
    assert made["custom"] == {field: day(30)}
    serve(workshop.admin, at, asset_id=made["id"], next_due_on=day(45))
    assert workshop.admin.get(f"/assets/{made['id']}").json["custom"] == {field: day(45)}


def test_a_form_that_is_based_on_an_older_value_is_refused(workshop: Workshop) -> None:
    field = workshop.define("年检日期", "date", entity="asset")["key"]
    made = asset(workshop.admin, customer(workshop.admin, "澄川科技"), custom={field: "2027-05-01"})
    path = f"/assets/{made['id']}"
    first = workshop.admin.patch(path, {"custom": {field: "2027-06-01"}}, version=made["version"])
    assert first.status_code == 200, first.json
    second = workshop.admin.patch(path, {"custom": {field: "2027-07-01"}}, version=made["version"])
    assert (second.status_code, workshop.admin.get(path).json["custom"]) == (412, {field: "2027-06-01"})


@pytest.mark.parametrize(
    ("kind", "head", "key"),
    [("asset", "序列号,设备", "A-1"), ("purchase", "订单号,产品名称,购买日期", "D-1")],
)
def test_files_fill_them_in_and_take_them_back(
    workshop: Workshop, company: Company, kind: str, head: str, key: str
) -> None:
    day_field = workshop.define("年检日期", "date", entity=kind)["key"]
    grade = workshop.choice("等级", "甲", "乙", entity=kind)["key"]
    customer(workshop.admin, "澄川科技")
    filing = Filing(Desk(company, company.admin), kind)
    row = f"{key},压机" + (",2026-03-18" if kind == "purchase" else "")
    job = filing.run(f"{head},客户,年检日期,等级\n{row},澄川科技,2027年5月1日,甲\n{row}乙,澄川科技,昨天,甲\n")
    assert done(job)[1:] == (1, 0, 1), filing.desk.rows(job)
    [made] = filing.listed()
    assert made["custom"] == {day_field: "2027-05-01", grade: "o0"}
    again = f"{head},客户,年检日期,等级\n{row},澄川科技,2028/5/1,乙\n"
    rules = {"on_duplicate": "update"}
    assert effects(filing.check(again, **rules)) == {"updated": 1}
    assert filing.listed() == [made]
    job = filing.run(again, **rules)
    assert filing.told(job, "succeeded")[0][1] == ["年检日期：2027-05-01 → 2028-05-01", "等级：甲 → 乙"]
    assert filing.listed()[0]["custom"] == {day_field: "2028-05-01", grade: "o1"}
    assert done(filing.undo(job))[1:] == (1, 0, 0)
    assert filing.listed()[0]["custom"] == made["custom"]


def test_exports_have_a_column_for_each(workshop: Workshop, company: Company) -> None:
    field = workshop.define("年检日期", "date", entity="asset")["key"]
    asset(workshop.admin, customer(workshop.admin, "澄川科技"), name="压机", custom={field: "2027-05-01"})
    asked = {"type": "asset", "format": "csv", "field_names": ["name", field]}
    job = workshop.admin.post("/exports", asked).json
    Desk(company, company.admin).work()
    text = workshop.admin.get(f"/jobs/{job['id']}/file").data.decode("utf-8-sig")
    assert text.splitlines() == ["设备名称,年检日期", "压机,2027-05-01"]
