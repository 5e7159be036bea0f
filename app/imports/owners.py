"""Whom rows name as responsible."""

from collections.abc import Sequence
from uuid import UUID

from app.core.errors import FieldProblem
from app.imports import colleagues
from app.imports.plan import Plan, Row
from app.spreadsheets.vocabulary import key_of


def settle(plan: Plan, rows: Sequence[Row]) -> None:
    """Look up who the owners are that rows name, with one statement for all rows."""
    decided = plan.decided.get("owner", {})
    named = [row for row in rows if "owner" in row.values]
    words = {row.values["owner"] for row in named}
    people = colleagues.by_word(word for word in words if key_of(word) not in decided)
    for row in named:
        word = row.values["owner"]
        if key_of(word) in decided:
            choice = decided[key_of(word)]
            row.owner_id = UUID(choice) if choice else None
            continue
        found = people.get(word, [])
        if len(found) == 1:
            row.owner_id = found[0]
        else:
            code = "ambiguous-colleague" if found else "unknown-colleague"
            row.problems.append(FieldProblem("owner", code, (("value", word),)))
