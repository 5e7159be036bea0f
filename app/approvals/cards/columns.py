"""What a row of a list of approvals brings along, as SQL."""

from collections.abc import Sequence

from app.lists.scopes import Reach

_APPROVAL = (
    "a.id::text", "a.kind", "a.title", "a.state", "a.owner_id::text", "a.department_id::text",
    "a.submitted_at::text", "a.ended_at::text", "a.stuck_since::text", "a.facts::text",
)  # fmt: skip
_OF = "FROM approvals a WHERE a.tenant_id = %(tenant)s AND a.id = r.approval_id"
_AT = (
    "(SELECT string_agg(s.name, '、' ORDER BY s.opened_at, s.id) FROM approval_steps s "
    "WHERE s.tenant_id = %(tenant)s AND s.approval_id = {approval} AND s.state = 'open')"
)
_HOLDERS = (
    "(SELECT array_agg(t.user_id::text ORDER BY t.opened_at, t.id) FROM approval_seats t "
    "WHERE t.tenant_id = %(tenant)s AND t.approval_id = {approval} AND t.state = 'open')"
)
_STEP = (
    "(SELECT ARRAY[s.name, s.due_at::text, s.overdue::text, s.hidden::text] FROM approval_steps s "
    "WHERE s.tenant_id = %(tenant)s AND s.id = r.step_id)"
)
_KEPT = (
    "(SELECT s.hidden::text FROM approval_seats t "
    "JOIN approval_steps s ON s.tenant_id = t.tenant_id AND s.id = t.step_id "
    "WHERE t.tenant_id = %(tenant)s AND t.approval_id = {approval} AND t.opened_at IS NOT NULL "
    "AND (t.user_id = {who} OR t.stands_for_id = {who}) "
    "ORDER BY (t.state = 'open') DESC, t.opened_at DESC LIMIT 1)"
)
"""What the flow keeps from somebody, where they are or were last asked."""


def where(approval: str) -> str:
    """At which steps an approval is, as one text, and who is asked there."""
    return f"{_AT.format(approval=approval)}, {_HOLDERS.format(approval=approval)}"


def joined(own: Sequence[str], approval: str) -> str:
    """Columns of a row and of the approval it is about; the approval's as one array."""
    about = f"(SELECT ARRAY[{', '.join(_APPROVAL)}] {_OF})"
    return ", ".join((*own, about, where(approval)))


OF_SEAT = (
    "r.id::text", "r.version::text", "r.opened_at::text", "r.decided_at::text", "r.state",
    "r.stands_for_id::text", _STEP,
)  # fmt: skip
_MINE = ", ".join(
    (
        "r.id::text",
        f"ARRAY[{', '.join(one.replace('a.', 'r.') for one in _APPROVAL)}]",
        where("r.id"),
    )
)
OF_THE_APPROVAL = "(SELECT a.{column} " + _OF + ")"


_FROM_ME = _KEPT.format(approval="r.approval_id", who="%(me)s")
# Whoever copies it to a colleague cannot tell more than they see.
_FROM_SENDER = _KEPT.format(approval="r.approval_id", who="r.by_id")
_COPY = ("r.id::text", "r.at::text", "r.read_at::text")
OF_COPY = f"{joined(_COPY, 'r.approval_id')}, COALESCE({_FROM_ME}, {_FROM_SENDER})"
"""Of a copy, with what is kept from its reader at the end."""


def of_approval(within: Reach) -> str:
    """Of an approval, with what is kept from its reader: nothing from administrators, nor of one's own."""
    looks = "me" in within.params and not within.shape.startswith("own-")
    return f"{_MINE}, {_KEPT.format(approval='r.id', who='%(me)s') if looks else 'NULL'}"
