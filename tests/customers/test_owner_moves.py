"""What somebody owns follows them into another department: little at once, much by a job."""

from uuid import UUID

import pytest

from app.flows import owner_moves
from app.jobs import slices
from tenants.context import tenant_scope
from tests.customers.desk import customer
from tests.support.client import Company
from tests.support.people import Colleague, change, department, hire
from tests.support.store import Store

OWNED = ("customers", "contacts", "activities", "tasks")


@pytest.fixture
def seller(company: Company) -> Colleague:
    """Somebody in a department with five customers, and something of every kind about each."""
    made = hire(company, "sales", department_id=department(company, "甲"))
    for number in range(5):
        about = {"customer_id": customer(made.browser, f"客户{number}")["id"]}
        for path, facts in (
            ("/contacts", {"name": "陈屿"}),
            ("/activities", {"kind": "call", "content": "谈了"}),
            ("/tasks", {"title": "回电", "due_at": "2099-03-18T00:00:00Z"}),
        ):
            assert made.browser.post(path, {**about, **facts}).status_code == 201
    return made


@pytest.fixture
def much(seller: Colleague, monkeypatch: pytest.MonkeyPatch) -> Colleague:
    """The same, where that is more than goes along in a request, or in one stretch of a job."""
    monkeypatch.setattr(owner_moves, "AT_ONCE", 1)
    monkeypatch.setattr(owner_moves, "CHUNK", 2)
    return seller


def left_behind(store: Store, owner: Colleague) -> list[int]:
    """How much of what somebody owns belongs to a department they do not work in."""
    query = (
        "SELECT count(*) AS n FROM {} r JOIN users u ON u.tenant_id = r.tenant_id AND u.id = r.owner_id "
        "WHERE u.id = %s AND r.department_id IS DISTINCT FROM u.department_id"
    )
    return [store.rows(query.format(table), owner.id)[0]["n"] for table in OWNED]


def move(company: Company, colleague: Colleague, place: str) -> None:
    to = department(company, place)
    assert change(company.admin, f"/users/{colleague.id}", department_id=to).status_code == 200


def name_of(company: Company, colleague: Colleague) -> str:
    return str(company.admin.get(f"/users/{colleague.id}").json["name"])


def work(company: Company) -> None:
    with company.app.app_context(), tenant_scope(company.tenant_id):
        slices.work_a_while()


def test_little_goes_along_at_once(company: Company, seller: Colleague, store: Store) -> None:
    move(company, seller, "乙")
    assert left_behind(store, seller) == [0, 0, 0, 0]
    assert company.admin.get("/jobs").json["items"] == []


def test_much_is_brought_along_by_a_job(company: Company, much: Colleague, store: Store) -> None:
    move(company, much, "乙")
    assert left_behind(store, much) == [4, 4, 4, 4]
    [job] = company.admin.get("/jobs").json["items"]
    assert (job["kind"], job["title"], job["state"]) == ("owner-move", name_of(company, much), "queued")
    work(company)
    assert left_behind(store, much) == [0, 0, 0, 0]
    assert company.admin.get(f"/jobs/{job['id']}").json["state"] == "succeeded"


def test_whoever_moves_on_meanwhile_is_followed_to_where_they_are(
    company: Company, much: Colleague, store: Store
) -> None:
    move(company, much, "乙")
    move(company, much, "丙")
    work(company)
    assert left_behind(store, much) == [0, 0, 0, 0]


def test_what_stays_behind_is_brought_along_though_whoever_asked_has_left(
    company: Company, much: Colleague, store: Store
) -> None:
    move(company, much, "乙")
    store.rows("UPDATE users SET state = 'disabled' WHERE id = %s", UUID(company.user_id))
    work(company)
    assert left_behind(store, much) == [0, 0, 0, 0]


def test_nobody_stops_it_halfway(company: Company, much: Colleague, store: Store) -> None:
    move(company, much, "乙")
    [job] = company.admin.get("/jobs").json["items"]
    assert job["can"]["cancel"] is False
    refused = company.admin.post(f"/jobs/{job['id']}/cancellation")
    assert (refused.status_code, refused.json["code"]) == (403, "job-needed")
    work(company)
    assert left_behind(store, much) == [0, 0, 0, 0]
