"""Two hundred hostile files and more, as imports and as attachments: refused by name, or taken whole."""

import resource
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.jobs import slices
from tenants.context import tenant_scope
from tests.hostile.corpus import Hostile, corpus
from tests.imports.conftest import multipart
from tests.support.client import Company
from tests.support.store import Store

CORPUS = corpus()
MORE_MEMORY = 400 * 1024 * 1024
"""By so much at most the process may grow over all of them; a child that reads workbooks has a limit."""
LARGEST_CHILD = 1600 * 1024
PARTS = 4
"""One test with all of them would come near the time that a test may take on a slow machine."""
Json = dict[str, Any]


def send(company: Company, path: str, one: Hostile) -> TestResponse:
    data, boundary = multipart(one.content, one.filename.replace('"', "'"))
    media = f"multipart/form-data; boundary={boundary}"
    return company.admin.post(path, data=data, content_type=media)


def work(company: Company) -> None:
    with company.app.app_context(), tenant_scope(company.tenant_id):
        slices.work_a_while()


def folder(company: Company, name: str) -> list[Path]:
    return sorted((Path(company.app.config["SETTINGS"].data_dir) / name / company.slug).rglob("*.*"))


def test_there_are_enough_and_always_the_same() -> None:
    assert len(CORPUS) >= 200
    assert corpus() == CORPUS
    assert len({one.what for one in CORPUS}) == len(CORPUS)


@pytest.fixture
def memory() -> Any:
    """Sees to it that memory stays bounded over the whole test."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before < MORE_MEMORY
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < LARGEST_CHILD


@pytest.mark.parametrize("part", range(PARTS))
def test_as_imports(app: Flask, company: Company, store: Store, memory: None, part: int) -> None:
    here = store.tenant_id(company.slug)
    running: list[Json] = []
    for one in CORPUS[part::PARTS]:
        answer = send(company, "/imports", one)
        if answer.status_code == 201:
            running.append(answer.json)
            continue
        assert answer.status_code == 422, (one.what, answer.status_code, answer.data[:300])
        assert [error["field"] for error in answer.json["errors"]] == ["file"], one.what
        assert answer.json["errors"][0]["message"], one.what
    kept = store.rows("SELECT id::text FROM imports WHERE tenant_id = %s", here)
    assert {row["id"] for row in kept} == {wanted["id"] for wanted in running}
    assert {path.name.split(".")[0] for path in folder(company, "uploads")} == {w["id"] for w in running}
    jobs = [begun(company, wanted) for wanted in running]
    while store.rows("SELECT 1 FROM jobs WHERE tenant_id = %s AND finished_at IS NULL LIMIT 1", here):
        work(company)
    made = 0
    for job in (company.admin.get(f"/jobs/{one}").json for one in jobs):
        assert job["state"] == "succeeded", job
        assert job["done"] == job["total"] == job["succeeded"] + job["failed"] + job["skipped"]
        made += job["succeeded"]
    assert len(store.rows("SELECT 1 FROM customers WHERE tenant_id = %s", here)) == made


def begun(company: Company, wanted: Json) -> str:
    """Bring a file in as best one can: its first column is taken for the name if none else is."""
    if "name" not in wanted["mapping"]["columns"].values():
        columns = {**wanted["mapping"]["columns"], "0": "name"}
        sent = {**wanted["mapping"], "columns": columns, "values": {}, "match_by": "name"}
        answer = company.admin.put(
            f"/imports/{wanted['id']}/mapping", sent, headers={"If-Match": f'"{wanted["version"]}"'}
        )
        assert answer.status_code == 200, answer.json
    answer = company.admin.post(f"/imports/{wanted['id']}/run")
    assert answer.status_code == 202, answer.json
    return str(answer.json["id"])


def test_as_attachments(app: Flask, company: Company, store: Store, memory: None) -> None:
    customer = company.admin.post("/customers", {"name": "澄川科技"}).json
    path = f"/records/customer/{customer['id']}/attachments"
    taken = 0
    for one in CORPUS:
        answer = send(company, path, one)
        assert answer.status_code in {201, 422}, (one.what, answer.status_code, answer.data[:300])
        if answer.status_code == 201:
            taken += 1
            company.admin.delete(f"/attachments/{answer.json['id']}")
        else:
            assert [error["field"] for error in answer.json["errors"]] == ["file"], one.what
    hung = "SELECT 1 FROM attachments WHERE tenant_id = %s"
    assert len(store.rows(hung, store.tenant_id(company.slug))) == taken
    assert [path for path in folder(company, "files") if path.suffix == ".part"] == []
