"""English, about what customers have and what is done for them."""

SERVICES: dict[str, str] = {
    "warranty-from-nowhere": "Say when the warranty begins, or when it was installed or bought",
    "not-bought-yet": "A purchase cannot lie in the future",
    "not-done-yet": "A service cannot lie in the future",
    "due-before-done": "The next time must be later than the service",
    "asset-of-another-customer": "This asset belongs to another customer",
    "message-cannot-be-sent": "This cannot be sent now: see the preview for the reason",
    "message-on-its-way": "It is being sent or over, and cannot be cancelled",
    "message-not-over": "This message is still on its way or has arrived",
    "template-not-in-use": "A template is not in use or gone",
    "purposes-differ": "All templates must be for the same purpose",
    "too-many-sms-accounts": "At most {max} SMS accounts",
    "template-no-sms": "Only short messages are approved by vendors",
    "sms-not-approved": "This template is not approved at this account yet",
    "key-plain": "Only letters, digits and signs of the keyboard, without spaces",
    "signature-bare": "Write the signature without brackets",
    "callback-unreadable": "This cannot be read",
}
