"""However long a list is, writing it down takes no more memory."""

import tracemalloc

import pytest

from app.exports import running
from app.jobs import slices
from tenants.context import tenant_scope
from tests.exports.conftest import Counter
from tests.support.store import Store

# Generated columns cannot be given.
_COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ') AS columns FROM information_schema.columns
WHERE table_name = 'customers' AND is_generated = 'NEVER'
"""
_MORE = """
INSERT INTO customers ({columns}) SELECT {columns} FROM (
    SELECT (jsonb_populate_record(c, jsonb_build_object(
        'id', gen_random_uuid(), 'name', c.name || n, 'name_key', c.name_key || n
    ))).* FROM customers c, generate_series(1, %s) AS n WHERE c.tenant_id = %s AND c.id = %s
) r
"""


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_four_times_the_rows_take_no_more_memory(
    counter: Counter, store: Store, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(running, "CHUNK", 100)
    monkeypatch.setattr(slices, "SLICE_SECONDS", 60.0)
    made = counter.customer("澄川科技", remark="很长的备注" * 100)

    columns = store.rows(_COLUMNS)[0]["columns"]

    def peak(more: int) -> int:
        store.rows(_MORE.format(columns=columns), more, counter.company.tenant_id, made["id"])
        job = counter.ask(format=suffix)
        tracemalloc.start()
        with counter.company.app.app_context(), tenant_scope(counter.company.tenant_id):
            slices.work_a_while()
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert counter.job(job)["state"] == "succeeded"
        return highest

    peak(100)
    few = peak(400)
    assert peak(1600) < few * 1.5
