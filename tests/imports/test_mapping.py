"""Uploading a file, and saying what its columns mean."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.imports.conftest import Desk, Json, multipart
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.store import Store

TABLE = (
    "公司名称,手机,客户分级,业务员,杂项\n"
    "澄川科技,13800138000,重点,秦明远,一\n"
    "云岫智能,1380013800,黄金,林知夏,\n"
)
NAMED = {"columns": {"0": "name"}}


def uploads(desk: Desk) -> list[str]:
    """The files that are kept for the company."""
    folder = Path(desk.company.app.config["SETTINGS"].data_dir) / "uploads" / desk.company.slug
    return sorted(path.name for path in folder.glob("*"))


def put(desk: Desk, wanted: Json, mapping: Json, version: int | None = None) -> Any:
    return desk.browser.put(
        f"/imports/{wanted['id']}/mapping",
        mapping,
        headers={"If-Match": f'"{version or wanted["version"]}"'},
    )


def test_shows_what_a_file_looks_like(desk: Desk) -> None:
    wanted = desk.upload(TABLE.encode("gbk"))
    assert (wanted["filename"], wanted["encoding"], wanted["delimiter"]) == ("客户.csv", "GBK", ",")
    assert wanted["size"] == len(TABLE.encode("gbk"))
    assert (wanted["row_count_estimate"], wanted["job_id"], wanted["version"]) == (2, None, 1)
    assert [(c["name"], c["suggestion"], c["confidence"]) for c in wanted["columns"]] == [
        ("公司名称", "name", "sure"),
        ("手机", "mobile", "sure"),
        ("客户分级", "tier", "sure"),
        ("业务员", "owner", "sure"),
        ("杂项", None, None),
    ]
    assert wanted["columns"][1]["samples"] == ["13800138000", "1380013800"]
    assert wanted["mapping"]["columns"] == {"0": "name", "1": "mobile", "2": "tier", "3": "owner"}
    assert wanted["unmapped_values"] == {
        "tier": [{"value": "重点", "count": 1, "suggestion": "gold"}],
        "owner": [{"value": "林知夏", "count": 1, "suggestion": None}],
    }
    assert uploads(desk) == [f"{wanted['id']}.csv"]


def test_previews_the_first_rows_with_what_is_wrong(desk: Desk) -> None:
    first, second = desk.upload(TABLE)["preview"]
    assert (first["row"], second["row"]) == (2, 3)
    assert first["values"] == {"name": "澄川科技", "mobile": "13800138000", "owner": "秦明远"}
    assert first["errors"] == [
        {"field": "tier", "code": "value-not-mapped", "message": "“重点” 没有对应的选项"}
    ]
    assert second["values"]["tier"] == "黄金"
    assert [(e["field"], e["message"]) for e in second["errors"]] == [
        ("mobile", "手机号应为 11 位，现在是 10 位"),
        ("owner", "没有找到同事 “林知夏”"),
    ]


def test_says_labels_and_choices_in_the_readers_language(desk: Desk) -> None:
    desk.browser.patch("/profile", {"locale": "en"})
    wanted = desk.upload(TABLE)
    fields = {field["name"]: field for field in wanted["fields"]}
    assert (fields["name"]["label"], fields["name"]["required"]) == ("Customer name", True)
    assert fields["tier"]["choices"][0] == {"value": "platinum", "label": "Platinum"}
    assert "choices" not in fields["remark"]
    assert wanted["preview"][0]["errors"][0]["message"] == "No choice is assigned to “重点”"


def test_a_mapping_gives_words_a_meaning(desk: Desk) -> None:
    wanted = desk.upload(TABLE)
    values = {"tier": {"重点": "platinum"}, "owner": {"林知夏": desk.company.user_id, "路人": None}}
    mapped = desk.map(wanted, {"0": "name", "2": "tier", "3": "owner", "1": None}, values=values)
    assert mapped["version"] == 2
    assert mapped["mapping"] == {
        "columns": {"0": "name", "2": "tier", "3": "owner"},
        "values": values,
        "match_by": "name",
        "on_duplicate": "skip",
        "on_missing": "create",
    }
    assert mapped["unmapped_values"] == {}
    assert [row["errors"] for row in mapped["preview"]] == [[], []]
    assert [row["values"]["tier"] for row in mapped["preview"]] == ["铂金", "黄金"]
    assert desk.browser.get(f"/imports/{wanted['id']}").json == mapped


@pytest.mark.parametrize(
    ("mapping", "faults"),
    [
        ({"columns": {"1": "mobile"}}, [("columns", "name-not-mapped")]),
        ({"columns": {"0": "name", "1": "name"}}, [("columns.1", "mapped-twice")]),
        ({"columns": {"0": "name", "9": "remark"}}, [("columns.9", "unknown-column")]),
        ({"columns": {"0": "name", "x": None}}, [("columns.x", "unknown-column")]),
        ({"columns": {"0": "name", "1": "shoe_size"}}, [("columns.1", "unknown-import-field")]),
        ({"columns": {"0": "name", "1": 7}}, [("columns.1", "not-text")]),
        ({"columns": []}, [("columns", "not-an-object")]),
        ({}, [("columns", "required")]),
        ({"columns": {"0": "name"}, "on_duplicate": "overwrite"}, [("on_duplicate", "not-a-choice")]),
        ({"columns": {"0": "name"}, "colour": 1}, [("colour", "unknown-field")]),
        ({**NAMED, "values": {"tier": {"重点": "best"}}}, [("values.tier.重点", "unknown-reference")]),
        ({**NAMED, "values": {"remark": {"a": "b"}}}, [("values.remark", "unknown-import-field")]),
        ({**NAMED, "values": {"owner": {"甲": str(uuid4())}}}, [("values.owner.甲", "unknown-reference")]),
        ({**NAMED, "values": {"owner": {"甲": "nobody"}}}, [("values.owner.甲", "unknown-reference")]),
        ({**NAMED, "values": {"tier": {"x" * 101: "gold"}}}, [(f"values.tier.{'x' * 101}", "too-long")]),
    ],
)  # fmt: skip
def test_names_what_is_wrong_with_a_mapping(desk: Desk, mapping: Json, faults: list[tuple[str, str]]) -> None:
    wanted = desk.upload(TABLE)
    answer = put(desk, wanted, mapping)
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == faults
    assert desk.browser.get(f"/imports/{wanted['id']}").json == wanted


def test_a_colleague_of_another_company_is_nobody(desk: Desk, other_company: Company) -> None:
    wanted = desk.upload(TABLE)
    mapping = {"columns": {"0": "name"}, "values": {"owner": {"甲": other_company.user_id}}}
    answer = put(desk, wanted, mapping)
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [
        ("values.owner.甲", "unknown-reference")
    ]


def test_demands_the_version_it_is_based_on(desk: Desk) -> None:
    wanted = desk.upload(TABLE)
    mapping = {"columns": {"0": "name"}}
    assert desk.browser.put(f"/imports/{wanted['id']}/mapping", mapping).status_code == 428
    assert put(desk, wanted, mapping, version=7).status_code == 412
    assert desk.browser.delete(f"/imports/{wanted['id']}").status_code == 428
    assert desk.browser.get(f"/imports/{wanted['id']}").json == wanted


def test_forgets_a_file(desk: Desk) -> None:
    wanted = desk.upload(TABLE)
    assert desk.browser.delete(f"/imports/{wanted['id']}", version=1).status_code == 204
    assert desk.browser.get(f"/imports/{wanted['id']}").status_code == 404
    assert uploads(desk) == []


def test_what_has_begun_stays_as_it_is(desk: Desk) -> None:
    wanted = desk.upload("公司名称\n澄川科技\n")
    desk.start(wanted)
    begun = desk.browser.get(f"/imports/{wanted['id']}").json
    again = desk.browser.post(f"/imports/{wanted['id']}/run")
    mapped = put(desk, begun, {"columns": {"0": "name"}})
    deleted = desk.browser.delete(f"/imports/{wanted['id']}", version=begun["version"])
    assert [(a.status_code, a.json["code"]) for a in (again, mapped, deleted)] == [
        (409, "import-started")
    ] * 3
    assert desk.browser.get(f"/imports/{wanted['id']}").json == begun
    assert len(desk.browser.get("/jobs").json["items"]) == 1


def test_does_not_begin_without_a_name(desk: Desk) -> None:
    wanted = desk.upload("甲乙,丙丁\n1,2\n")
    answer = desk.browser.post(f"/imports/{wanted['id']}/run")
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "columns")
    assert desk.browser.get("/jobs").json["items"] == []


def test_the_same_key_uploads_once(desk: Desk) -> None:
    data, boundary = multipart(TABLE.encode(), "客户.csv")
    headers = {"Idempotency-Key": "upload-0123456789"}
    media = f"multipart/form-data; boundary={boundary}"
    answers = [
        desk.browser.post("/imports", data=data, content_type=media, headers=dict(headers)) for _ in range(2)
    ]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    assert len(uploads(desk)) == 1


def test_needs_the_permission(desk: Desk, company: Company, store: Store) -> None:
    viewer = Desk(company, hire(company, "viewer").browser)
    answer = viewer.send(TABLE)
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
    assert uploads(desk) == []
    assert store.rows("SELECT 1 FROM imports WHERE tenant_id = %s", company.tenant_id) == []


def test_a_colleagues_file_is_theirs(desk: Desk, company: Company) -> None:
    wanted = desk.upload(TABLE)
    seller = Desk(company, hire(company, "sales").browser)
    assert seller.browser.get(f"/imports/{wanted['id']}").status_code == 404
    assert put(seller, wanted, {"columns": {"0": "name"}}).status_code == 404
    theirs = seller.upload(TABLE)
    assert desk.browser.get(f"/imports/{theirs['id']}").status_code == 200
    assert put(desk, theirs, {"columns": {"0": "name"}}).status_code == 403
    assert seller.browser.get(f"/imports/{theirs['id']}").json["version"] == 1


def test_gives_a_template_that_it_understands_itself(desk: Desk) -> None:
    answer = desk.browser.get("/import-template?type=customer&format=csv")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.data.startswith("\ufeff客户名称,".encode())
    wanted = desk.upload(answer.data + "澄川科技\r\n".encode())
    assert {c["confidence"] for c in wanted["columns"]} == {"sure"}
    # What a file cannot make up is not among them.
    assert [c["suggestion"] for c in wanted["columns"]] == [
        f["name"] for f in wanted["fields"] if f["name"] != "id"
    ]


@pytest.mark.parametrize("record_type", ["customer", "contact"])
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_the_template_as_a_workbook_has_lists_and_own_fields(
    desk: Desk, record_type: str, locale: str
) -> None:
    own = {"entity": record_type, "label": "冷却方式", "kind": "choice"}
    options = {"options": [{"value": "a", "label": "风冷"}, {"value": "b", "label": "水冷"}]}
    assert desk.browser.post("/fields", {**own, "settings": options}).status_code == 201
    headers = {"Accept-Language": locale}
    answer = desk.browser.get(f"/import-template?type={record_type}", headers=headers)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    heading, *_ = book.get_sheet_by_index(0).to_python()
    assert "冷却方式" in heading
    sent = desk.send(filled(heading), "模板.xlsx", type=record_type)
    assert sent.status_code == 201, sent.json
    assert {c["confidence"] for c in sent.json["columns"]} == {"sure"}
    assert sent.json["preview"][0]["errors"] == []
    lists = [one for row in book.get_sheet_by_index(2).to_python() for one in row]
    assert {"风冷", "水冷"} <= set(lists)


def filled(heading: list[str]) -> bytes:
    """The template with one row, as a spreadsheet program saves it."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, heading)
        sheet.write_row(1, 0, ["澄川"] + ["水冷" if one == "冷却方式" else "" for one in heading[1:]])
    return target.getvalue()


class Watched(io.BytesIO):
    """A body that says when it is read."""

    def __init__(self, content: bytes, on_read: Callable[[], Any]) -> None:
        super().__init__(content)
        self.on_read = on_read

    def read(self, *arguments: Any) -> bytes:
        self.on_read()
        return super().read(*arguments)

    def readinto(self, buffer: Any) -> int:
        self.on_read()
        return super().readinto(buffer)


@pytest.mark.parametrize(("role", "status"), [(None, 401), ("viewer", 403)])
def test_a_file_is_not_read_for_those_who_may_not(company: Company, role: str | None, status: int) -> None:
    browser = hire(company, role).browser if role else Browser(company.app)
    data, boundary = multipart(TABLE.encode(), "客户.csv")
    reads: list[bool] = []
    answer = browser.post(
        "/imports",
        input_stream=Watched(data, lambda: reads.append(True)),
        content_type=f"multipart/form-data; boundary={boundary}",
        content_length=len(data),
    )
    assert (answer.status_code, reads) == (status, [])


def test_no_transaction_is_open_while_a_file_comes_in(desk: Desk, store: Store) -> None:
    data, boundary = multipart(TABLE.encode(), "客户.csv")
    states: list[list[str]] = []

    def look() -> None:
        query = "SELECT state FROM pg_stat_activity WHERE datname = current_database()"
        rows = store.rows(f"{query} AND application_name = %s", "guanxi")
        states.append([row["state"] for row in rows])

    answer = desk.browser.post(
        "/imports",
        input_stream=Watched(data, look),
        content_type=f"multipart/form-data; boundary={boundary}",
        content_length=len(data),
    )
    assert answer.status_code == 201
    assert states != []
    assert {state for seen in states for state in seen} == {"idle"}
