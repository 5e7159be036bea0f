"""Each published form as a kind of subject of its own: all that the engine of approvals is told of them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.approvals import drawn
from app.approvals.definitions import Asking
from app.approvals.kinds import Family, Subject, SubjectKind, Turn, register_family
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.fields.readings import Unfit
from app.forms import definitions, facts, filling, queries, telling, values
from app.forms.definitions import Fields, FormField
from app.forms.filling import Filled
from app.forms.models import Form, FormEntry, FormVersion
from app.forms.policies import Standing
from app.forms.states import EntryState, Kind

_NEVER_EDITED = {Kind.FILE, Kind.FORMULA, Kind.NOTE, Kind.TABLE, Kind.USER, Kind.DEPARTMENT, Kind.CUSTOMER}
_SUBMITTABLE = {EntryState.DRAFT, EntryState.RETURNED}


def subject_of(form: Form, entry: FormEntry) -> Subject:
    """An entry as it is submitted."""
    return Subject(
        id=entry.id,
        title=entry.title,
        facts=entry.facts,
        owner_id=entry.owner_id,
        described={"name": form.name, "icon": form.icon, "fields": entry.told},
    )


def kind_of(form: Form, fields: Fields, former: Fields = ()) -> SubjectKind:
    """A form with these fields as a kind of subject.

    :param former: fields that it had before
    """
    inputs = [one for one in fields if one.kind is not Kind.NOTE]
    return SubjectKind(
        word=queries.word_of(form.id),
        name=form.name,
        fields=facts.fields_of(fields),
        former=facts.fields_of(former),
        facts=facts.told_of(fields),
        shown=tuple(one.key for one in inputs),
        submit=lambda actor, entry_id: _submit(actor, form, entry_id),
        look=lambda actor, entry_id: _look(actor, form, entry_id),
        turn=_turn,
        editable={one.key: _reader(one) for one in inputs if one.kind not in _NEVER_EDITED},
        revise=lambda actor, entry_id, changes: _revise(actor, form, entry_id, changes),
        inputs=_inputs,
        # Whoever has got it back corrects it there.
        link=lambda entry_id: f"/form-entries/{entry_id}?correct=1",
        overseen=lambda actor, entry_id: _oversees(actor, form, entry_id),
    )


def _submit(actor: Actor, form: Form, entry_id: UUID) -> Subject:
    entry = queries.own_entry(actor, entry_id)
    if entry.form_id != form.id or entry.state not in _SUBMITTABLE:
        raise NotFound
    return subject_of(form, entry)


def _look(actor: Actor, form: Form, entry_id: UUID) -> Subject:
    entry = queries.entry(actor, entry_id)
    if entry.form_id != form.id:
        raise NotFound
    return subject_of(form, entry)


def _turn(entry_id: UUID, turn: Turn) -> None:
    entry = queries.any_entry(entry_id)
    if entry is not None:
        entry.follow(turn)
        db.session.flush()


def _oversees(actor: Actor, form: Form, _entry_id: UUID) -> bool:
    return Standing(actor).reads(form)


def _reader(one: FormField) -> Callable[[Any, str], Any]:
    def read(value: Any, at: str) -> Any:
        try:
            return values.read(one, value)
        except Unfit as fault:
            raise invalid(at, fault.code, **fault.facts) from None

    return read


def _inputs(entry_id: UUID, names: Collection[str]) -> list[dict[str, Any]]:
    entry = queries.any_entry(entry_id, to_change=False)
    if entry is None:
        return []
    # What its conditions keep off the form is not there to be corrected.
    there = {one["name"] for one in entry.told} & set(names)
    designed = queries.definition_of(entry.form_id, entry.form_version)["fields"]
    return [
        {
            **{name: part for name, part in one.items() if name != "visible"},
            "value": entry.filled.get(one["key"]),
        }
        for one in designed
        if one["key"] in there
    ]


def _revise(actor: Actor, form: Form, entry_id: UUID, changes: Mapping[str, Any]) -> Subject:
    entry = queries.any_entry(entry_id)
    if entry is None:
        raise NotFound
    take(actor, entry, {**entry.filled, **changes})
    return subject_of(form, entry)


def take(by: Actor, entry: FormEntry, sent: Mapping[str, Any]) -> None:
    """Fill an entry in anew, on the version it was made on.

    :raises Invalid: naming every field that cannot be taken
    """
    before = Filled(values=entry.filled, facts=entry.facts, told=entry.told)
    fields = queries.fields_of(entry.form_id, entry.form_version)
    put(queries.form_of(entry), entry, filling.fill(by, fields, sent, before=before))


def put(form: Form, entry: FormEntry, filled: Filled) -> None:
    """Keep what is filled in."""
    entry.filled, entry.facts, entry.told = filled.values, filled.facts, filled.told
    hidden = _hidden(entry)
    entry.title = telling.title(form.name, [one for one in filled.told if one["name"] not in hidden])
    db.session.flush()


def _hidden(entry: FormEntry) -> frozenset[str]:
    """The fields that some step does not show: the title is read at all of them, in mails and by the bell."""
    flow, approval = drawn.in_force(queries.word_of(entry.form_id)), queries.approval_of(entry)
    ways = {(approval.flow_id, approval.flow_version)} if approval else set()
    if flow is not None and flow.published_version is not None:
        ways.add((flow.id, flow.published_version))
    nodes = [place.node for way in ways for place in drawn.definition(*way).places.values()]
    asking = [node for node in nodes if isinstance(node, Asking)]
    return frozenset(name for node in asking for name, right in node.fields.items() if right == "hidden")


def _find(word: str) -> SubjectKind | None:
    family, _, of = word.partition(".")
    try:
        form = queries.of_id(UUID(hex=of)) if family == queries.FAMILY and len(of) == 32 else None
    except ValueError:
        form = None
    if form is None or form.published_version is None:
        return None
    return _with_all_it_had(form, queries.versions(form.id))


def _with_all_it_had(form: Form, versions: Sequence[FormVersion]) -> SubjectKind:
    """A form as a kind, of what was published of it, the latest first."""
    published = [definitions.read(one.definition) for one in versions]
    gone = {one.key: one for fields in reversed(published[1:]) for one in fields}
    return kind_of(form, published[0], tuple(gone.values()))


def _all() -> list[SubjectKind]:
    forms = queries.in_force()
    versions = queries.versions_of([form.id for form in forms])
    return [_with_all_it_had(form, versions[form.id]) for form in forms]


register_family(queries.FAMILY, Family(find=_find, all=_all))
