"""What keeps a rule from working: told before it is switched on."""

from collections.abc import Iterator
from itertools import islice

from app.access.actor import Actor
from app.care import audience, foreseeing, planning, sources
from app.care.finding import LISTINGS
from app.care.models import CareRule
from app.care.states import TriggerKind
from app.core.db import db
from app.core.errors import FieldProblem, Invalid
from app.lists import pages
from app.message_templates import queries as templates
from app.outreach import conditions
from app.outreach import foreseeing as outreach
from app.outreach.states import Reason
from tenants import rls

_REASONS = frozenset(Reason)
A_YEAR = 366
TRIED = 50
"""For so many of those whom it would meet it is tried whether a message says all it should."""
_OF_TEXT = {Reason.VALUE_MISSING: "care-value-missing", Reason.NOT_APPROVED: "care-not-approved"}


def problems(reader: Actor, rule: CareRule) -> list[FieldProblem]:
    """Everything that keeps a rule from working, each with its place."""
    found = [*_gone(reader, rule), *_texts(rule)]
    return found or [*_nobody(reader, rule)]


def _gone(actor: Actor, rule: CareRule) -> Iterator[FieldProblem]:
    trigger = rule.waits_for
    if trigger.kind is TriggerKind.DATE and sources.find(actor, trigger.field) is None:
        yield FieldProblem("trigger.field", "care-field-gone")
    record = audience.record_of(trigger, rule.audience["whom"])
    kinds = {"contacts": "contact", "customers": "customer", "records": record}
    system, driver = Actor.system(actor.tenant_id), rls.driver_of(db.session())
    for name, kind in kinds.items():
        if tree := rule.audience.get(name):
            try:
                conditions.where(driver, system, LISTINGS[kind], tree, mark=name)
            except Invalid:
                yield FieldProblem(f"audience.{name}", "care-field-gone")


def _texts(rule: CareRule) -> Iterator[FieldProblem]:
    usable = templates.usable({choice.template_id for step in rule.plan for choice in step.choices})
    for place, step in enumerate(rule.plan):
        for which, choice in enumerate(step.choices):
            template, at = usable.get(choice.template_id), f"steps.{place}.choices.{which}.template_id"
            if template is None:
                yield FieldProblem(at, "care-template-off")
            elif template.way != choice.way:
                yield FieldProblem(at, "care-template-of-other-way")
            elif template.purpose != rule.purpose:
                yield FieldProblem(at, "care-template-of-other-purpose")


def _nobody(actor: Actor, rule: CareRule) -> Iterator[FieldProblem]:
    if rule.by_event:
        if not _any_customer(actor, rule):
            yield FieldProblem("audience", "care-nobody")
        return
    met = list(islice(foreseeing.of_dates(actor, rule, A_YEAR), TRIED))
    if not met:
        yield FieldProblem("audience", "care-nobody")
        return
    foreseen = outreach.foresee(actor, planning.occasions(rule, met))
    said = [_OF_TEXT.get(Reason(one.reason)) if one.reason in _REASONS else None for one in foreseen]
    if said and said[0] and all(said):
        yield FieldProblem("steps", said[0])


def _any_customer(actor: Actor, rule: CareRule) -> bool:
    tree = rule.audience.get("customers")
    if not tree:
        return True
    driver, system = rls.driver_of(db.session()), Actor.system(actor.tenant_id)
    met = conditions.where(driver, system, LISTINGS["customer"], tree, mark="customers")
    statement = (
        "SELECT 1 FROM customers r WHERE r.tenant_id = %(tenant)s AND r.deleted_at IS NULL "
        f"AND {met.sql} LIMIT 1"
    )
    return bool(pages.run(driver, statement, {"tenant": actor.tenant_id, **met.params}, by_value=True))
