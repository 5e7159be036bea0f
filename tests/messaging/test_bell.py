"""What waits under a user's bell."""

from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from app.messaging import services
from app.messaging.models import Notification
from tests.messaging.outbox import Outbox
from tests.support.client import Company

FINISHED = {"filename": "客户.csv", "succeeded": 98, "failed": 2, "skipped": 0}


def notify(outbox: Outbox, count: int = 1, **options: object) -> None:
    with outbox.work():
        for _ in range(count):
            services.notify(outbox.user_id, "import-finished", FINISHED, link="/jobs/1", **options)


def test_says_it_in_the_readers_language(company: Company, outbox: Outbox) -> None:
    notify(outbox)
    page = company.admin.get("/notifications").json
    [item] = page["items"]
    assert item["title"] == "导入完成：客户.csv"
    assert item["body"] == "成功 98 行，失败 2 行，跳过 0 行。"
    assert (item["kind"], item["link"], item["read_at"]) == ("import-finished", "/jobs/1", None)
    assert (page["unread_count"], page["next_cursor"]) == (1, None)


def test_groups_the_digits_of_large_figures(company: Company, outbox: Outbox) -> None:
    with outbox.work():
        services.notify(outbox.user_id, "import-finished", {**FINISHED, "succeeded": 1_240_000})
    [item] = company.admin.get("/notifications").json["items"]
    assert item["body"] == "成功 1,240,000 行，失败 2 行，跳过 0 行。"


def test_pages_from_the_newest_without_gaps(company: Company, outbox: Outbox) -> None:
    notify(outbox, 7)
    seen, cursor = [], ""
    while cursor is not None:
        page = company.admin.get(f"/notifications?limit=3&cursor={cursor}").json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == 7
    assert all(newer > older for newer, older in pairwise(seen))


def test_reading_one_and_all(company: Company, outbox: Outbox) -> None:
    notify(outbox, 3)
    first = company.admin.get("/notifications").json["items"][0]["id"]
    assert company.admin.post(f"/notifications/{first}/reading").status_code == 204
    assert company.admin.post(f"/notifications/{first}/reading").status_code == 204
    page = company.admin.get("/notifications?unread=true").json
    assert (len(page["items"]), page["unread_count"]) == (2, 2)
    assert first not in [item["id"] for item in page["items"]]
    assert company.admin.post("/notification-readings").status_code == 204
    page = company.admin.get("/notifications?unread=true").json
    assert (page["items"], page["unread_count"]) == ([], 0)
    assert len(company.admin.get("/notifications").json["items"]) == 3


def test_counts_unread_only_up_to_a_hundred(company: Company, outbox: Outbox) -> None:
    notify(outbox, 103)
    assert company.admin.get("/notifications?limit=1").json["unread_count"] == 100


def test_nobody_reads_or_touches_the_bell_of_another(
    company: Company, other_company: Company, outbox: Outbox
) -> None:
    notify(outbox)
    [item] = company.admin.get("/notifications").json["items"]
    assert other_company.admin.get("/notifications").json["items"] == []
    assert other_company.admin.post(f"/notifications/{item['id']}/reading").status_code == 404
    assert company.admin.post(f"/notifications/{uuid4()}/reading").status_code == 404
    other_company.admin.post("/notification-readings")
    assert company.admin.get("/notifications").json["unread_count"] == 1


def test_refuses_what_is_no_page(company: Company) -> None:
    refused = {"cursor": "nowhere", "limit": "201", "unread": "perhaps"}
    for field, value in refused.items():
        answer = company.admin.get(f"/notifications?{field}={value}")
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)


def test_tells_each_user_once_under_one_key(company: Company, outbox: Outbox) -> None:
    with outbox.work():
        services.notify([outbox.user_id, outbox.user_id], "import-finished", FINISHED, dedupe_key="job:1")
        services.notify(outbox.user_id, "import-finished", FINISHED, dedupe_key="job:1")
    assert len(company.admin.get("/notifications").json["items"]) == 1


def test_a_rolled_back_reason_tells_nobody(company: Company, outbox: Outbox) -> None:
    outbox.work_in_vain(lambda: services.notify(outbox.user_id, "import-finished", FINISHED))
    assert company.admin.get("/notifications").json["items"] == []


def test_refuses_words_that_are_not_there(outbox: Outbox) -> None:
    with pytest.raises(KeyError), outbox.work():
        services.notify(outbox.user_id, "import-finished", {"filename": "x"})
    with pytest.raises(KeyError), outbox.work():
        services.notify(outbox.user_id, "no-such-kind", {})
    assert outbox.bells() == []


def test_still_shows_a_kind_that_is_forgotten(company: Company, outbox: Outbox) -> None:
    from app.core import clock
    from app.core.db import db

    with outbox.work():
        for kind in ("long-gone", "import-finished"):
            db.session.add(
                Notification(
                    user_id=UUID(company.user_id),
                    kind=kind,
                    facts={"filename": "a.csv"},
                    created_at=clock.now(),
                )
            )
            db.session.flush()
    newest, oldest = company.admin.get("/notifications").json["items"]
    assert newest["body"] == "成功 … 行，失败 … 行，跳过 … 行。"
    assert oldest["title"] == "通知"
