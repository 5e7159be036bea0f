"""Files that hold more of something than anybody expects."""

from app.imports import queries, suggestions
from app.spreadsheets.customer_fields import BY_NAME
from tests.imports.conftest import Desk


def test_a_column_taken_for_the_owners_by_mistake_may_hold_any_number_of_words(desk: Desk) -> None:
    rows = "\n".join(f"公司{n},word{n}" for n in range(33_000))
    wanted = desk.upload(f"公司名称,负责人\n{rows}\n")
    assert wanted["mapping"]["columns"] == {"0": "name", "1": "owner"}
    assert len(wanted["unmapped_values"]["owner"]) == 200
    assert wanted["row_count_estimate"] > 30_000


def test_finds_no_shape_in_a_cell_that_is_longer_than_any() -> None:
    assert suggestions.guess(["x"], [["a@" + "." * 100_000 + "@"]], BY_NAME) == {}


def test_looks_at_rows_one_by_one(desk: Desk) -> None:
    from app.imports.models import Import

    wanted = desk.upload("公司名称\n甲\n\n乙\n丙\n")
    with desk.company.app.app_context():
        from app.core.db import db
        from tenants.context import tenant_scope

        with tenant_scope(desk.company.tenant_id):
            kept = db.session.get_one(Import, (desk.company.tenant_id, wanted["id"]))
            rows = queries.first_rows(kept, 2)
            assert next(rows).cells == ["甲"]
            assert [row.cells for row in rows] == [["乙"]]


def test_a_mark_of_quotes_or_line_ends_is_no_delimiter(desk: Desk) -> None:
    wanted = desk.upload('sep="\n公司名称,手机\n甲,13800138000\n')
    assert wanted["delimiter"] == ","
