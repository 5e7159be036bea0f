/** Letters: what is written to many on paper, and printed for them. */
export default {
  letterPaper: { letter: 'Letter', envelope: 'Envelope', labels: 'Labels' },
  letterForm: { letter: 'Letter, A4', 'envelope-dl': 'Envelope DL (220×110)', 'envelope-zl': 'Envelope ZL (230×120)', 'envelope-c5': 'Envelope C5 (229×162)', 'labels-3x8': 'Labels 3×8 on A4 (70×37)', 'labels-2x7': 'Labels 2×7 on A4 (99×38)' },
  letterPart: { everybody: 'Everybody it meant', unreached: 'Those it did not reach' },
  letterDated: { printed: 'Day of printing', own: 'A day of your choice' },
  letterSort: { '-updated_at': 'Changed last', '-created_at': 'Newest first', name: 'Name' },
  letterReason: { 'letter-no-address': 'The customer has no address', 'letter-do-not-contact': 'Wants no contact', 'letter-minor': 'Is a minor', 'letter-same-customer': 'The customer gets one already', 'letter-value-missing': 'Data that the letter needs is missing', 'letter-contact-gone': 'The contact was deleted' },
  letters: {
    title: 'Letters', noun: 'letters', create: 'New letter', none: 'No letters yet', emptyText: 'Write one letter and print it for many, with envelopes or address labels.',
    name: 'Name of the letter', nameHint: 'For instance: New year 2027', nameEmpty: 'Name the letter', printedAt: 'Last printed', times: 'Printed', never: 'Not printed yet', owner: 'Written by', campaign: 'Campaign', createdAt: 'Created', updatedAt: 'Changed',
    loadFailed: 'The letter could not be loaded', whom: 'Whom it is for', ofCampaign: 'Only for those of a campaign', ofCampaignHint: 'For instance those whom neither text message nor mail has reached', anyone: 'Any', campaignPart: 'Which of them', oneEach: 'One for each customer, to its main contact',
    says: 'What it says', locale: 'Language', heading: 'Heading', headingHint: 'For instance: To our customers', salutation: 'Salutation', body: 'Text', bodyHint: 'Thank you for your trust…', bodyEmpty: 'Write the text', signature: 'Signature', dated: 'Date on it', day: 'Day', dayEmpty: 'Choose a day',
    sender: 'Sender', letterhead: 'Logo and sender at the top of the letter', senderName: 'Name', senderAddress: 'Address', senderPostcode: 'Postcode', senderPhone: 'Phone', postcodeWrong: 'A postcode has six digits',
    preview: 'Preview', previewText: 'Name and address are made up; each letter has those of its reader.', previewAlt: 'First page of the letter', paper: 'Paper',
    save: 'Save letter', saved: 'Saved “{name}”', copy: 'Copy', copied: 'Copied as “{name}”', copyName: '{name} (copy)', delete: 'Delete letter', deleteNamed: 'Delete “{name}”?',
    print: 'Print…', printTitle: 'Print “{name}”', size: 'Size', first: 'Begin on label', firstHint: '{n} on a sheet; leave out those that are used', boxes: 'Print the boxes of the postcode (not needed where the envelope has them)', meant: 'Meet the conditions', ready: 'To be printed', nobody: 'Nobody meets the conditions; widen them.', leftOut: 'Left out', who: 'Who they are', whoMore: 'At most 50 are listed; all of them after printing.', forecastFailed: 'The list could not be loaded', makePdf: 'Make PDF of {n}', beginning: 'Starting',
    printed: 'Printings', result: '{n} printed, {skipped} left out',
  },
}
