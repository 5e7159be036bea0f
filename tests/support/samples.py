"""Valid content for any request, from its schema and a small vocabulary of names."""

from collections.abc import Callable
from itertools import count
from typing import Any

from tests.support import authenticators, outreach_samples
from tests.support.client import PASSWORD
from tests.support.operations import Schema, kind, resolved
from tests.support.pictures import signed

MARK = "Tamarind"
"""In every text that a sample writes: whoever is shown it has seen that tenant's rows."""

_numbers = count(1)
_SIGNED = signed()
# A noun in `<noun>_id` that is not the name of its table.
_USERS = (
    "author", "owner", "head", "actor", "sender", "colleague", "creator", "created_by", "done_by",
    "invited_by", "leader",
)  # fmt: skip
_ALIASES = {
    **dict.fromkeys(_USERS, "users"),
    "other": "contacts",
    "origin": "care_rules",
    "master": "customers",
    "twin_of": "message_templates",
    "besides": "customers",
    "ids": "deliveries",
    "image": "attachments",
    "alike": "customers",
    "field": "field_definitions",
    "subject": "handover_requests",
    "submitter": "users",
    "to": "users",
    "layout": "paper_layouts",
    "link": "quote_links",
    "delegate": "users",
    "default_view": "saved_views",
}

# Resources that are about records of another kind; the first choice of their `type`.
_RECORDS_OF = {
    "advance_payouts": "advances",
    "approval_decisions": "approval_seats",
    "bulk_actions": "customers",
    "duplicate_marks": "customers",
    "expense_payment_previews": "expense_claims",
    "expense_payments": "expense_claims",
    "merges": "customers",
}

# Who is given or asked something comes last: whoever has it, and what is on its way already, came first.
_LAST = ("delegate", "subject", "to", "user")

# Where a word of the vocabulary means something else.
_UNLIKE = {
    ("approval-seats", "to"),
    ("paper-layouts", "columns"),
    ("paper-previews", "columns"),
    ("products", "code"),
}

Find = Callable[[str], list[str]]


class CannotPlace(LookupError):
    """A request cannot be made up: the vocabulary lacks a word, or there is no such record."""


class NothingThere(CannotPlace):
    """The table is known, but this company has no record in it."""


def plural(noun: str) -> str:
    """The plural of a noun as tables and paths spell it."""
    return f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"


def table_of(name: str, resource: str, tables: set[str]) -> str:
    """The table that an id in `name` points to, on the path of `resource`.

    :raises CannotPlace: when no table answers to that noun
    """
    noun = name.removesuffix("_ids").removesuffix("_id")
    plain = resource.replace("-", "_")
    guesses = [
        _ALIASES.get(noun, ""),
        # What the path itself is about, where others bear the same noun.
        plain if plain.endswith(f"_{plural(noun)}") else "",
        plural(noun),
        f"{plain.removesuffix('s')}_{plural(noun)}",
    ]
    if noun in {"parent", "record", "id"}:
        guesses = [_RECORDS_OF.get(plain, plain)]
    for guess in guesses:
        for table in sorted(tables):
            if guess and (table == guess or table.endswith(f"_{guess}")):
                return table
    raise CannotPlace(f"{name} (on {resource}): no table for it; say so in tests/support/samples.py")


class Samples:
    """Makes values for schemas; ids come from `find`, which lists a table's ids."""

    def __init__(self, find: Find, tables: set[str], slug: str) -> None:
        self.find, self.tables, self.slug = find, tables, slug
        self.taken: set[str] = set()
        """Ids in the path: what a record points to is not itself."""
        self.version_of: Callable[[str, str], int] = lambda _table, _record: 1
        """Finds the version of a record."""
        self.last = False
        """Which of several choices is taken: the first, or the last."""

    def value(self, schema: Schema, name: str, resource: str, *, full: bool) -> Any:
        """A valid value; `full` fills what is optional, too."""
        schema = resolved(schema)
        if "enum" in schema:
            choices = [choice for choice in schema["enum"] if choice is not None]
            return choices[-1 if self.last else 0]
        if schema.get("format") == "uuid":
            return self.reference(name, resource)
        word = _WORDS_ON.get((resource, name)) or _WORDS.get(name)
        if word is not None and (resource, name) not in _UNLIKE:
            return word(self)
        if kind(schema) == "object":
            return self.body(schema, resource, full=full)
        if kind(schema) == "array":
            wanted = max(schema.get("minItems", 0), 1 if full else 0)
            return [self.value(schema["items"], name, resource, full=full) for _ in range(wanted)]
        return _plain(schema, name)

    def body(self, schema: Schema, resource: str, *, full: bool) -> dict[str, Any]:
        """A valid object."""
        needed = set(schema.get("required", []))
        made = {}
        for name, inner in schema.get("properties", {}).items():
            if (full or name in needed) and not resolved(inner).get("readOnly"):
                try:
                    made[name] = self.value(inner, name, resource, full=full)
                except NothingThere:
                    # The first of its kind cannot point to another.
                    if name in needed:
                        raise
        return made

    def reference(self, name: str, resource: str) -> str:
        """The id of a record that `name` may point to."""
        table = table_of(name, resource, self.tables)
        found = self.find(table)
        if not found:
            raise NothingThere(f"{name} (on {resource}): there is nothing in {table}")
        if name.removesuffix("_ids").removesuffix("_id") in _LAST:
            found = found[::-1]
        return next((record for record in found if record not in self.taken), found[0])


def form_field() -> dict[str, Any]:
    """A field of a form that need not be filled in."""
    return {"key": "f_note", "kind": "text", "label": f"{MARK} 说明"}


def approval_by(user_id: str) -> dict[str, Any]:
    """A node of a flow that waits for somebody, whoever submits."""
    who = [{"by": "people", "ids": [user_id]}]
    return {"id": "first", "type": "approve", "name": f"{MARK} 审批", "who": who, "own": {"then": "ask"}}


def _plain(schema: Schema, name: str) -> Any:
    match kind(schema), schema.get("format"):
        case "string", "date":
            return "2026-03-18"
        case "string", "date-time":
            return "2026-03-18T07:00:00Z"
        case "string", _:
            return f"{MARK} {name} {next(_numbers)}"[: schema.get("maxLength", 1000)]
        case "integer" | "number", _:
            return max(schema.get("minimum", 1), 1)
        case "boolean", _:
            return False
    raise CannotPlace(f"{name}: no sample for {schema}")


_WORDS: dict[str, Callable[[Samples], Any]] = {
    "login": lambda _: f"sample{next(_numbers)}@example.com",
    "email": lambda _: f"sample{next(_numbers)}@example.com",
    "password": lambda _: PASSWORD,
    "code": lambda _: authenticators.code(),
    "current": lambda _: PASSWORD,
    "colour": lambda _: "#2C4FA3",
    "logo": lambda _: None,
    "to": lambda _: [f"sample{next(_numbers)}@example.com"],
    "cc": lambda _: [f"sample{next(_numbers)}@example.com"],
    "number": lambda _: f"138{next(_numbers):08}",
    "url": lambda _: "https://hooks.example.com/guanxi",
    "signature": lambda _: _SIGNED,
    "begins": lambda _: "08:30",
    "break_begins": lambda _: "11:30",
    "break_ends": lambda _: "13:00",
    "ends": lambda _: "17:30",
    "networks": lambda _: ["127.0.0.0/8", "::1"],
    "from_quantity": lambda _: "10",
    "quantity": lambda _: "2.5",
    "website": lambda _: "https://example.com",
    "timezone": lambda _: "Asia/Shanghai",
    "discount": lambda _: {"rate": 500},
    "valid_until": lambda _: "2099-12-31",
    "founding_day": lambda _: "03-08",
    "lines": lambda samples: [
        {"product_id": (samples.find("products") * 2)[1], "quantity": "2", "unit_price": 900}
    ],
    "permissions": lambda _: {"customer:read": "own"},
    "tenant": lambda samples: samples.slug,
    "year": lambda _: 1988,
    "repeat": lambda _: {"every": "week", "weekdays": ["mo", "th"]},
    "field_names": lambda _: ["name"],
    "filter": lambda _: {"and": []},
    "expression": lambda _: f'"{MARK}"',
    "sheet": lambda _: "名单",
    "sort": lambda _: "-updated_at",
    "columns": lambda _: {"0": "name"},
    "record_ids": lambda samples: samples.find("customers")[:1],
    "alike_ids": lambda samples: samples.find("customers")[:2],
    "records": lambda samples: [
        {"id": one, "version": samples.version_of("customers", one)} for one in samples.find("customers")[:2]
    ],
    "choices": lambda _: {},
    "changes": lambda _: {"remark": f"{MARK} {next(_numbers)}"},
    "custom": lambda _: {},
    "attachment_ids": lambda _: [],
    "settings": lambda _: {},
    "rules": lambda _: {},
    "rights": lambda _: {},
    "default": lambda _: None,
    "key": lambda _: f"c_sample_{next(_numbers)}",
    "kind": lambda _: "customer-transfer",
    "definition": lambda samples: {"nodes": [approval_by(samples.find("users")[0])]},
    "chosen": lambda _: {},
    "starts_at": lambda _: "2089-01-01T00:00:00Z",
    "ends_at": lambda _: "2090-01-01T00:00:00Z",
    "kinds": lambda _: [],
    "facts": lambda _: {},
    "seats": lambda samples: [
        {"id": one, "version": samples.version_of("approval_seats", one)}
        for one in samples.find("approval_seats")[:2]
    ],
    "sections": lambda _: [{"title": MARK, "fields": ["name"]}],
}


# Words that mean something else on one resource.
def _calm() -> dict[str, Any]:
    hours = {"begins": "09:00", "ends": "18:00", "weekdays": [1, 2, 3]}
    caps = {"per_day": 1, "per_week": 2, "per_month": 3}
    return {"purpose": "care", "needs_consent": True, **hours, **caps}


_WORDS_ON: dict[tuple[str, str], Callable[[Samples], Any]] = {
    **outreach_samples.WORDS_ON,
    ("forms", "definition"): lambda _: {"fields": [form_field()]},
    ("request-forms", "number"): lambda _: 1,
    ("request-forms", "values"): lambda _: {"f_note": MARK},
    ("form-entries", "values"): lambda _: {"f_note": MARK},
    ("expense-claims", "lines"): lambda samples: [
        {**_allowance(samples), "customer_id": samples.reference("customer_id", "expense-claims")},
        {**_allowance(samples), "quote_id": samples.reference("quote_id", "expense-claims")},
    ],
    ("expense-claims", "request_id"): lambda _: None,  # Only one that was granted can be drawn on.
    ("budget-trials", "lines"): lambda samples: [{"on": "2026-03-18", **_planned(samples)}],
    ("expense-requests", "lines"): lambda samples: [{**_planned(samples), "description": MARK}],
    ("suppressions", "addresses"): lambda _: [f"1390013{next(_numbers):04}"],
    ("suppressions", "address"): lambda _: "13900130001",
    ("calm-policy", "rules"): lambda _: [_calm()],  # Contradictions are refused.
    ("advance-payouts", "advances"): lambda samples: [
        {"id": one, "version": samples.version_of("advances", one)} for one in samples.find("advances")[:1]
    ],
    ("advances", "due_on"): lambda _: "2099-12-31",
    ("service-records", "next_due_on"): lambda _: "2099-12-31",
    ("expense-payment-previews", "claims"): lambda samples: [
        {"id": one, "write_off": None} for one in samples.find("expense_claims")[:1]
    ],
    ("expense-payments", "claims"): lambda samples: [
        {"id": one, "version": samples.version_of("expense_claims", one)}
        for one in samples.find("expense_claims")[:1]
    ],
}


def _planned(samples: Samples) -> dict[str, Any]:
    """Something of a kind that needs no receipt."""
    return {"kind_id": samples.find("expense_kinds")[3], "amount": 900}


def _allowance(samples: Samples) -> dict[str, Any]:
    """The same, spent."""
    return {**_planned(samples), "spent_on": "2026-03-18", "description": MARK}
