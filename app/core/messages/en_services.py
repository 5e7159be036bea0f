"""English, about what customers have and what is done for them."""

SERVICES: dict[str, str] = {
    "warranty-from-nowhere": "Say when the warranty begins, or when it was installed or bought",
    "not-done-yet": "A service cannot lie in the future",
    "due-before-done": "The next time must be later than the service",
    "asset-of-another-customer": "This asset belongs to another customer",
}
