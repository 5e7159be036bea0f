"""English, about campaigns."""

CAMPAIGNS = {
    "campaign-begun": "This campaign was started and cannot be changed; make a copy to change",
    "campaign-under-way": "The campaign is under way; cancel it before deleting it",
    "campaign-over": "This campaign is over",
    "campaign-not-sending": "That cannot be done with the campaign as it stands; reload to see",
    "too-many-campaign-drafts": "There are too many drafts: 200 at most; delete those you do not need",
    "campaign-count-unconfirmed": "This campaign is for {count} people; confirm the number to start it",
    "campaign-moment-past": "The moment to begin is past; choose another",
    "campaign-template-off": "The template is not in use",
    "campaign-template-of-other-way": "The template is for another channel",
    "campaign-template-of-other-purpose": "The template is for another purpose than the campaign",
    "campaign-field-gone": "A condition goes by a field that is no more; choose another",
    "campaign-trial-nowhere": "None of these colleagues has a mailbox or number it could go to",
    "campaign-trial-wordless": "None of the templates is in use",
    "followed-link-dead": "This link is no longer good",
    "campaign-nobody": "Nobody meets the conditions",
    "campaign-value-missing": "A variable of the template has no value here; give it a fall-back",
    "campaign-not-approved": "The SMS template has not been approved yet",
}
