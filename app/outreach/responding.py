"""What somebody has done about a message, as tests of SQL: answered it, or asked for no more of the kind."""

HEARD_DAYS = 7
"""For so long after a message an answer or a refusal counts as one to it."""


def _since(moment: str, message: str) -> str:
    released = f"{message}.released_at"
    return f"{moment} > {released} AND {moment} <= {released} + make_interval(days => {HEARD_DAYS})"


def replied(message: str) -> str:
    """Whether somebody answered a text message, other than by opting out.

    :param message: what a row of `outreach_messages` is called in the statement
    """
    return (
        f"({message}.way = 'sms' AND EXISTS (SELECT 1 FROM sms_replies y "  # noqa: S608
        f"WHERE y.tenant_id = {message}.tenant_id AND y.contact_id = {message}.contact_id "
        f"AND NOT y.opts_out AND {_since('y.at', message)}))"
    )


def refused(message: str) -> str:
    """Whether somebody said by themselves that they want no more messages of that purpose, or none at all."""
    return (
        "(EXISTS (SELECT 1 FROM consent_entries e "  # noqa: S608
        f"WHERE e.tenant_id = {message}.tenant_id AND e.contact_id = {message}.contact_id "
        "AND e.source IN ('reply', 'link', 'mail-header') "
        f"AND ((e.about = 'consent' AND NOT e.holds AND e.purpose = {message}.purpose) "
        "OR (e.about = 'do-not-contact' AND e.holds)) "
        f"AND {_since('e.said_at', message)}))"
    )
