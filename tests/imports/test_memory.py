"""However long a file is, bringing it in takes no more memory."""

import gc
import tracemalloc
from typing import Any

import pytest

from app.core import pinyin, search
from app.imports import arrivals, running
from app.imports.results import Taken
from app.jobs import slices
from tenants.context import tenant_scope
from tests.imports.conftest import Desk

REMEMBERED = (
    search.fold,
    search.number_of,
    search.spell,
    pinyin.sort_key,
    pinyin._choices,
    pinyin._in_context,
)


def test_four_times_the_rows_take_no_more_memory(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 50)
    monkeypatch.setattr(slices, "SLICE_SECONDS", 3600.0)
    take = arrivals.take

    def take_afresh(*given: Any, **named: Any) -> Taken:
        for remembering in REMEMBERED:
            remembering.cache_clear()
        # What nobody holds counts for nothing. Left to itself, a process that holds much collects seldom.
        gc.collect()
        return take(*given, **named)

    # How names are spelled is remembered: for a few thousand of them, which is more than there are here.
    monkeypatch.setattr(arrivals, "take", take_afresh)

    def peak(rows: int) -> int:
        lines = [f"公司 {rows}-{n},{'很长的备注' * 100}" for n in range(rows)]
        job = desk.start(desk.upload("客户名称,备注\n" + "\n".join(lines) + "\n"))
        tracemalloc.start()
        with desk.company.app.app_context(), tenant_scope(desk.company.tenant_id):
            slices.work_a_while()
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert desk.job(job["id"])["succeeded"] == rows
        return highest

    peak(100)
    few = peak(200)
    assert peak(800) < few * 1.5
