"""Who is asked: the rules that name people, and what a flow does about those who cannot decide."""

from datetime import timedelta
from typing import Any

import pytest

from app.approvals import sweeping
from app.approvals.models import Absence
from app.approvals.services import steering
from app.core import clock
from app.core.db import db
from app.core.ids import new_id
from tests.approvals.office import Office, approve, people
from tests.approvals.papers import paper


@pytest.fixture
def o(shared_office: Office) -> Office:
    return shared_office


def _rules(o: Office) -> dict[str, tuple[dict[str, Any], list[str]]]:
    return {
        "people": (people(o.ids["chen"], o.ids["fang"]), ["chen", "fang"]),
        "role": ({"by": "role", "id": str(o.roles["finance"])}, ["fang"]),
        "nearest of a role": (
            {"by": "role", "id": str(o.roles["manager"]), "within": "department"},
            ["zhou"],
        ),
        "head of the own department": ({"by": "department-head"}, ["captain"]),
        "head of another": ({"by": "department-head", "id": str(o.departments["root"])}, ["boss"]),
        "second superior": ({"by": "manager", "level": 2}, ["zhou"]),
        "owner": ({"by": "owner"}, ["shen"]),
        "collaborators": ({"by": "collaborators"}, ["chen", "fang"]),
    }


@pytest.mark.parametrize(
    "rule",
    [
        "people", "role", "nearest of a role", "head of the own department", "head of another",
        "second superior", "owner", "collaborators",
    ],
)  # fmt: skip
def test_finds_whom_a_rule_means(o: Office, rule: str) -> None:
    who, expected = _rules(o)[rule]
    o.publish(approve("a", who, mode="all"))
    of = paper()
    of.owner_id, of.collaborator_ids = o.ids["shen"], (o.ids["chen"], o.ids["fang"])
    assert o.asked(o.submit(of=of)) == expected


def test_asks_whoever_decided_earlier(o: Office) -> None:
    o.publish(
        approve("a", people(o.ids["chen"], o.ids["shen"])),
        approve("b", {"by": "earlier", "node": "a"}, again="ask"),
    )
    found = o.submit()
    o.say("shen", found)
    assert o.asked(found) == ["shen"]


def test_asks_whom_the_submitter_has_chosen(o: Office) -> None:
    o.publish(approve("a", {"by": "choice", "most": 2}, mode="all"))
    found = o.submit(a=[o.ids["shen"], o.ids["fang"]])
    assert o.asked(found) == ["fang", "shen"]


NOBODY = {
    "skip": ([], "granted", False),
    "superior": (["captain"], "running", False),
    "person": (["fang"], "running", False),
    "stop": ([], "running", True),
}


@pytest.mark.parametrize("then", NOBODY)
def test_does_as_the_flow_says_where_nobody_is_found(o: Office, then: str) -> None:
    instead = {"then": then, **({"id": str(o.ids["fang"])} if then == "person" else {})}
    o.publish(approve("a", {"by": "collaborators"}, nobody=instead))
    found = o.submit()
    assert (o.asked(found), o.state(found), o.stuck(found)) == NOBODY[then]


OWN = {
    "ask": (["lin"], "running", False),
    "skip": ([], "granted", False),
    "superior": (["captain"], "running", False),
    "stop": ([], "running", True),
}


@pytest.mark.parametrize("then", OWN)
def test_does_as_the_flow_says_where_the_submitter_would_decide(o: Office, then: str) -> None:
    o.publish(approve("a", people(o.ids["lin"]), own={"then": then}))
    found = o.submit()
    assert (o.asked(found), o.state(found), o.stuck(found)) == OWN[then]


def test_an_administrator_frees_what_is_stuck(o: Office) -> None:
    o.publish(approve("a", {"by": "collaborators"}, nobody={"then": "stop"}))
    found = o.submit()
    with o.inside():
        admin = o.actor("admin")
        running = steering.Running(db.session.get_one(steering.Approval, (o.tenant_id, found)))
        step = next(iter(running.steps.values()))
        steering.reroute(admin, running, step, [o.ids["chen"]], comment="改派")
    assert (o.asked(found), o.stuck(found)) == (["chen"], False)
    o.say("chen", found)
    assert o.state(found) == "granted"


def test_whoever_stands_in_decides_for_somebody_away(office: Office) -> None:
    office.publish(approve("a", people(office.ids["fang"])), approve("b", people(office.ids["chen"])))
    with office.inside():
        at = clock.now()
        for name, delegate in (("fang", "shen"), ("chen", None)):
            db.session.add(
                Absence(
                    id=new_id(),
                    user_id=office.ids[name],
                    delegate_id=office.ids[delegate] if delegate else None,
                    starts_at=at - timedelta(hours=1),
                    ends_at=at + timedelta(hours=1),
                    created_at=at,
                )
            )
    found = office.submit()
    assert office.asked(found) == ["shen"]
    office.say("shen", found)
    # Nobody stands in for chen: their superior decides.
    assert office.asked(found) == ["captain"]


def test_what_waits_for_somebody_who_leaves_goes_to_their_superior(office: Office) -> None:
    office.publish(approve("a", people(office.ids["chen"])))
    found = office.submit()
    office.disable("chen")
    with office.inside():
        sweeping.see_to(found)
    assert (office.asked(found), office.stuck(found)) == (["captain"], False)


def test_nobody_above_means_that_an_administrator_sees_to_it(office: Office) -> None:
    office.publish(approve("a", people(office.ids["boss"])))
    found = office.submit()
    office.disable("boss")
    with office.inside():
        sweeping.see_to(found)
    assert (office.asked(found), office.state(found), office.stuck(found)) == ([], "running", True)
