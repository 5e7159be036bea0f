"""What was submitted before, frozen whole, and how two versions of a quote differ."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import update

from app.access.actor import Actor
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import NotFound
from app.lists import names
from app.quotes import cards, line_cards, queries
from app.quotes.models import Quote, QuoteVersion
from app.quotes.policies import sees_cost
from tenants import rls
from tenants.context import require_tenant_id

HEADER = (
    "title", "customer", "contact", "valid_until", "currency", "with_tax", "discount", "terms", "remark",
)  # fmt: skip
TOTALS = ("net", "tax", "gross", "cost", "margin", "margin_rate", "off_list", "below_floor")
_OF_LINE = (
    "name", "code", "specification", "unit", "quantity", "unit_price", "discount", "tax_rate", "note",
    "net", "tax", "gross", "below_floor",
)  # fmt: skip
_LIVE = ("can", "editable", "version", "state", "in_approval", "returned", "returned_note")
_COSTS = ("cost", "margin", "margin_rate")
Body = dict[str, Any]


def freeze(quote: Quote) -> None:
    """Keep a quote as it is now, whole, as what was submitted."""
    system = Actor.system(require_tenant_id())
    body = orjson.loads(orjson.dumps(cards.whole_now(system, quote.id)))
    row = {
        "tenant_id": require_tenant_id(),
        "quote_id": quote.id,
        "revision": quote.revision,
        "body": {name: value for name, value in body.items() if name not in _LIVE},
        "submitted_by_id": quote.submitted_by_id,
        "submitted_at": quote.submitted_at,
    }
    insert_many(QuoteVersion, [row])


def conclude(quote: Quote, revision: int, outcome: str, note: str | None = None) -> None:
    """Write down what became of what was submitted."""
    mine = (QuoteVersion.quote_id == quote.id, QuoteVersion.revision == revision)
    ended = update(QuoteVersion).where(*mine).values(outcome=outcome, note=note)
    db.session.execute(ended.execution_options(synchronize_session=False))


def body_of(reader: Actor, quote: Quote, revision: int) -> Body:
    """A version of a quote as its reader may see it; the draft, or what is frozen.

    :raises NotFound: if there is none such
    """
    if revision == quote.revision and quote.is_draft:
        body: Body = orjson.loads(orjson.dumps(cards.whole_now(reader, quote.id)))
    elif (kept := queries.version(quote, revision)) is not None:
        body = shown(reader, kept.body)
    else:
        raise NotFound
    return {name: body[name] for name in ("revision", *HEADER, *TOTALS, "figures", "lines")}


def shown(reader: Actor, kept: Mapping[str, Any]) -> Body:
    """What was frozen, without what its reader may not know."""
    body: Body = {**kept, "lines": [dict(line) for line in kept["lines"]]}
    line_cards.hide(reader, body["lines"])
    hidden = reader.hides("quote")
    body |= {name: None for name in ("contact", "valid_until", "terms", "remark") if name in hidden}
    if "contact_id" in hidden:
        body["contact"] = None
    body["custom"] = {key: value for key, value in body["custom"].items() if key not in hidden}
    return body if sees_cost(reader) else {**body, **dict.fromkeys(_COSTS)}


def differences(before: Body, after: Body) -> dict[str, Any]:
    """What of one version is other in another: fields, totals, and lines that came, went or changed."""
    then, now = (_by_id(body["lines"]) for body in (before, after))
    changed = [
        {"id": line_id, "name": line["name"], "changes": _changes(then[line_id], line, _OF_LINE)}
        for line_id, line in now.items()
        if line_id in then
    ]
    return {
        "header": _changes(before, after, HEADER),
        "totals": _changes(before, after, TOTALS),
        "added": [line for line_id, line in now.items() if line_id not in then],
        "removed": [line for line_id, line in then.items() if line_id not in now],
        "changed": [line for line in changed if line["changes"]],
    }


def _by_id(lines: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {line["id"]: line for line in lines}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], names: Sequence[str]) -> list[Body]:
    return [
        {"field": name, "before": before.get(name), "after": after.get(name)}
        for name in names
        if before.get(name) != after.get(name)
    ]


def listed(reader: Actor, quote: Quote) -> list[Body]:
    """All versions of a quote in brief, the latest first; a draft is the one not submitted yet."""
    kept = queries.versions(quote)
    called = names.directory(
        rls.driver_of(db.session()), reader, {str(one.submitted_by_id) for one in kept if one.submitted_by_id}
    )
    brief = [
        {
            "revision": one.revision,
            "outcome": one.outcome,
            "note": one.note,
            "submitted_by": called.user(str(one.submitted_by_id)) if one.submitted_by_id else None,
            "submitted_at": one.submitted_at,
            "gross": one.body["gross"],
        }
        for one in kept
    ]
    if not quote.is_draft:
        return brief
    gross = {"amount": quote.gross, "currency": quote.currency}
    draft = dict.fromkeys(("outcome", "note", "submitted_by", "submitted_at"))
    return [{**draft, "revision": quote.revision, "gross": gross}, *brief]
