"""English."""

from app.messaging.texts.wording import BellText, MailText

BELLS: dict[str, BellText] = {
    "approval-asked": BellText("{by} asks you to approve: {title}"),
    "approval-reminder": BellText("{by} reminds you to approve: {title}"),
    "approval-copied": BellText("{by} copied an approval to you: {title}"),
    "approval-granted": BellText("Approved: {title}", "{by} {comment}"),
    "approval-rejected": BellText("Rejected: {title}", "{by}: {comment}"),
    "approval-returned": BellText("Sent back to you: {title}", "{by}: {comment}"),
    "approval-stuck": BellText(
        "An approval is stuck: {title}", "Nobody can decide what {by} has submitted. Say who does."
    ),
    "trial-ending": BellText(
        "Days left of the trial: {days}",
        "After that everything can be read and nothing changed; no data is lost. Subscribe to go on.",
    ),
    "trial-ended": BellText(
        "The trial is over", "Everything can be read, nothing changed. No data is lost: subscribe to go on."
    ),
    "tasks-given": BellText("{by} has given you {count} tasks", "One of them: {title}"),
    "quote-rejected": BellText("A quote was rejected: {quote}"),
    "quote-sent-back": BellText("A quote was sent back to be corrected: {quote}"),
    "quote-opened": BellText("The customer has opened the quote: {quote}", "{by}"),
    "quote-accepted": BellText("The customer accepts the quote: {quote}", "{by} {note}"),
    "quote-declined": BellText("The customer declines the quote: {quote}", "{by} {note}"),
    "quote-expired": BellText("A quote has expired: {quote}"),
    "expense-claim-paid": BellText("An expense claim was paid: {claim}"),
    "advance-paid": BellText("An advance was paid out: {advance}"),
    "advance-overdue": BellText("An advance is overdue; claim against it or return it: {advance}"),
    "task-given": BellText("{by} has given you a task: {title}"),
    "mentioned": BellText("{by} mentioned you in a comment on “{record}”", "{text}"),
    "annotated": BellText("{by} annotated a follow-up: {record}", "{text}"),
    "task-due": BellText("Reminder: {title}", "Due {due}"),
    "sms-failed": BellText(
        "A short message was not delivered",
        "“{subject}” to {to} could not be sent; see SMS accounts for the reason.",
    ),
    "sms-uncertain": BellText(
        "A short message may not have arrived",
        "The vendor did not answer for “{subject}” to {to}; it was not sent again, lest it come twice.",
    ),
    "contact-answered": BellText("{name} answered a short message", "{text}"),
    "contact-opted-out": BellText(
        "{name} wants no more short messages", "Their answer: {text}. Nothing more is sent to this number."
    ),
    "limit-sms-near": BellText("This month's text messages are nearly used up", "{used} of {limit}."),
    "limit-sms-reached": BellText(
        "This month's text messages are used up",
        "{used} of {limit}. The others wait for next month, or go on as soon as the limit is raised.",
    ),
    "limit-mail-near": BellText("This month's e-mails are nearly used up", "{used} of {limit}."),
    "limit-mail-reached": BellText(
        "This month's e-mails are used up",
        "{used} of {limit}. The others wait for next month, or go on as soon as the limit is raised.",
    ),
    "mail-failed": BellText(
        "A mail was not delivered", "“{subject}” to {to} was returned; check the address and send it again."
    ),
    "mail-uncertain": BellText(
        "A mail may not have been delivered",
        "The connection broke while “{subject}” was sent to {to}. So that nobody gets it twice, "
        "it was not sent again.",
    ),
    "import-finished": BellText(
        "Import finished: {filename}", "{succeeded} rows imported, {failed} failed, {skipped} skipped."
    ),
    "import-undone": BellText(
        "Import undone: {filename}",
        "{succeeded} rows undone, {skipped} left as they are, {failed} could not be undone.",
    ),
    "import-undo-stopped": BellText(
        "Undo not finished: {filename}", "{succeeded} rows undone; the rest can be undone again."
    ),
    "import-failed": BellText(
        "Import did not finish: {filename}",
        "Rows imported so far are kept; the job page says why it stopped.",
    ),
    "import-cancelled": BellText(
        "Import cancelled: {filename}", "{succeeded} rows had been imported before."
    ),
    "bulk-finished": BellText(
        "{title}: done", "{succeeded} done, {failed} refused, {skipped} needed no change."
    ),
    "bulk-failed": BellText(
        "{title}: not finished", "{succeeded} done, {failed} refused, {skipped} needed no change."
    ),
    "bulk-cancelled": BellText("{title}: stopped", "{succeeded} done before it was stopped."),
    "owner-wanted": BellText(
        "{by} would like to talk about {record}", "They were about to enter the same, which is yours."
    ),
    "export-finished": BellText(
        "Export finished: {filename}", "{succeeded} rows; the file can be downloaded for 7 days."
    ),
    "export-failed": BellText("Export did not finish: {filename}", "The job page says why it stopped."),
    "export-cancelled": BellText("Export cancelled: {filename}"),
    "letters-finished": BellText(
        "Ready to print: {filename}",
        "For {succeeded} people; {skipped} were left out, and the job page says why. It is kept for 7 days.",
    ),
    "letters-failed": BellText("Not made: {filename}", "The job page says why it stopped."),
    "letters-cancelled": BellText("Cancelled: {filename}"),
    "customer-transferred": BellText("{by} transferred the customer {customer} to you"),
    "collaborator-added": BellText("{by} asked you to work on the customer {customer}"),
    "new-device": BellText(
        "New device signed in: {device}",
        "{at}, from {ip}. If that was not you, sign the device out and change your password at once.",
    ),
    "webhook-failed": BellText(
        "Webhook “{name}” has missed an event",
        "It was tried for 24 hours. The list of deliveries says why; from there it can be sent again.",
    ),
    "webhook-paused": BellText(
        "Webhook “{name}” was paused",
        "The other side has taken nothing for long. What happens meanwhile is kept, and sent when it "
        "goes on.",
    ),
    "invitation-accepted": BellText("{name} accepted your invitation and has joined"),
}

SOME_BELL = BellText("Notification")

MAILS: dict[str, MailText] = {
    "task-due": MailText(
        "Reminder: {title}",
        (
            "Hello,",
            "“{title}” is due at {due}.",
            "Mails like this one can be turned off in your personal settings.",
        ),
        button="Look at the task",
    ),
    "invitation": MailText(
        "{inviter} invites you to {company}",
        (
            "Hello,",
            "{inviter} invites you to work with {company}. Use the button below to set a password and start.",
            "The link works once, within {days} days. If you do not know who invited you, ignore this mail.",
        ),
        button="Accept the invitation",
        called="Invitation",
    ),
    "password-reset": MailText(
        "Reset your password",
        (
            "Hello {name},",
            "Somebody asked for a new password for your account. Use the button below to choose one.",
            "The link works once, within {minutes} minutes. If it was not you, just ignore this mail.",
        ),
        button="Reset the password",
        called="Reset your password",
    ),
    "second-factor-reset": MailText(
        "Turn two-step sign-in off",
        (
            "Hello {name},",
            "Your administrator asked for your two-step sign-in to be turned off.",
            "Press the button below and give your password; signing in then takes no code any more.",
            "The link works once, within {minutes} minutes. If you did not ask for this, ignore this mail.",
        ),
        button="Turn two-step sign-in off",
        called="Turn two-step sign-in off",
    ),
    "new-device": MailText(
        "Your account signed in on a new device",
        (
            "Hello {name},",
            "On {at} your account signed in on a new device: {device}, from {ip}.",
            "If it was you, ignore this mail. If not, sign the device out and change your password at once.",
        ),
        button="See your devices",
    ),
    "quote": MailText(
        "{subject}",
        ("{text}",),
        button="Read and answer the quote",
        called="Quote",
        footer="Sent for {company} by Guanxi 关系.",
    ),
    "password-changed": MailText(
        "Your password was changed",
        (
            "Hello {name},",
            "The password of your account has just been changed, and your other devices were signed out.",
            "If it was not you, reset the password at once and tell your company's administrator.",
        ),
    ),
}

FOOTER = "This mail was sent by Guanxi 关系; please do not reply to it."
LINK_HINT = "If the button does not work, copy this address into your browser:"
