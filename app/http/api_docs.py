"""The readable page of the interface: drawn on the server from the OpenAPI document, without a script.

Ours rather than a bundled viewer: the known ones bring megabytes of script, telemetry or a dozen peers for
what is one page of tables, and none of them runs under our content security policy as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Blueprint, Flask, Response, current_app, render_template, request

from app.core.messages import best_locale
from app.http.door import public
from app.http.openapi import specification

pages = Blueprint("api_docs", __name__)
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One field or parameter, as a line of a table."""

    name: str
    kind: str
    required: bool
    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be done."""

    anchor: str
    method: str
    path: str
    summary: str
    signed: bool
    parameters: list[Row]
    body: list[Row]
    answers: list[tuple[str, str, list[Row]]]


@pages.get("/api/docs")
@public("the interface is documented for everyone")
def page() -> Response:
    """The documentation, in the reader's language."""
    locale = request.args.get("lang") or best_locale(request.headers.get("Accept-Language"))
    html = _html(current_app._get_current_object(), "en" if locale == "en" else "zh-CN")  # type: ignore[attr-defined]  # noqa: SLF001
    return Response(html, mimetype="text/html")


@lru_cache(maxsize=4)
def _html(app: Flask, locale: str) -> str:
    spec = specification(app)
    return render_template(
        "api_docs.html",
        locale=locale,
        info=spec["info"],
        groups=_groups(spec),
        # Kept for all readers, so not what the first of them said in their Host header.
        server=f"{app.config['SETTINGS'].public_url}/",
    )


def _groups(spec: dict[str, Any]) -> dict[str, list[Operation]]:
    groups: dict[str, list[Operation]] = {}
    for path, item in sorted(spec["paths"].items()):
        for method in ("get", "post", "put", "patch", "delete"):
            if method in item:
                operation = item[method]
                tag = (operation.get("tags") or ["other"])[0]
                shared = item.get("parameters", [])
                groups.setdefault(tag, []).append(_operation(spec, path, method, operation, shared))
    return groups


def _operation(
    spec: dict[str, Any], path: str, method: str, operation: dict[str, Any], shared: list[Any]
) -> Operation:
    parameters = [_resolve(spec, each) for each in [*shared, *operation.get("parameters", [])]]
    content = _resolve(spec, operation.get("requestBody", {})).get("content", {})
    answers = []
    for status, answer in sorted(operation["responses"].items()):
        resolved = _resolve(spec, answer)
        if status.startswith("2"):
            media: dict[str, Any] = next(iter(resolved.get("content", {}).values()), {})
            answers.append(
                (status, resolved.get("description", ""), list(_fields(spec, media.get("schema", {}))))
            )
    return Operation(
        anchor=f"{method}-{path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        signed=bool(operation.get("security")),
        parameters=[_parameter(spec, each) for each in parameters],
        body=[row for media in content.values() for row in _fields(spec, media.get("schema", {}))],
        answers=answers,
    )


def _resolve(spec: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    reference = node.get("$ref")
    if not reference:
        return node
    found: Any = spec
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def _parameter(spec: dict[str, Any], parameter: dict[str, Any]) -> Row:
    return Row(
        name=parameter["name"],
        kind=f"{parameter['in']} · {_kind(spec, parameter.get('schema', {}))}",
        required=bool(parameter.get("required")),
        text=parameter.get("description", ""),
    )


def _fields(spec: dict[str, Any], schema: dict[str, Any], depth: int = 0) -> Iterator[Row]:
    """The fields of an object, those of its parts indented below them."""
    schema = _shape(spec, schema)
    if schema.get("type") == "array" or "items" in schema:
        yield from _fields(spec, schema["items"], depth)
        return
    if depth > _DEEPEST:
        return
    required = set(schema.get("required", ()))
    for name, part in schema.get("properties", {}).items():
        text = _resolve(spec, part).get("description", "") if "$ref" not in part else ""
        yield Row(name, _kind(spec, part), name in required, text, depth)
        yield from _fields(spec, part, depth + 1)


def _shape(spec: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with references followed and "or nothing" left out."""
    schema = _resolve(spec, schema)
    for key in ("anyOf", "oneOf", "allOf"):
        for option in schema.get(key, ()):
            if option.get("type") != "null":
                return _shape(spec, option)
    return schema


def _kind(spec: dict[str, Any], schema: dict[str, Any]) -> str:
    shape = _shape(spec, schema)
    if shape.get("enum"):
        return " | ".join(str(word) for word in shape["enum"] if word is not None)
    kind = shape.get("type", "object")
    words = [word for word in (kind if isinstance(kind, list) else [kind]) if word != "null"]
    if words == ["array"]:
        return f"{_kind(spec, shape.get('items', {}))}[]"
    detail = shape.get("format") or (f"≤ {shape['maxLength']}" if "maxLength" in shape else "")
    return f"{' | '.join(words)} {detail}".strip()
