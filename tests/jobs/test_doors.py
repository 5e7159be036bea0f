"""What people see of jobs, and how they stop them."""

from uuid import UUID, uuid4

import pytest

from tests.jobs.conftest import Counting, Workshop
from tests.support.client import Company

MISSING = f"/jobs/{uuid4()}"


def test_lists_the_newest_first_page_by_page(
    company: Company, workshop: Workshop, counting: Counting
) -> None:
    made = [str(workshop.enqueue(company, 1)) for _ in range(5)]
    first = company.admin.get("/jobs?limit=3").json
    second = company.admin.get(f"/jobs?limit=3&cursor={first['next_cursor']}").json
    assert [job["id"] for job in first["items"] + second["items"]] == made[::-1]
    assert second["next_cursor"] is None


def test_filters_by_state(company: Company, workshop: Workshop, counting: Counting) -> None:
    done = workshop.enqueue(company, 1)
    workshop.work(company)
    waiting = workshop.enqueue(company, 1)
    assert [j["id"] for j in company.admin.get("/jobs?state=queued").json["items"]] == [str(waiting)]
    assert [j["id"] for j in company.admin.get("/jobs?state=succeeded").json["items"]] == [str(done)]
    assert company.admin.get("/jobs?kind=nothing").json["items"] == []


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/jobs?cursor=nonsense", "cursor"),
        ("/jobs?state=sleeping", "state"),
        ("/jobs?limit=100000", "limit"),
        ("/jobs?colour=red", "colour"),
    ],
)
def test_names_what_cannot_be_asked(company: Company, path: str, field: str) -> None:
    answer = company.admin.get(path)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


@pytest.mark.parametrize("cursor", ["-1", "x", "9" * 40, "１"])
def test_names_a_bad_place_among_rows(
    company: Company, workshop: Workshop, counting: Counting, cursor: str
) -> None:
    answer = company.admin.get(f"/jobs/{workshop.enqueue(company, 1)}/rows?cursor={cursor}")
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, "bad-cursor")


def test_shows_rows_with_their_reasons_in_the_readers_language(
    company: Company, workshop: Workshop, counting: Counting
) -> None:
    job_id = workshop.enqueue(company, 25)
    workshop.work(company)
    failed = company.admin.get(f"/jobs/{job_id}/rows?outcome=failed&limit=2").json
    assert [(r["row"], r["outcome"], r["label"]) for r in failed["items"]] == [
        (3, "failed", "第3"),
        (13, "failed", "第13"),
    ]
    assert failed["items"][0]["messages"] == ["行号：“3” 不是年份，例如 2008"]
    rest = company.admin.get(f"/jobs/{job_id}/rows?outcome=failed&cursor={failed['next_cursor']}").json
    assert [row["row"] for row in rest["items"]] == [23]
    assert rest["next_cursor"] is None


def test_another_company_sees_none_of_it(
    company: Company, other_company: Company, workshop: Workshop, counting: Counting
) -> None:
    job_id = workshop.enqueue(company, 5)
    assert other_company.admin.get("/jobs").json["items"] == []
    assert other_company.admin.get(f"/jobs/{job_id}").status_code == 404
    assert other_company.admin.get(f"/jobs/{job_id}/rows").status_code == 404
    assert other_company.admin.post(f"/jobs/{job_id}/cancellation").status_code == 404
    assert company.admin.get(f"/jobs/{job_id}").json["state"] == "queued"


def test_stops_a_job_that_has_not_begun(company: Company, workshop: Workshop, counting: Counting) -> None:
    job_id = workshop.enqueue(company, 25)
    assert company.admin.get(f"/jobs/{job_id}").json["can"] == {"cancel": True, "undo": False}
    stopped = company.admin.post(f"/jobs/{job_id}/cancellation")
    assert (stopped.status_code, stopped.json["state"]) == (200, "cancelled")
    assert stopped.json["can"] == {"cancel": False, "undo": False}
    again = company.admin.post(f"/jobs/{job_id}/cancellation")
    assert (again.status_code, again.json["finished_at"]) == (200, stopped.json["finished_at"])
    workshop.work(company)
    assert workshop.rows(company, job_id) == []


def test_stops_a_running_job_within_a_chunk(company: Company, workshop: Workshop, counting: Counting) -> None:
    job_id = workshop.enqueue(company, 100)
    answers = []

    def cancel_in_the_second(position: object) -> None:
        if len(counting.steps) == 1:
            answers.append(company.admin.post(f"/jobs/{job_id}/cancellation").json)

    counting.before_step = cancel_in_the_second
    workshop.work(company)
    assert [(a["state"], a["cancelling"]) for a in answers] == [("running", True)]
    job = company.admin.get(f"/jobs/{job_id}").json
    assert (job["state"], job["done"], job["cancelling"]) == ("cancelled", 20, False)


def test_a_job_that_has_ended_stays_as_it_is(
    company: Company, workshop: Workshop, counting: Counting
) -> None:
    job_id = workshop.enqueue(company, 5)
    workshop.work(company)
    answer = company.admin.post(f"/jobs/{job_id}/cancellation")
    assert (answer.status_code, answer.json["state"]) == (200, "succeeded")


def test_the_trail_tells_who_stopped_it(
    company: Company, workshop: Workshop, counting: Counting, store: object
) -> None:
    job_id = workshop.enqueue(company, 5)
    for _ in range(2):
        company.admin.post(f"/jobs/{job_id}/cancellation")
    told = store.rows(  # type: ignore[attr-defined]
        "SELECT action, actor_id::text AS who FROM audit_records WHERE subject_id = %s", UUID(str(job_id))
    )
    assert [(row["action"], row["who"]) for row in told] == [("cancelled", company.user_id)]
