"""Which column becomes which field, and what the words in it mean."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.core.errors import FieldProblem, Invalid
from app.imports import colleagues, drafting, matching
from app.imports.migrators import Migrator
from app.imports.models import Import
from app.imports.plan import Plan
from app.imports.records import Record
from app.spreadsheets.registry import ASSET, CONTACT, CUSTOMER, PRODUCT, PURCHASE
from app.spreadsheets.vocabulary import Field, key_of

SKIP, UPDATE, CREATE = "skip", "update", "create"
Fields = Mapping[str, Field]
MOST_VALUES_SHOWN = 200
_LONGEST_WORD = 100
_NAMELESS = {
    CUSTOMER: "name-not-mapped",
    CONTACT: "contact-name-not-mapped",
    PRODUCT: "product-name-not-mapped",
    ASSET: "asset-name-not-mapped",
    PURCHASE: "purchase-name-not-mapped",
}
_CALLED_BY = {ASSET: ("product",), PURCHASE: ("product",)}
"""By what else than a name records are called."""
_LACKING = {"customer": "host-not-mapped", "bought_on": "day-not-mapped"}


def guessed(
    record_type: str, columns: Sequence[Mapping[str, Any]], migrator: Migrator | None = None
) -> dict[str, Any]:
    """The mapping that a fresh upload starts with.

    :param migrator: whose export it is, if that is known
    """
    suggested = {str(column["index"]): column["suggestion"] for column in columns if column["suggestion"]}
    rules = {"match_by": matching.NAME, "on_duplicate": SKIP, "on_missing": CREATE}
    # A kind's own number comes before its name, where the file has it.
    first = matching.WAYS_OF[record_type][0]
    if first == matching.DOCUMENT or set(matching.COLUMNS[first]) & set(suggested.values()):
        rules |= {"match_by": first}
    if matching.ID in suggested.values():
        # Our own file, edited.
        rules |= {"match_by": matching.ID, "on_duplicate": UPDATE}
    words = migrator.words if migrator else {}
    values = {name: dict(meant) for name, meant in words.items() if name in suggested.values()}
    return {"columns": suggested, "values": values, **rules}


def checked(wanted: Import, sent: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """A mapping as sent, if it can be applied to the file.

    :raises Invalid: naming `columns.<index>`, `values.<field>.<word>` or `match_by`
    """
    columns = {index: name for index, name in sent["columns"].items() if name}
    problems = [*_column_problems(wanted, sent["columns"], fields), *_value_problems(sent["values"], fields)]
    problems += lacking(wanted.type, sent, columns.values())
    if problems:
        raise Invalid(*problems)
    rules = {name: sent[name] for name in ("match_by", "on_duplicate", "on_missing")}
    return {"columns": columns, "values": dict(sent["values"]), **rules}


def lacking(record_type: str, decided: Mapping[str, Any], mapped: Collection[str]) -> list[FieldProblem]:
    """What no file can be brought in without: a name for what is made, and what rows are recognised by."""
    problems = []
    makes = decided["on_duplicate"] != UPDATE or decided["on_missing"] != SKIP
    if makes and not {"name", *_CALLED_BY.get(record_type, ())} & set(mapped):
        problems.append(FieldProblem("columns", _NAMELESS[record_type]))
    elif makes and record_type == PRODUCT and "list_price" not in mapped:
        problems.append(FieldProblem("columns", "price-not-mapped"))
    way = decided["match_by"]
    if makes or way != matching.ID:
        needed = drafting.NEEDED_OF.get(record_type, ())
        problems += [FieldProblem("columns", _LACKING[name]) for name in needed if name not in mapped]
    if way not in matching.WAYS_OF[record_type]:
        return [*problems, FieldProblem("match_by", "match-not-mapped")]
    columns = matching.COLUMNS[way]
    if decided["on_duplicate"] != CREATE and columns and not set(columns) & set(mapped):
        # Without a name, that is what is missing.
        problems += (
            [FieldProblem("match_by", "match-not-mapped")] if way != matching.NAME or not makes else []
        )
    return problems


def _column_problems(wanted: Import, columns: Mapping[str, str | None], fields: Fields) -> list[FieldProblem]:
    known = {str(column["index"]) for column in wanted.columns}
    problems, used = [], set()
    for index, name in columns.items():
        place = f"columns.{index}"
        if index not in known:
            problems.append(FieldProblem(place, "unknown-column"))
        elif name and name not in fields:
            problems.append(FieldProblem(place, "unknown-import-field"))
        elif name in used:
            problems.append(FieldProblem(place, "mapped-twice"))
        elif name:
            used.add(name)
    return problems


def _value_problems(values: Mapping[str, Mapping[str, str | None]], fields: Fields) -> list[FieldProblem]:
    problems = []
    for name, words in values.items():
        field = fields.get(name)
        if field is None or field.kind not in {"choice", "colleague"}:
            problems.append(FieldProblem(f"values.{name}", "unknown-import-field"))
            continue
        if field.kind == "colleague":
            allowed = colleagues.active(_ids(words.values()))
        else:
            allowed = {choice.value for choice in field.choices}
        problems += [
            FieldProblem(f"values.{name}.{word}", "unknown-reference")
            for word, choice in words.items()
            if choice is not None and choice not in allowed
        ]
    return problems


def _ids(sent: Any) -> list[UUID]:
    ids = []
    for text in sent:
        try:
            ids.append(UUID(text))
        except (TypeError, ValueError):
            continue
    return ids


def unmapped(plan: Plan, rows: Iterable[Record]) -> dict[str, list[dict[str, Any]]]:
    """The words in some rows that mean nothing yet, the most frequent first, with what they may mean."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for record in rows:
        for name, text in plan.words(record):
            seen[name][text[:_LONGEST_WORD]] += 1
    people = colleagues.by_word(seen.get("owner", ()))
    result = {}
    for name, counted in seen.items():
        open_words = [
            {"value": word, "count": count, "suggestion": plan.field(name).likely_words.get(key_of(word))}
            for word, count in counted.most_common()
            if not _means_something(plan, name, word, people)
        ]
        if open_words:
            result[name] = open_words[:MOST_VALUES_SHOWN]
    return result


def _means_something(plan: Plan, name: str, word: str, people: Mapping[str, list[UUID]]) -> bool:
    if key_of(word) in plan.decided[name]:
        return True
    if plan.field(name).kind == "colleague":
        return len(people.get(word, ())) == 1
    return key_of(word) in plan.field(name).sure_words
