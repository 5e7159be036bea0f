"""Many customers at a time: good ones are made, bad ones explained, in a fixed number of statements."""

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from flask import Flask

from app.access.actor import Actor
from app.core.errors import FieldProblem
from app.core.ids import new_id
from app.core.money import Money
from app.core.phones import Phone
from app.core.search import fold
from app.core.uow import unit_of_work
from app.customers import bulk, making, queries
from app.customers.drafts import CustomerDraft
from tenants.context import tenant_scope
from tests.customers.desk import customer, deeds, names, shown
from tests.support.client import Company
from tests.support.statements import sent

NOBODY = UUID("01980000-0000-7000-8000-000000000000")


@pytest.fixture
def actor(app: Flask, company: Company) -> Iterator[Actor]:
    """The company's administrator, at work inside its walls."""
    from app.access import actors

    with app.app_context(), tenant_scope(company.tenant_id):
        yield actors.load(UUID(company.user_id), access_version=0, state="active")


def drafts(count: int) -> list[CustomerDraft]:
    return [
        CustomerDraft(
            name=f"批量{i:03d}号贸易有限公司",
            phones=(Phone(f"138{i:08d}", "手机"),),
            tags=("批量", f"标签{i % 3}"),
            annual_revenue=Money(i * 100),
        )
        for i in range(count)
    ]


def test_makes_them_in_order_and_whole(company: Company, actor: Actor) -> None:
    with unit_of_work():
        made = bulk.create_many(actor, drafts(5))
    assert names(company.admin, "sort=name") == [draft.name for draft in drafts(5)]
    third = shown(company.admin, {"id": made[2]})
    assert (third["name"], third["tags"]) == ("批量002号贸易有限公司", ["批量", "标签2"])
    assert third["phones"] == [{"number": "+8613800000002", "label": "手机"}]
    assert third["annual_revenue"] == {"amount": 200, "currency": "CNY"}
    assert third["owner"]["id"] == company.user_id
    assert names(company.admin, "q=00000003") == ["批量003号贸易有限公司"]
    assert names(company.admin, "q=pl004") == ["批量004号贸易有限公司"]
    assert [deed for deed, _ in deeds(company.admin, third)] == ["imported"]


def test_bad_ones_do_not_hinder_good_ones(company: Company, actor: Actor) -> None:
    wanted = [
        CustomerDraft(name="好的"),
        CustomerDraft(name=" ", employees=-1, email="x"),
        CustomerDraft(name="没有上级", parent_id=NOBODY),
        CustomerDraft(name="没有负责人", owner_id=NOBODY),
        CustomerDraft(name="坏电话", phones=(Phone("12345"), Phone("abc"))),
        CustomerDraft(name="也好"),
    ]
    with unit_of_work():
        outcomes = bulk.create_many(actor, wanted)
    assert [isinstance(outcome, UUID) for outcome in outcomes] == [True, False, False, False, False, True]
    said = [[(p.field, p.code) for p in outcome] for outcome in outcomes if isinstance(outcome, tuple)]
    assert said == [
        [("name", "required"), ("employees", "out-of-range"), ("email", "invalid-email")],
        [("parent_id", "unknown-reference")],
        [("owner_id", "unknown-reference")],
        [("phones.1.number", "invalid-phone")],
    ]
    assert set(names(company.admin)) == {"好的", "也好"}


def test_the_statements_do_not_depend_on_how_many(actor: Actor) -> None:
    counts = []
    for count in (1, 40):
        with sent() as statements, unit_of_work():
            bulk.create_many(actor, drafts(count))
        counts.append(len(statements))
    assert counts[1] <= counts[0] <= 9


def test_too_many_are_the_callers_mistake(actor: Actor) -> None:
    with pytest.raises(ValueError, match="at most 1000"):
        bulk.create_many(actor, drafts(1001))


def test_what_is_refused_on_its_way_leaves_nothing_behind(
    company: Company, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = new_id()
    ids = iter([*(new_id() for _ in range(150)), once, once, *(new_id() for _ in range(98))])
    monkeypatch.setattr(making, "new_id", lambda: next(ids))
    with pytest.raises(psycopg.errors.UniqueViolation), unit_of_work():
        bulk.create_many(actor, drafts(250))
    assert names(company.admin) == []
    monkeypatch.undo()
    with unit_of_work():
        assert len(bulk.create_many(actor, drafts(250))) == 250


def test_knows_which_names_are_taken(company: Company, actor: Actor) -> None:
    older = customer(company.admin, "澄江（苏州）公司")
    customer(company.admin, "澄江 苏州公司")
    person = customer(company.admin, "单田芳", kind="person")
    taken = queries.names_taken(actor, ["澄江苏州公司", "单田芳", "没有的", "", "（）"])
    assert taken == {fold("澄江苏州公司"): UUID(older["id"]), "单田芳": UUID(person["id"])}


def test_sets_many_parents_but_closes_no_ring(company: Company, actor: Actor) -> None:
    with unit_of_work():
        a, b, c, d = (UUID(str(made)) for made in bulk.create_many(actor, drafts(4)))
    with sent() as statements, unit_of_work():
        problems = bulk.set_parents(actor, {b: a, c: b, a: c, d: NOBODY, NOBODY: a})
    assert problems == {
        a: FieldProblem("parent_id", "parent-loop"),
        d: FieldProblem("parent_id", "unknown-reference"),
        NOBODY: FieldProblem("id", "unknown-reference"),
    }
    assert len(statements) <= 8
    parents = [shown(company.admin, {"id": made})["parent"] for made in (a, b, c, d)]
    assert [parent and parent["id"] for parent in parents] == [None, str(a), str(b), None]
    assert deeds(company.admin, {"id": b})[0] == ("updated", ["parent"])
