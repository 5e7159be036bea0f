"""How often customers buy: the middle of the gaps between the days on which they did, as SQL."""

FEWEST_DAYS = 3
"""On fewer days than so many nothing can be learnt about how often."""
_EVERYTHING = "''::text"


def what(row: str) -> str:
    """SQL: what is bought with a purchase, as one tells it from other things: its product, or its name."""
    return f"coalesce({row}.product_id::text, lower({row}.name))"


def latest(*, by_product: bool, within: str = "true") -> str:
    """What customers have bought last, or of each product last: purchases, as a table in parentheses.

    Beside their columns they have `times`, `days` from one to the next, and `next_on`; the last two are null
    where that cannot be told. What is of no product of the catalogue is known by its name; several purchases
    of a day are one. The statement has a parameter `tenant`.

    :param within: which purchases count, over `r`
    """
    split = what("r") if by_product else _EVERYTHING
    return " ".join(
        (
            f"(WITH b AS (SELECT r.*, {split} AS what",
            f"FROM purchases r WHERE r.tenant_id = %(tenant)s AND r.deleted_at IS NULL AND {within}),",
            "g AS (SELECT customer_id, what, bought_on",
            "- lag(bought_on) OVER (PARTITION BY customer_id, what ORDER BY bought_on) AS gap",
            "FROM (SELECT DISTINCT customer_id, what, bought_on FROM b) d),",
            "c AS (SELECT customer_id, what,",
            "round((percentile_cont(0.5) WITHIN GROUP (ORDER BY gap))::numeric)::int AS days",
            f"FROM g GROUP BY customer_id, what HAVING count(*) >= {FEWEST_DAYS}),",
            "n AS (SELECT customer_id, what, count(*) AS times FROM b GROUP BY customer_id, what)",
            "SELECT l.*, n.times, c.days, l.bought_on + c.days AS next_on FROM (SELECT DISTINCT ON",
            "(customer_id, what) * FROM b ORDER BY customer_id, what, bought_on DESC, id DESC) l",
            "JOIN n ON n.customer_id = l.customer_id AND n.what = l.what",
            "LEFT JOIN c ON c.customer_id = l.customer_id AND c.what = l.what)",
        )
    )
