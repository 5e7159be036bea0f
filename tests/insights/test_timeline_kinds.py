"""One timeline tells of all about a record, narrowed to kinds and persons, within the reader's rights."""

from typing import Any

import pytest

from tests.activities.people import activity, task
from tests.comments.words import say
from tests.contacts.people import contact, customer, role
from tests.customers.desk import faults
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.statements import sent


def told(browser: Browser, path: str) -> list[tuple[str, str]]:
    """What a timeline tells: of what, and what was done; the oldest first."""
    answer = browser.get(path)
    assert answer.status_code == 200, answer.json
    return [(item["subject_type"], item["kind"]) for item in reversed(answer.json["items"])]


@pytest.fixture
def scene(company: Company) -> dict[str, Any]:
    """A customer with a contact, a follow-up, a task and comments."""
    admin, made = company.admin, customer(company.admin)
    person = contact(admin, customer_id=made["id"])
    call = activity(admin, made["id"], contact_id=person["id"])
    todo = task(admin, customer_id=made["id"], contact_id=person["id"])
    assert say(admin, made, "谈客户").status_code == 201
    assert say(admin, call, "谈跟进", "activity").status_code == 201
    assert say(admin, todo, "谈待办", "task").status_code == 201
    assert say(admin, person, "谈人", "contact").status_code == 201
    return {"customer": made, "contact": person, "activity": call, "task": todo}


EVERYTHING = [
    ("customer", "created"),
    ("contact", "created"),
    ("activity", "created"),
    ("task", "created"),
    *[("comment", "created")] * 4,
]


def test_a_customers_tells_of_all_that_belongs_to_it(company: Company, scene: dict[str, Any]) -> None:
    path = f"/customers/{scene['customer']['id']}/timeline"
    assert told(company.admin, path) == EVERYTHING
    items = company.admin.get(f"{path}?kind=comment").json["items"]
    assert [item["comment"]["text"] for item in items] == ["谈人", "谈待办", "谈跟进", "谈客户"]
    assert company.admin.get(f"{path}?kind=change").json["items"][0]["comment"] is None


def test_a_contacts_tells_of_what_was_done_with_them(company: Company, scene: dict[str, Any]) -> None:
    path = f"/contacts/{scene['contact']['id']}/timeline"
    assert told(company.admin, path) == [
        ("contact", "created"),
        ("activity", "created"),
        ("task", "created"),
        *[("comment", "created")] * 3,
    ]
    items = company.admin.get(f"{path}?kind=comment").json["items"]
    assert [item["comment"]["text"] for item in items] == ["谈人", "谈待办", "谈跟进"]


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("activity", {"activity"}),
        ("task", {"task"}),
        ("comment", {"comment"}),
        ("change", {"customer"}),
        ("contact", {"contact"}),
        ("attachment", set()),
        ("activity,task", {"activity", "task"}),
        ("", {"customer", "contact", "activity", "task", "comment"}),
    ],
)
def test_is_narrowed_to_kinds(company: Company, scene: dict[str, Any], kind: str, types: set[str]) -> None:
    path = f"/customers/{scene['customer']['id']}/timeline?kind={kind}"
    assert {type_ for type_, _ in told(company.admin, path)} == types


def test_is_narrowed_to_a_person(company: Company, scene: dict[str, Any]) -> None:
    helper = hire(company, "service", name="帮手")
    say(helper.browser, scene["customer"], "我来跟")
    path = f"/customers/{scene['customer']['id']}/timeline?actor_id="
    assert told(company.admin, path + helper.id) == [("comment", "created")]
    assert told(company.admin, path + company.user_id) == EVERYTHING


def test_refuses_what_it_does_not_know(company: Company, scene: dict[str, Any]) -> None:
    path = f"/customers/{scene['customer']['id']}/timeline"
    assert faults(company.admin.get(f"{path}?kind=weather")) == [("kind", "not-a-choice")]
    assert faults(company.admin.get(f"{path}?actor_id=7")) == [("actor_id", "not-an-id")]


def test_tells_nobody_of_what_they_may_not_see(company: Company, scene: dict[str, Any]) -> None:
    path = f"/customers/{scene['customer']['id']}/timeline"
    # Finance sees customers, contacts and activities, but of tasks only its own.
    reader = hire(company, "finance").browser
    items = reader.get(path).json["items"]
    assert "task" not in {item["subject_type"] for item in items}
    assert [i["comment"]["text"] for i in items if i["comment"]] == ["谈人", "谈跟进", "谈客户"]
    only_customers = hire(company, role(company, "只看客户", {"customer:read": "all"})).browser
    items = only_customers.get(path).json["items"]
    assert [(i["subject_type"], (i["comment"] or {}).get("text")) for i in items] == [
        ("comment", "谈客户"),
        ("customer", None),
    ]


def test_a_task_of_ones_own_is_told_of_to_oneself(company: Company) -> None:
    made = customer(company.admin)
    helper = hire(company, "service", name="帮手")
    other = hire(company, "service", name="别人")
    todo = task(company.admin, customer_id=made["id"], owner_id=helper.id)
    path = f"/customers/{made['id']}/timeline?kind=task"
    assert told(helper.browser, path) == [("task", "created")]
    assert told(other.browser, path) == []
    assert company.admin.delete(f"/tasks/{todo['id']}", version=1).status_code == 204
    assert told(company.admin, path) == [("task", "created"), ("task", "deleted")]
    assert told(helper.browser, path) == []


def test_takes_no_statement_per_line(company: Company, scene: dict[str, Any]) -> None:
    path = f"/customers/{scene['customer']['id']}/timeline"
    company.admin.get(path)
    with sent() as few:
        company.admin.get(path)
    for number in range(5):
        say(company.admin, scene["customer"], f"再说 {number}")
    company.admin.get(path)
    with sent() as many:
        company.admin.get(path)
    assert len(many) == len(few)
