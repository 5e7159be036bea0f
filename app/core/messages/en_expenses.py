"""English, about expenses."""

EXPENSES: dict[str, str] = {
    "expense-claim-not-draft": "This claim was submitted and cannot be changed; withdraw it first",
    "expense-claim-not-submitted": "Nobody is asked about this claim",
    "expense-claim-not-approved": "This claim is not approved yet, or has been paid already",
    "expense-claim-not-paid": "This claim has not been paid; there is nothing to reverse",
    "empty-expense-claim": "There is nothing in this claim yet; add an expense before submitting it",
    "expense-kind-archived": "This kind of expense is not used any more; choose another",
    "too-many-expense-limits": "There are too many limits; merge or archive some before adding more",
    "above-limit-per-line": "Above the limit: at most {limit} an expense; this is {over} above",
    "above-limit-per-day": "Above the limit: at most {limit} a day; this is {over} above",
    "above-limit-per-month": "Above the limit: at most {limit} a month; this is {over} above",
    "over-reason-needed": "Above the limit of {limit} by {over}: say why",
    "too-many-expense-kinds": "There are too many kinds of expense; archive some before adding more",
    "tax-above-amount": "The tax cannot be more than the amount",
    "changed-meanwhile": "This has changed since; reload and check it",
    "receipt-needed": "A receipt is needed for “{kind}”: add a photo or a PDF",
    "customer-needed": "A customer is needed for “{kind}”",
    "not-a-receipt": "A receipt is a picture or a PDF",
    "receipt-twice": "This receipt is in this claim already",
    "receipt-claimed": "The receipt “{receipt}” was claimed in {number}; none is claimed twice",
    "receipt-claimed-by-another": "A colleague has claimed the receipt “{receipt}”; none is claimed twice",
}
