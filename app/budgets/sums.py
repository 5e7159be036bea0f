"""What is used and reserved of budgets, as SQL: always reckoned from what was bound, never stored.

A claim on a request draws on what the request reserved. Of each request a budget therefore counts what its
covered lines asked for, less what the covered lines of claims on it have drawn, and never less than nothing:
per request in total and per budget, however the kinds of both are mixed. Claims count whole, beside that.
What a claim draws outside of a budget leaves the reservation there, until the request is closed.
"""

_BELOW = (
    "(WITH RECURSIVE below AS (SELECT {b}.department_id AS id UNION ALL SELECT d.id FROM departments d "
    "JOIN below ON d.parent_id = below.id WHERE d.tenant_id = %(tenant)s) SELECT below.id FROM below)"
)
_OF_REQUEST = "o.source_id IS NOT DISTINCT FROM o.request_id"


def covered(b: str, o: str) -> str:
    """Whether a budget covers an outlay of the same tenant, by their aliases."""
    return (
        f"{o}.currency = {b}.currency "
        f"AND {o}.spent_on BETWEEN {b}.first_day AND {b}.last_day "
        f"AND ({b}.kind_id IS NULL OR {o}.kind_id = {b}.kind_id) "
        f"AND ({b}.department_id IS NULL OR {o}.department_id IN {_BELOW.format(b=b)})"
    )


def of(b: str, *, but: str = "") -> str:
    """A table of one row with what is `used` and `reserved` of a budget.

    :param b: the budget's alias
    :param but: the id of a record that is left out, as SQL
    """
    left_out = f" AND o.source_id <> {but}" if but else ""
    return (
        "(SELECT coalesce(sum(c.used), 0)::bigint AS used, coalesce(sum(c.reserved "
        "+ greatest(0, c.asked - c.used - c.reserved)), 0)::bigint AS reserved FROM (SELECT "
        "coalesce(sum(o.amount) FILTER (WHERE o.state = 'used'), 0) AS used, "
        f"coalesce(sum(o.amount) FILTER (WHERE o.state = 'reserved' AND NOT {_OF_REQUEST}), 0) AS reserved, "
        f"coalesce(sum(o.amount) FILTER (WHERE {_OF_REQUEST}), 0) AS asked "
        f"FROM budget_outlays o WHERE o.tenant_id = %(tenant)s AND {covered(b, 'o')}{left_out} "
        "GROUP BY o.request_id) c)"
    )


def spent(b: str) -> str:
    """What is used and reserved of a budget together."""
    return f"(SELECT s.used + s.reserved FROM {of(b)} s)"


def by_month(b: str) -> str:
    """Rows of a month, and what of a budget is used and reserved in it; a request counts in its own month."""
    return (
        f"WITH covered AS (SELECT o.*, {_OF_REQUEST} AS of_request "
        f"FROM budgets {b} JOIN budget_outlays o ON o.tenant_id = %(tenant)s AND {covered(b, 'o')} "
        f"WHERE {b}.tenant_id = %(tenant)s AND {b}.id = %(id)s), "
        "rest AS (SELECT min(c.spent_on) FILTER (WHERE c.of_request) AS spent_on, greatest(0, "
        "coalesce(sum(c.amount) FILTER (WHERE c.of_request), 0) "
        "- coalesce(sum(c.amount) FILTER (WHERE NOT c.of_request), 0)) AS amount "
        "FROM covered c WHERE c.request_id IS NOT NULL GROUP BY c.request_id) "
        "SELECT to_char(m.spent_on, 'YYYY-MM'), sum(m.used)::bigint, sum(m.reserved)::bigint FROM ("
        "SELECT c.spent_on, CASE c.state WHEN 'used' THEN c.amount ELSE 0 END AS used, "
        "CASE c.state WHEN 'used' THEN 0 ELSE c.amount END AS reserved FROM covered c WHERE NOT c.of_request "
        "UNION ALL SELECT r.spent_on, 0, r.amount FROM rest r WHERE r.amount > 0"
        ") m GROUP BY 1 ORDER BY 1"
    )
