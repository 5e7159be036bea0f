"""Where what hangs on records of any kind is found."""

RECORD = (
    "/records/<any(customer, contact, activity, task, product, quote, asset, 'service-record', approval, "
    "'expense-claim', 'expense-request', advance, 'message-template'):type>/<uuid:record_id>"
)
"""One path for all kinds of records; a further kind is one more word."""
