"""Who may be the same: contacts recognised by a number, an address, or the name at the same customer."""

from collections.abc import Sequence
from uuid import UUID

from app.access.actor import Actor
from app.contacts.policies import READING
from app.contacts.queries import reach_of
from app.core.db import db
from app.core.phones import TAIL, digits_of
from app.customers.duplicates import EMAIL, PHONE, Likeness, Traits, number_of
from app.lists import pages
from app.lists.models import CONTACT
from app.lists.scopes import Reach
from tenants import rls

_SAID_OF_UNSEEN = {PHONE}
_FIELDS = {PHONE: "phones", EMAIL: "email"}
_MOST_OF_EACH = 10
_CANDIDATES = 200
_NOBODY = Reach("none", (), "false", {})


def likely_duplicates(
    reader: Actor, rows: Sequence[Traits], *, besides: UUID | None = None
) -> list[list[Likeness]]:
    """For each row, in order, the contacts that may be the same; one statement, however many.

    :param besides: a contact that is not meant
    """
    asked = [(i, *key) for i, row in enumerate(rows) for key in _keys(reader, row)]
    found: list[list[Likeness]] = [[] for _ in rows]
    if not asked:
        return found
    reach = reach_of(reader) if all(map(reader.may, READING)) else _NOBODY
    params = {
        "tenant": reader.tenant_id,
        "rows": [row for row, _, _ in asked],
        "ways": [way for _, way, _ in asked],
        "texts": [text for _, _, text in asked],
        "tails": [f";{digits_of(text)[-TAIL:]}" for _, _, text in asked],
        "besides": besides,
        **reach.params,
    }
    for row, way, record_id, name, owner_id, seen in pages.run(
        rls.driver_of(db.session.connection()), _text(reach), params
    ):
        if seen or way in _SAID_OF_UNSEEN:
            found[row].append(Likeness(way, record_id, name if seen else None, owner_id))
    return found


def _keys(reader: Actor, row: Traits) -> list[tuple[str, str]]:
    hidden = reader.hides("contact")
    keys = [(PHONE, number) for text in row.phones if (number := number_of(text))]
    keys += [(EMAIL, row.email.strip())] if row.email.strip() else []
    return [(way, text) for way, text in keys if _FIELDS[way] not in hidden]


def _text(reach: Reach) -> str:
    shown = f"k.row, k.way, r.id, r.name, r.owner_id, {reach.predicate} AS seen"
    live = "r.deleted_at IS NULL AND r.id IS DISTINCT FROM %(besides)s::uuid"
    asked = (
        "unnest(%(rows)s::int[], %(ways)s::text[], %(texts)s::text[], %(tails)s::text[]) "
        "AS k (row, way, text, tail)"
    )
    # The index of searches knows the tails of all numbers; the numbers themselves decide.
    return (
        f"SELECT x.* FROM {asked} CROSS JOIN LATERAL (SELECT {shown} FROM contacts r "
        f"WHERE r.tenant_id = %(tenant)s AND {live} AND r.email_key = lower(k.text) "
        f"LIMIT {_MOST_OF_EACH}) x WHERE k.way = '{EMAIL}' "
        f"UNION ALL SELECT x.* FROM {asked} CROSS JOIN LATERAL (SELECT {shown} "
        f"FROM public.search_candidates('{CONTACT}', ARRAY[k.tail], {_CANDIDATES}) s "
        f"JOIN contacts r ON r.id = s.record_id WHERE r.tenant_id = %(tenant)s AND {live} "
        "AND r.phones @> jsonb_build_array(jsonb_build_object('number', k.text)) "
        f"LIMIT {_MOST_OF_EACH}) x WHERE k.way = '{PHONE}' ORDER BY 1, 2, 3"
    )
