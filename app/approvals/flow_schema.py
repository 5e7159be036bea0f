"""The JSON Schema of what administrators draw: what `reading` takes, told to programs that draw flows."""

from typing import Any

from app.approvals.reading import (
    LONGEST_NAME,
    MOST_ARMS,
    MOST_FIELDS,
    MOST_NODES,
    MOST_PEOPLE,
    MOST_RULES,
    UNITS,
)

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID: Schema = {"type": "string", "format": "uuid"}
_KEY: Schema = {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"}
_NAME: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _whole(least: int, most: int, **more: Any) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, **more}


def _words(*words: str, **more: Any) -> Schema:
    return {"enum": list(words), **more}


def _yes(default: bool) -> Schema:  # noqa: FBT001
    return {"type": "boolean", "default": default}


def _object(needed: Schema, **optional: Any) -> Schema:
    return {
        "type": "object",
        "properties": {**needed, **optional},
        "required": list(needed),
        "additionalProperties": False,
    }


def _tagged(member: str, word: str, needed: Schema | None = None, **optional: Any) -> Schema:
    return _object({member: {"const": word}, **(needed or {})}, **optional)


def _people(least: int) -> Schema:
    return {"type": "array", "items": _ID, "minItems": least, "maxItems": MOST_PEOPLE}


WHO: dict[str, Schema] = {
    "people": _tagged("by", "people", {"ids": _people(1)}),
    "role": _tagged("by", "role", {"id": _ID}, within=_words("company", "department", default="company")),
    "department-head": _tagged("by", "department-head", id=_maybe(_ID)),
    "manager": _tagged("by", "manager", {"level": _whole(1, 10)}),
    "managers": _tagged("by", "managers", {"up_to": _whole(1, 10)}),
    "choice": _tagged(
        "by", "choice", most=_whole(1, 20, default=1), ids=_people(0), role_id=_maybe(_ID),
        department_id=_maybe(_ID),
    ),
    "owner": _tagged("by", "owner"),
    "collaborators": _tagged("by", "collaborators"),
    "earlier": _tagged("by", "earlier", {"node": _KEY}),
    "submitter": _tagged("by", "submitter"),
}  # fmt: skip
_SPAN: Schema = {"amount": _whole(1, 1000), "unit": _words(*UNITS)}
_MAY = _object({}, **dict.fromkeys(("transfer", "add", "send_back", "copy"), _yes(default=True)))
_TIMEOUT = _object(
    {**_SPAN, "then": _words("nothing", "escalate", "transfer", "approve", "reject")},
    remind=_maybe(_object(_SPAN)),
    to={**_maybe(_ID), "description": "With `transfer`, and only then: to whom"},
)


def _fallback(*thens: str) -> Schema:
    plain = _object({"then": _words(*thens)})
    return {"oneOf": [plain, _object({"then": {"const": "person"}, "id": _ID})]}


_ELSEWHERE = _fallback("skip", "superior", "stop")
_ASKING: Schema = {
    "nobody": {**_ELSEWHERE, "description": "When nobody is found; else `stop`"},
    "own": {**_fallback("ask", "skip", "superior", "stop"), "description": "When it is the submitter"},
    "gone": {**_ELSEWHERE, "description": "When somebody has left, or is away with nobody in their place"},
    "comment": _words("optional", "required", default="optional"),
    "signature": _yes(default=False),
    "may": _MAY,
    "resume": _words("replay", "resume", "choose", default="choose"),
    "timeout": _maybe(_TIMEOUT),
    "fields": {
        "type": "object",
        "additionalProperties": _words("hidden", "read", "edit"),
        "maxProperties": MOST_FIELDS,
        "description": "By field of the subject, what those who are asked may do with it; else `read`",
    },
}
_APPROVING: Schema = {
    "mode": _words("any", "all", "share", "sequence", default="any"),
    "share": _whole(1, 100, default=100, description="Per cent who must agree, with the mode `share`"),
    "rejects": _words("first", "decided", default="first"),
    "on_reject": {"anyOf": [_words("end", "submitter"), _object({"node": _KEY})], "default": "end"},
    "again": _words("ask", "skip", default="skip"),
}
_WHO_ALL: Schema = {"type": "array", "items": _ref("who"), "minItems": 1, "maxItems": MOST_RULES}
_SEQUENCE: Schema = {"type": "array", "items": _ref("node"), "maxItems": MOST_NODES}


def _node(word: str, needed: Schema | None = None, **optional: Any) -> Schema:
    return _tagged("type", word, {"id": _KEY, "name": _NAME, **(needed or {})}, **optional)


def _arms(**more: Any) -> Schema:
    arm = _object({"id": _KEY, "name": _NAME, "nodes": _SEQUENCE}, **more)
    return {"type": "array", "items": arm, "minItems": 2, "maxItems": MOST_ARMS}


_WHEN: Schema = {"description": "A condition, see `filter`; the last way has none", **_maybe(_ref("filter"))}
NODES: dict[str, Schema] = {
    "approve": _node("approve", {"who": _WHO_ALL}, **_ASKING, **_APPROVING),
    "handle": _node(
        "handle", {"who": _WHO_ALL}, **_ASKING, mode=_words("any", "all", "sequence", default="any")
    ),
    "copy": _node("copy", {"who": _WHO_ALL}),
    "branch": _node("branch", {"arms": _arms(when=_WHEN)}),
    "parallel": _node("parallel", {"arms": _arms()}),
    "end": _node("end", {"outcome": _words("granted", "rejected")}),
}
_PARTS: Schema = {"type": "array", "items": _ref("filter")}
_FILTER: Schema = {
    "description": "A test of a field (see `/api/v1/approval-kinds`), or tests joined",
    "anyOf": [
        _object({"and": _PARTS}),
        _object({"or": _PARTS}),
        _object(
            {"field": {"type": "string"}, "value": {}},
            op=_words("eq", "ne", "in", "nin", "gt", "gte", "lt", "lte", "contains", "empty", default="eq"),
        ),
    ],
}
SCHEMA: Schema = {
    "$schema": DIALECT,
    "$id": "/api/v1/approval-flow-schema",
    "title": "Approval flow",
    "description": "A tree of sequences; at the end of the first what was asked for is granted",
    **_object({"nodes": _SEQUENCE}, withdraw=_words("always", "undecided", "never", default="always")),
    "$defs": {
        "node": {"oneOf": list(NODES.values())},
        "who": {"oneOf": list(WHO.values())},
        "filter": _FILTER,
    },
}
