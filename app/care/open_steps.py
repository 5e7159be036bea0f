"""Which steps of plans somebody still has to see to: the one condition that lists, counts and cards go by."""

_TOLD = (
    "(s.state = 'under-way' AND s.task_id IS NULL AND EXISTS (SELECT FROM outreach_messages o "
    "WHERE o.tenant_id = s.tenant_id AND o.id = s.message_id AND o.state = 'sent'))"
)
# A vendor that has taken a message may never tell whether it arrived.
OPEN = f"(s.state IN ('waiting', 'under-way', 'failed') AND NOT {_TOLD})"
"""Of steps `s`: still to come, on their way or failed; what the vendor has taken is nobody's task."""
