"""English, about care rules and the plans that people are in."""

CARE: dict[str, str] = {
    "too-many-care-rules": "There are too many care rules: 100 at most",
    "care-run-over": "This plan is over",
    "care-step-settled": "This step is done or was skipped",
    "only-every-year": "This day has no year; the rule can only come round every year",
    "not-for-this-trigger": "This does not go with what the rule waits for",
    "step-does-nothing": "A step sends a message, sets a task, or both",
    "unknown-variable": "There is no variable “{name}”",
    "care-field-gone": "It goes by a field that is no more; choose another",
    "care-template-off": "The template is not in use",
    "care-template-of-other-way": "The template is for another channel",
    "care-template-of-other-purpose": "The template is for another purpose than the rule",
    "care-nobody": "Nobody would get anything within a year; look at the trigger and the audience",
    "care-value-missing": "A variable of the template has no value here; give it a fall-back",
    "care-not-approved": "The SMS template has not been approved yet; switch the rule on once it is",
}
