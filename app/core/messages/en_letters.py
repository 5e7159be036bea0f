"""English, about letters."""

LETTERS = {
    "too-many-letters": "There are too many letters: 500 at most; delete those you do not need",
    "letter-too-many": "At most {max} are printed at once; narrow the conditions and print in parts",
    "letter-address-hidden": "You may not read customers' addresses, and so print no letters",
    "letter-nobody": "Nobody meets the conditions",
    "letter-no-such-label": "A sheet of these labels has only {max}",
    "letter-variable-of-record": "A letter has no record that the variable “{variable}” could speak of",
    "letter-not-a-postcode": "A postcode has six digits",
    "letter-no-address": "No address",
    "letter-do-not-contact": "Wants no contact",
    "letter-minor": "A minor",
    "letter-same-customer": "The customer has got one already",
    "letter-value-missing": "Not known: {variables}",
    "letter-contact-gone": "The contact was deleted",
}
