"""What is filled in, as people read it: kept beside it, so that it stays as it was."""

from collections.abc import Mapping
from typing import Any

from app.forms.definitions import FormField
from app.forms.states import Kind

Refs = Mapping[str, Mapping[str, Mapping[str, Any]]]
_POINTED = {Kind.USER: "user", Kind.DEPARTMENT: "department", Kind.CUSTOMER: "customer"}
LONGEST_TITLE = 120


def told(one: FormField, value: Any, refs: Refs, files: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A field as a card shows it: {"name", "label", "kind", "value"}, "text" where its value says little."""
    found: dict[str, Any] = {"name": one.key, "label": one.label, "kind": one.kind, "value": value}
    if unit := one.settings.get("unit"):
        found["unit"] = unit
    if value is None:
        return found
    if one.kind is Kind.FILE:
        found["value"] = [files[file_id] for file_id in value if file_id in files]
    elif one.kind is Kind.TABLE:
        found["columns"] = [_column(column) for column in one.columns]
        found["value"] = {"rows": [_row(one, row) for row in value["rows"]], "sums": value["sums"]}
    elif one.kind in {Kind.CHOICE, Kind.MULTI_CHOICE}:
        found["text"] = _chosen(one, value)
    elif one.kind in _POINTED:
        found["text"] = refs.get(_POINTED[one.kind], {}).get(value, {}).get("name", "…")
    return found


def _column(column: FormField) -> dict[str, Any]:
    return {
        "name": column.key,
        "label": column.label,
        "kind": column.kind,
        "unit": column.settings.get("unit"),
    }


def _row(one: FormField, row: Mapping[str, Any]) -> dict[str, Any]:
    chosen = {column.key: column for column in one.columns if column.kind is Kind.CHOICE}
    return {key: _chosen(chosen[key], value) if key in chosen else value for key, value in row.items()}


def _chosen(one: FormField, value: Any) -> str:
    words = {option["value"]: option["label"] for option in one.settings.get("options", ())}
    return "、".join(str(words.get(word, word)) for word in (value if isinstance(value, list) else [value]))


def title(name: str, items: list[dict[str, Any]]) -> str:
    """What an entry is called: its form, and the first things it says."""
    words = [name]
    for item in items:
        gist = _gist(item)
        if gist and len(words) < 3:
            words.append(gist)
    return " · ".join(words)[:LONGEST_TITLE]


def _gist(item: Mapping[str, Any]) -> str | None:
    value = item["value"]
    if value is None:
        return None
    match item["kind"]:
        case Kind.CHOICE | Kind.CUSTOMER:
            return str(item["text"])
        case Kind.TEXT:
            return str(value)[:40]
        case Kind.DATE:
            return str(value)
        case Kind.DATE_RANGE:
            same = value["from"] == value["to"]
            return str(value["from"]) if same else f"{value['from']} – {value['to']}"
    return None
