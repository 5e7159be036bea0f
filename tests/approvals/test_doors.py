"""Approvals over HTTP: who sees them, what their boxes show, and what deciding asks of the database."""

from typing import Any
from uuid import UUID

import pytest

from tests.approvals.doors import Browsers, say, submitted
from tests.approvals.office import Office, approve, people
from tests.approvals.papers import KIND, paper
from tests.support.statements import sent


def test_nobody_learns_of_an_approval_they_have_no_part_in(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(
        approve("a", people(office.ids["chief"])),
        {"id": "c", "type": "copy", "name": "抄送", "who": [people(office.ids["clerk"])]},
        approve("b", people(office.ids["admin"])),
    )
    path = f"/approvals/{submitted(browsers)['id']}"
    seen = {name: browser.get(path).status_code for name, browser in browsers.items()}
    assert seen == {"seller": 200, "chief": 200, "admin": 200, "clerk": 404, "other": 404}
    assert say(browsers["chief"], browsers["chief"].get(path).json).status_code == 200
    assert browsers["clerk"].get(path).status_code == 200
    assert browsers["other"].get("/approvals/to-decide").json["items"] == []
    assert browsers["other"].get("/approvals/copies").json["items"] == []
    assert browsers["other"].get("/approvals").status_code == 403


def test_each_box_shows_what_belongs_there(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(
        approve("a", people(office.ids["chief"]), name="主管"),
        approve("b", people(office.ids["clerk"]), name="财务"),
    )
    made = submitted(browsers, amount=300)

    def found(name: str, box: str) -> list[Any]:
        items = browsers[name].get(f"/approvals/{box}").json["items"]
        return [one for one in items if one["id"] == made["id"]]

    waiting = found("chief", "to-decide")[0]
    assert (waiting["facts"], waiting["step"], waiting["submitter"]["name"]) == (
        {"amount": 300, "region": "east", "secret": 7},
        "主管",
        "seller",
    )
    assert [one["holders"][0]["name"] for one in found("seller", "mine")] == ["chief"]
    say(browsers["chief"], browsers["chief"].get(f"/approvals/{made['id']}").json)
    assert found("chief", "to-decide") == []
    assert [one["seat"]["state"] for one in found("chief", "decided")] == ["approved"]
    assert [one["at"] for one in found("seller", "mine")] == ["财务"]
    assert [one["step"] for one in found("clerk", "to-decide")] == ["财务"]
    counts = browsers["clerk"].get("/approvals/counts").json
    assert counts["to_decide"] == len(browsers["clerk"].get("/approvals/to-decide").json["items"])


def test_what_a_step_hides_is_nowhere_to_be_read(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    hides = approve("a", people(office.ids["chief"]), fields={"secret": "hidden", "amount": "edit"})
    office.publish(hides, approve("b", people(office.ids["clerk"])))
    path = f"/approvals/{submitted(browsers)['id']}"
    shown = browsers["chief"].get(path).json
    listed = browsers["chief"].get("/approvals/to-decide").json["items"][0]
    assert (shown["facts"], shown["editable"]) == ({"amount": 100, "region": "east"}, ["amount"])
    assert listed["facts"] == {"amount": 100, "region": "east"}
    refused = say(browsers["chief"], shown, changes={"secret": 1})
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "changes.secret")
    assert say(browsers["chief"], shown, changes={"amount": 90}).status_code == 200
    after = browsers["clerk"].get(path).json
    assert after["facts"] == {"amount": 90, "region": "east", "secret": 7}
    assert [line["changes"] for line in after["log"] if line["action"] == "revised"] == [
        [{"field": "amount", "before": 100, "after": 90}]
    ]


def test_what_a_step_hides_no_copy_tells(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    hides = approve("a", people(office.ids["chief"]), fields={"secret": "hidden"})
    office.publish(hides, approve("b", people(office.ids["clerk"])))
    made = submitted(browsers)
    told = {"user_ids": [str(office.ids[name]) for name in ("chief", "other")]}
    assert browsers["chief"].post(f"/approvals/{made['id']}/copies", told).status_code == 200
    seen = {"amount": 100, "region": "east"}
    for name in ("chief", "other"):
        [listed] = [
            one for one in browsers[name].get("/approvals/copies").json["items"] if one["id"] == made["id"]
        ]
        whole = browsers[name].get(f"/approvals/{made['id']}").json
        assert (listed["facts"], whole["facts"]) == (seen, seen)
    assert browsers["seller"].get("/approvals/mine").json["items"][0]["facts"] == {**seen, "secret": 7}
    assert browsers["admin"].get("/approvals").json["items"][0]["facts"] == {**seen, "secret": 7}


def test_the_page_of_a_subject_tells_where_it_is_to_those_who_have_part_in_it(
    staffed: tuple[Office, Browsers],
) -> None:
    office, browsers = staffed
    office.publish(
        approve("a", people(office.ids["chief"]), name="主管"),
        {"id": "c", "type": "copy", "name": "抄送", "who": [people(office.ids["clerk"])]},
        approve("b", people(office.ids["admin"]), name="总经理"),
    )
    made = submitted(browsers)
    path = f"/approvals/about?kind={KIND}&subject_id={made['subject_id']}"

    def stands() -> dict[str, list[tuple[str, str | None, list[str]]]]:
        told = {name: browser.get(path).json["items"] for name, browser in browsers.items()}
        return {
            name: [(one["state"], one["at"], [holder["name"] for holder in one["holders"]]) for one in items]
            for name, items in told.items()
        }

    first = [("running", "主管", ["chief"])]
    assert stands() == {"seller": first, "chief": first, "admin": first, "clerk": [], "other": []}
    say(browsers["chief"], browsers["chief"].get(f"/approvals/{made['id']}").json)
    assert [holders for _, _, holders in stands()["clerk"]] == [["秦明远"]]
    assert stands()["other"] == []
    with sent() as statements:
        browsers["clerk"].get(path)
    assert len(statements) <= 6
    unknown = browsers["seller"].get(f"/approvals/about?kind=nonsense&subject_id={made['subject_id']}")
    assert unknown.status_code == 404


def test_a_reason_is_needed_to_say_no(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(approve("a", people(office.ids["chief"])))
    path = f"/approvals/{submitted(browsers)['id']}"
    shown = browsers["chief"].get(path).json
    for decision in ("reject", "send-back"):
        refused = say(browsers["chief"], shown, decision)
        assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "comment")
    assert browsers["chief"].get(path).json["seat"] == shown["seat"]


def test_decides_on_several_and_tells_what_became_of_each(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(approve("a", people(office.ids["chief"])))
    chief, made = browsers["chief"], [submitted(browsers)["id"] for _ in range(3)]
    shown = [chief.get(f"/approvals/{one}").json for one in made]
    say(chief, shown[1])
    seats = [{"id": one["seat"]["id"], "version": one["seat"]["version"]} for one in shown]
    answer = chief.post("/approval-decisions", {"seats": seats, "decision": "approve"})
    assert [(one["done"], one["code"]) for one in answer.json["items"]] == [
        (True, None),
        (False, "seat-decided"),
        (True, None),
    ]
    assert [chief.get(f"/approvals/{one}").json["state"] for one in made] == ["granted"] * 3
    assert (
        browsers["other"].post("/approval-decisions", {"seats": seats, "decision": "approve"}).status_code
        == 404
    )


def test_a_nudge_reminds_and_is_not_taken_again_at_once(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(approve("a", people(office.ids["chief"])))
    path = f"/approvals/{submitted(browsers)['id']}"
    assert browsers["seller"].post(f"{path}/nudge", {}).status_code == 200
    again = browsers["seller"].post(f"{path}/nudge", {})
    assert (again.status_code, again.json["code"]) == (429, "throttled")
    assert browsers["chief"].post(f"{path}/nudge", {}).status_code == 403
    bells = browsers["chief"].get("/notifications").json["items"]
    assert [bell["kind"] for bell in bells[:2]] == ["approval-reminder", "approval-asked"]


def test_deciding_asks_no_more_of_the_database_the_more_people_there_are(
    staffed: tuple[Office, Browsers],
) -> None:
    office, browsers = staffed
    many = [office.ids[name] for name in ("boss", "zhou", "captain", "chen", "shen", "fang")]
    asked = []
    for others in (many[:1], many):
        office.publish(approve("a", people(office.ids["chief"], *others), mode="all"))
        shown = browsers["chief"].get(f"/approvals/{submitted(browsers)['id']}").json
        with sent() as statements:
            assert say(browsers["chief"], shown).status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert asked[0] == 8


def test_the_word_that_ends_an_approval_writes_it_once(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(approve("a", people(office.ids["chief"])))
    shown = browsers["chief"].get(f"/approvals/{submitted(browsers)['id']}").json
    with sent() as statements:
        told = say(browsers["chief"], shown)
    assert told.json["state"] == "granted"
    written = [one.split()[1] for one in statements if one.startswith("UPDATE")]
    assert sorted(written) == ["approval_seats", "approval_steps", "approvals"]


def test_a_page_of_a_box_is_one_question(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(approve("a", people(office.ids["chief"])))
    for _ in range(3):
        submitted(browsers)
    browsers["chief"].get("/approvals/to-decide")
    with sent() as statements:
        browsers["chief"].get("/approvals/to-decide")
    assert len(statements) == 1


def test_whoever_looks_at_facts_that_were_corrected_since_looks_again(
    staffed: tuple[Office, Browsers],
) -> None:
    office, browsers = staffed
    both = people(office.ids["chief"], office.ids["clerk"])
    office.publish(approve("a", both, mode="all", fields={"amount": "edit"}))
    path = f"/approvals/{submitted(browsers)['id']}"
    stale = browsers["clerk"].get(path).json
    say(browsers["chief"], browsers["chief"].get(path).json, changes={"amount": 1})
    assert say(browsers["clerk"], stale).status_code == 412
    assert say(browsers["clerk"], browsers["clerk"].get(path).json).json["state"] == "granted"


def test_shows_the_way_before_anything_is_submitted(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(
        approve("a", people(office.ids["chief"]), name="主管"),
        approve("b", {"by": "choice", "most": 2}, name="你选的人"),
    )
    sent = {"kind": KIND, "subject_id": str(paper().id)}
    answer = browsers["seller"].post("/approval-previews", sent).json
    assert [[one["name"] for one in node["people"]] for node in answer["path"]] == [["chief"], []]
    assert answer["choices"] == [{"node": "b", "name": "你选的人", "most": 2, "among": None, "people": None}]
    assert browsers["seller"].get("/approvals/mine").json["items"][0]["kind"] == KIND


def test_somebody_stands_in_from_when_one_says_so(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(approve("a", people(office.ids["chief"])))
    waiting = submitted(browsers)["id"]
    away = {
        "delegate_id": str(office.ids["other"]),
        "starts_at": "2020-01-01T00:00:00Z",
        "ends_at": "2090-01-01T00:00:00Z",
        "move_open": True,
    }
    made = browsers["chief"].post("/approval-absences", away)
    assert (made.status_code, made.json["delegate"]["name"]) == (201, "other")
    later = submitted(browsers)["id"]
    assert [office.asked(UUID(one)) for one in (waiting, later)] == [["other"], ["other"]]
    item = browsers["other"].get("/approvals/to-decide").json["items"][0]
    assert item["seat"]["stands_for"]["name"] == "chief"
    assert browsers["seller"].get("/approval-absences").json["items"] == []
    assert browsers["seller"].delete(f"/approval-absences/{made.json['id']}", version=1).status_code == 404
    assert browsers["chief"].delete(f"/approval-absences/{made.json['id']}", version=1).status_code == 204
    assert office.asked(UUID(submitted(browsers)["id"])) == ["chief"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_at": "2020-01-01T00:00:00Z"}, "ends_at"),
        ({"delegate_id": "00000000-0000-7000-8000-000000000000"}, "delegate_id"),
        ({"kinds": ["nothing"]}, "kinds.0"),
    ],
)
def test_refuses_an_absence_that_cannot_be(
    staffed: tuple[Office, Browsers], changed: dict[str, Any], field: str
) -> None:
    _, browsers = staffed
    away = {"starts_at": "2030-01-01T00:00:00Z", "ends_at": "2031-01-01T00:00:00Z", **changed}
    refused = browsers["seller"].post("/approval-absences", away)
    assert (refused.status_code, [one["field"] for one in refused.json["errors"]]) == (422, [field])
    assert browsers["seller"].get("/approval-absences").json["items"] == []
