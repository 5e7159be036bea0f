"""English, about templates of messages."""

TEMPLATES: dict[str, str] = {
    "template-unknown-variable": "There is no variable “{variable}”; choose one from the menu",
    "template-broken-variable": "The braces of a variable are not complete: {near}",
    "template-empty-fallback": "Write a fall-back behind the bar of {variable}, or leave the bar out",
    "template-long-fallback": "The fall-back of {variable} can have {max} characters",
    "template-two-fallbacks": "{variable} stands there more than once: its fall-backs must be the same",
    "template-link-variable": "There can be no variable in the address of a link",
    "template-unknown-picture": "The text shows a picture that is no file of this template: insert it anew",
    "template-line-break": "A text message cannot have line breaks",
    "template-unsendable": "{character} cannot be sent: carriers refuse emoji, 【】 and braces",
    "template-link": "Carriers often stop messages with addresses. Tick “contains links” if you need one",
    "template-purpose-fixed": "The purpose of a template that was active cannot change; copy it",
    "too-many-message-templates": "There are too many templates; delete some first",
    "message-template-used": "Messages may have been written with this template: it can only be archived",
    "message-template-no-draft": "What was active cannot become a draft again; archive it",
    "template-not-mail": "Only mail can be tried out",
    "no-own-address": "Your account has no e-mail address, so that nothing can be sent to you",
}
