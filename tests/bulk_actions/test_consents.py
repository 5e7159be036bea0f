"""What many people have said, noted at a time."""

from datetime import timedelta
from typing import Any

import pytest

from app.core import clock
from tests.bulk_actions.conftest import Bench, Json
from tests.consents.people import consents, obstacles, somebody
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent

SAID: dict[str, Any] = {
    "holds": True, "purposes": ["marketing"], "ways": ["sms", "mail"], "source": "written",
    "evidence": "3 月展会现场签的表",
}  # fmt: skip


def entries(bench: Bench, one: Json) -> list[Any]:
    return [
        (entry["purpose"], entry["way"], entry["holds"], entry["source"], entry["evidence"])
        for entry in consents(bench.browser, one)["entries"]
    ]


def test_is_noted_of_each_and_not_taken_back(bench: Bench) -> None:
    made = [somebody(bench.browser, name=name) for name in "甲乙"]
    other = somebody(bench.browser, name="丙")
    job = bench.do("consent", type="contact", record_ids=[one["id"] for one in made], consent=SAID)
    assert bench.figures(job) == ("succeeded", 2, 0, 0)
    assert (job["title"], job["can"]["undo"]) == ("批量登记联系人的消息许可：同意接收", False)
    assert bench.browser.post(f"/jobs/{job['id']}/undo").status_code == 409
    for one in made:
        assert sorted(entries(bench, one)) == [
            ("marketing", way, True, "written", "3 月展会现场签的表") for way in ("mail", "sms")
        ]
        assert obstacles(consents(bench.browser, one))["sms marketing"] is None
    assert entries(bench, other) == []


def test_what_was_said_before_does_not_cover_a_later_refusal(bench: Bench) -> None:
    made = somebody(bench.browser)
    bench.do("consent", type="contact", record_ids=[made["id"]], consent={**SAID, "holds": False})
    earlier = (clock.now() - timedelta(days=30)).isoformat()
    bench.do("consent", type="contact", record_ids=[made["id"]], consent={**SAID, "said_at": earlier})
    assert obstacles(consents(bench.browser, made))["sms marketing"] == "withdrawn"


@pytest.mark.parametrize(
    ("consent", "field"),
    [
        (None, "consent"),
        ({**SAID, "purposes": []}, "consent.purposes"),
        ({**SAID, "evidence": " "}, "consent.evidence"),
        ({**SAID, "said_at": "2099-01-01T00:00:00Z"}, "consent.said_at"),
    ],
)
def test_refuses_what_says_too_little(bench: Bench, consent: Json | None, field: str) -> None:
    made = somebody(bench.browser)
    answer = bench.browser.post(
        "/bulk-actions",
        {"type": "contact", "action": "consent", "record_ids": [made["id"]], "consent": consent},
    )
    assert (answer.status_code, [one["field"] for one in answer.json["errors"]]) == (422, [field])
    assert entries(bench, made) == []


def test_is_noted_of_contacts_only(bench: Bench) -> None:
    answer = bench.browser.post("/bulk-actions", {"type": "customer", "action": "consent", "consent": SAID})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "action")


def test_only_of_those_whom_one_may_change(company: Company) -> None:
    seller = hire(company, "销售").browser
    made = [somebody(seller, name="甲"), somebody(company.admin, name="乙")]
    bench = Bench(company, seller)
    job = bench.do("consent", type="contact", record_ids=[one["id"] for one in made], consent=SAID)
    assert bench.figures(job) == ("succeeded", 1, 1, 0)
    assert bench.rows(job)[1] == ("", "failed", ["已被删除，或不在你的查看范围内"])
    assert consents(company.admin, made[1])["entries"] == []


def test_the_statements_of_a_chunk_do_not_depend_on_how_many(bench: Bench) -> None:
    counts = []
    for count in (2, 30):
        made = [somebody(bench.browser, name=f"{count}-{place}")["id"] for place in range(count)]
        bench.ask("consent", type="contact", record_ids=made, consent=SAID)
        with sent() as statements:
            bench.work()
        counts.append(len(statements))
    assert counts[0] == counts[1], counts
