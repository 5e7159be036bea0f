"""The ways approvals take: who is asked in which order, and what becomes of it."""

import pytest

from app.approvals import queries
from app.approvals.models import ApprovalOver
from app.approvals.services import steering, submitting
from app.approvals.services.deciding import Word
from app.approvals.services.steering import When
from app.approvals.states import Decision
from app.core.errors import Invalid
from tests.approvals.office import Office, approve, arm, branch, parallel, people
from tests.approvals.papers import paper


@pytest.fixture
def o(shared_office: Office) -> Office:
    return shared_office


def test_goes_up_the_chain_of_superiors_one_after_the_other(o: Office) -> None:
    o.publish(approve("chain", {"by": "managers", "up_to": 3}))
    of = paper()
    found = o.submit(of=of)
    for name in ("captain", "zhou", "boss"):
        assert (o.asked(found), o.state(found)) == ([name], "running")
        o.say(name, found)
    assert (o.asked(found), o.state(found)) == ([], "granted")
    assert of.turns == ["begun", "granted"]


def test_takes_the_first_way_whose_condition_holds(o: Office) -> None:
    costly = {"field": "amount", "op": "gte", "value": 1000}
    eastern = {"field": "submitter_department", "op": "eq", "value": str(o.departments["sales"])}
    o.publish(
        branch(
            "size",
            arm("large", approve("boss", people(o.ids["boss"])), when=costly),
            arm("sales", approve("lead", people(o.ids["zhou"])), when=eastern),
            arm("others", approve("anyone", people(o.ids["fang"]))),
        )
    )
    assert o.asked(o.submit(of=paper(amount=1000))) == ["boss"]
    assert o.asked(o.submit(of=paper(amount=999))) == ["zhou"]
    assert o.asked(o.submit("zhou", of=paper(amount=1))) == ["boss"]
    assert o.asked(o.submit("boss", of=paper(amount=1))) == ["fang"]


def test_asks_all_ways_of_a_parallel_at_a_time(o: Office) -> None:
    o.publish(
        parallel(
            "both",
            arm("left", approve("a", people(o.ids["chen"])), approve("b", people(o.ids["shen"]))),
            arm("right", approve("c", people(o.ids["fang"]))),
        ),
        approve("last", people(o.ids["boss"])),
    )
    found = o.submit()
    assert o.asked(found) == ["chen", "fang"]
    o.say("chen", found)
    assert o.asked(found) == ["fang", "shen"]
    o.say("fang", found)
    assert o.asked(found) == ["shen"]
    o.say("shen", found)
    assert o.asked(found) == ["boss"]


def test_ends_at_a_rejection_wherever_it_stands(o: Office) -> None:
    o.publish(
        parallel(
            "both",
            arm("left", approve("a", people(o.ids["chen"]))),
            arm("right", approve("b", people(o.ids["fang"]))),
        )
    )
    of = paper()
    found = o.submit(of=of)
    o.say("fang", found, "reject")
    assert (o.asked(found), o.state(found), of.turns) == ([], "rejected", ["begun", "rejected"])


MODES = {
    # mode, share, who agrees in turn -> who is asked after each, and the end
    "any": ({"mode": "any"}, ["shen"], "granted"),
    "all": ({"mode": "all"}, ["shen", "chen", "fang"], "granted"),
    "share": ({"mode": "share", "share": 60}, ["shen", "fang"], "granted"),
}


@pytest.mark.parametrize("mode", MODES)
def test_waits_for_as_many_as_its_mode_wants(o: Office, mode: str) -> None:
    drawn, agreeing, outcome = MODES[mode]
    o.publish(approve("a", people(*(o.ids[one] for one in ("chen", "shen", "fang"))), **drawn))
    found = o.submit()
    for name in agreeing[:-1]:
        o.say(name, found)
        assert o.state(found) == "running"
    o.say(agreeing[-1], found)
    assert (o.state(found), o.asked(found)) == (outcome, [])


def test_hears_everybody_out_where_a_rejection_does_not_end_it(o: Office) -> None:
    three = people(*(o.ids[one] for one in ("chen", "shen", "fang")))
    o.publish(approve("a", three, mode="share", share=60, rejects="decided"))
    found = o.submit()
    o.say("chen", found, "reject")
    assert o.asked(found) == ["fang", "shen"]
    o.say("fang", found, "reject")
    assert o.state(found) == "rejected"


def test_sends_back_to_the_submitter_and_comes_again_from_the_top(o: Office) -> None:
    o.publish(approve("a", people(o.ids["chen"])), approve("b", people(o.ids["fang"])))
    of = paper()
    found = o.submit(of=of)
    o.say("chen", found)
    o.say("fang", found, "send-back")
    assert (o.asked(found), o.state(found)) == ([], "returned")
    of.facts["amount"] = 5
    o.steer("lin", found, submitting.resubmit, chosen={})
    assert (o.asked(found), o.state(found)) == (["chen"], "running")
    assert of.turns == ["begun", "returned", "resumed"]


def test_resumes_with_whoever_sent_it_back_and_keeps_what_was_decided(o: Office) -> None:
    o.publish(
        approve("a", people(o.ids["chen"])),
        approve("b", people(o.ids["shen"])),
        approve("c", people(o.ids["fang"])),
    )
    found = o.submit()
    o.say("chen", found)
    o.say("shen", found)
    o.say("fang", found, "send-back", to="a", resume=True)
    assert o.asked(found) == ["chen"]
    o.say("chen", found)
    assert o.asked(found) == ["fang"]


def test_replays_all_that_came_after_the_place_it_was_sent_back_to(o: Office) -> None:
    o.publish(
        approve("a", people(o.ids["chen"])),
        approve("b", people(o.ids["shen"])),
        approve("c", people(o.ids["fang"])),
    )
    found = o.submit()
    o.say("chen", found)
    o.say("shen", found)
    o.say("fang", found, "send-back", to="a")
    o.say("chen", found)
    assert o.asked(found) == ["shen"]


def test_voids_every_seat_of_a_fork_that_it_is_sent_back_past(o: Office) -> None:
    o.publish(
        approve("first", people(o.ids["zhou"])),
        parallel(
            "both",
            arm("left", approve("a", people(o.ids["chen"]))),
            arm("middle", approve("b", people(o.ids["shen"]))),
            arm("right", approve("c", people(o.ids["fang"]))),
        ),
    )
    found = o.submit()
    o.say("zhou", found)
    o.say("shen", found)
    o.say("fang", found, "send-back", to="first", resume=True)
    assert o.asked(found) == ["zhou"]
    o.say("zhou", found)
    # Who had agreed in the fork is not asked again; whoever was still to decide is.
    assert o.asked(found) == ["chen", "fang"]


def test_refuses_to_go_back_to_a_way_beside_it(o: Office) -> None:
    o.publish(
        parallel(
            "both",
            arm("left", approve("a", people(o.ids["chen"])), approve("later", people(o.ids["shen"]))),
            arm("right", approve("b", people(o.ids["fang"]))),
        )
    )
    found = o.submit()
    o.say("chen", found)
    with pytest.raises(Invalid) as refused:
        o.say("fang", found, "send-back", to="a")
    assert [problem.field for problem in refused.value.problems] == ["to"]
    assert o.asked(found) == ["fang", "shen"]


def test_a_rejection_can_lead_back_instead_of_to_the_end(o: Office) -> None:
    o.publish(
        approve("a", people(o.ids["chen"])),
        approve("b", people(o.ids["fang"]), on_reject={"node": "a"}),
    )
    found = o.submit()
    o.say("chen", found)
    o.say("fang", found, "reject")
    assert (o.asked(found), o.state(found)) == (["chen"], "running")


def test_does_not_ask_somebody_again_who_has_agreed_on_the_way(o: Office) -> None:
    o.publish(
        approve("a", people(o.ids["fang"])),
        approve("b", people(o.ids["fang"])),
        approve("c", people(o.ids["fang"]), again="ask"),
    )
    found = o.submit()
    o.say("fang", found)
    assert o.asked(found) == ["fang"]
    assert ("skipped", "b", None) in o.history(found)


def test_hears_an_added_colleague_before_or_after(o: Office) -> None:
    o.publish(approve("a", people(o.ids["fang"])))
    before, after = o.submit(), o.submit()
    o.move("fang", before, steering.add, [o.ids["chen"]], when=When.BEFORE, comment=None)
    assert o.asked(before) == ["chen"]
    o.say("chen", before)
    assert o.asked(before) == ["fang"]
    o.move("fang", after, steering.add, [o.ids["chen"]], when=When.AFTER, comment=None)
    assert o.asked(after) == ["fang"]
    o.say("fang", after)
    assert (o.asked(after), o.state(after)) == (["chen"], "running")
    o.say("chen", after, "reject")
    assert o.state(after) == "rejected"


def test_forgets_those_whom_somebody_added_whose_word_is_not_needed_any_more(o: Office) -> None:
    o.publish(approve("a", people(o.ids["fang"], o.ids["shen"])))
    found = o.submit()
    o.move("fang", found, steering.add, [o.ids["chen"]], when=When.BEFORE, comment=None)
    assert o.asked(found) == ["chen", "shen"]
    o.say("shen", found)
    assert (o.asked(found), o.state(found)) == ([], "granted")


def test_passes_a_seat_on_with_those_who_were_added_to_it(o: Office) -> None:
    o.publish(approve("a", people(o.ids["fang"])))
    found = o.submit()
    o.move("fang", found, steering.add, [o.ids["chen"]], when=When.AFTER, comment=None)
    o.move("fang", found, steering.transfer, o.ids["shen"])
    assert o.asked(found) == ["shen"]
    o.say("shen", found)
    assert o.asked(found) == ["chen"]


def test_refuses_to_pass_a_seat_to_whoever_submitted_it(o: Office) -> None:
    o.publish(approve("a", people(o.ids["fang"])))
    found = o.submit()
    with pytest.raises(Invalid) as refused:
        o.move("fang", found, steering.transfer, o.ids["lin"])
    assert [problem.code for problem in refused.value.problems] == ["is-submitter"]
    assert o.asked(found) == ["fang"]


def test_takes_it_back_only_as_long_as_the_flow_allows(o: Office) -> None:
    o.publish(approve("a", people(o.ids["chen"])), approve("b", people(o.ids["fang"])), withdraw="undecided")
    of = paper()
    early, late = o.submit(of=of), o.submit()
    o.steer("lin", early, submitting.withdraw)
    assert (o.state(early), of.turns) == ("withdrawn", ["begun", "withdrawn"])
    o.say("chen", late)
    with pytest.raises(submitting.NotWithdrawable):
        o.steer("lin", late, submitting.withdraw)
    assert o.asked(late) == ["fang"]


def test_runs_once_at_a_time_for_the_same_subject(o: Office) -> None:
    o.publish(approve("a", people(o.ids["fang"])))
    of = paper()
    first = o.submit(of=of)
    with pytest.raises(submitting.AlreadyRunning):
        o.submit(of=of)
    assert of.turns == ["begun"]
    o.say("fang", first)
    assert o.state(o.submit(of=of)) == "running"


def test_finishes_on_the_version_it_began_with(o: Office) -> None:
    o.publish(approve("a", people(o.ids["chen"])), approve("b", people(o.ids["fang"])))
    found = o.submit()
    o.publish(approve("a", people(o.ids["shen"])))
    o.say("chen", found)
    assert o.asked(found) == ["fang"]
    assert o.asked(o.submit()) == ["shen"]


def test_decides_nothing_that_is_over(o: Office) -> None:
    o.publish(approve("a", people(o.ids["fang"], o.ids["shen"])))
    found = o.submit()
    with o.inside():
        late = queries.open_seat_of(o.actor("shen"), found)
        assert late is not None
    o.say("fang", found)
    with pytest.raises(ApprovalOver):
        o.say_on(late.id, "shen", Word(decision=Decision.REJECT, comment="迟了"))
    assert o.state(found) == "granted"
