"""Who may be the same: contacts recognised by a number, an address, or the name at the same customer."""

from collections.abc import Sequence
from uuid import UUID

from app.access.actor import Actor
from app.contacts.policies import READING
from app.contacts.queries import reach_of
from app.core.search import tail_needle
from app.customers.duplicates import EMAIL, NOBODY, PHONE, Key, Likeness, Traits, look_up, number_of
from app.lists.models import CONTACT
from app.lists.scopes import Reach

_SAID_OF_UNSEEN = {PHONE}
_FIELDS = {PHONE: "phones", EMAIL: "email"}
_MOST_OF_EACH = 10
_CANDIDATES = 200


def likely_duplicates(
    reader: Actor, rows: Sequence[Traits], *, besides: UUID | None = None
) -> list[list[Likeness]]:
    """For each row, in order, the contacts that may be the same; one statement, however many.

    :param besides: a contact that is not meant
    """
    keys = [_keys(reader, row) for row in rows]
    reach = reach_of(reader) if all(map(reader.may, READING)) else NOBODY
    params = {
        "tenant": reader.tenant_id,
        "tails": [tail_needle(text) for row in keys for _, text in row],
        "besides": besides,
        **reach.params,
    }
    return look_up(keys, _text(reach), params, said_of_unseen=_SAID_OF_UNSEEN)


def _keys(reader: Actor, row: Traits) -> list[Key]:
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
