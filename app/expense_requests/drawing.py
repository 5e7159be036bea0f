"""What claims have drawn on requests, as SQL.

The table of claims stands a floor higher; of it no more is known here than which of them count.
"""

_BOUND = "c.state IN ('submitted', 'approved', 'paid') AND c.deleted_at IS NULL"
_OF_IT = "FROM expense_claims c WHERE c.tenant_id = %(tenant)s AND c.request_id = {of}"


def drawn(of: str, *, but: str = "NULL::uuid") -> str:
    """What claims that were submitted, approved or paid come to.

    :param of: the request's id, as SQL
    :param but: the id of a claim that is left out, as SQL
    """
    return (
        f"(SELECT coalesce(sum(c.amount), 0)::bigint {_OF_IT.format(of=of)} AND {_BOUND} "
        f"AND c.id IS DISTINCT FROM {but})"
    )


def in_approval(of: str) -> str:
    """Whether somebody is still asked about a claim that draws on it."""
    return f"EXISTS (SELECT 1 {_OF_IT.format(of=of)} AND c.state = 'submitted' AND c.deleted_at IS NULL)"


def used_up(of: str) -> str:
    """Whether claims drew on it, and all of them are paid.

    :param of: the request's id, as SQL
    """
    paid = "coalesce(bool_and(c.state = 'paid'), false)"
    return f"(SELECT {paid} {_OF_IT.format(of=of)} AND c.deleted_at IS NULL)"
