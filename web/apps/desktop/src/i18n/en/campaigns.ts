/** Campaigns: one message to many, from whom it is for to what came of it. */
export default {
  campaignState: { draft: 'Draft', scheduled: 'Scheduled', sending: 'Sending', paused: 'Paused', finished: 'Finished', cancelled: 'Cancelled' },
  campaignStep: { who: 'Who', what: 'What', when: 'When', check: 'Check and send' },
  campaignSort: { '-updated_at': 'Last changed', '-created_at': 'Newest', name: 'Name' },
  campaignMoment: { now: 'Now', later: 'Later' },
  campaignPacing: { fast: 'As fast as possible', minute: 'So many a minute', hour: 'So many an hour' },
  campaignGroup: { all: 'All', gone: 'Sent', trouble: 'Not sent', withheld: 'Withheld by rules', coming: 'Waiting' },
  campaigns: {
    title: 'Campaigns', noun: 'campaigns', name: 'Name', nameHint: 'For example: New products in October', nameEmpty: 'Give the campaign a name', state: 'State', ways: 'Ways', people: 'People', gone: 'Sent', trouble: 'Not sent', withheld: 'Withheld by rules', begins: 'Begins', owner: 'Owner', purpose: 'Purpose', createdAt: 'Created', updatedAt: 'Changed',
    create: 'New campaign', none: 'No campaigns yet', emptyText: 'Choose the people and the words, see whom it reaches and what it costs, then send.', goneOf: '{of} people, {n} sent',
    purposeHint: { marketing: 'Offers, events, new products: only to people who agreed, with a way to opt out', service: 'Outages, maintenance, deliveries: what customers need to know' },
    fromView: 'Use a view', viewOf: { customers: 'Customers', contacts: 'Contacts' },
    choicesEmpty: 'Choose at least one template', choicesHint: 'You may add both text message and mail',
    moment: 'Begins', momentHint: 'Outside the hours at which your company writes, it waits by itself', startAt: 'Begins at', momentEmpty: 'Choose when it begins', pacing: 'Pace', pacingHint: 'Slow down when many people might call back', pacePer: { minute: 'At most a minute', hour: 'At most an hour' }, lasts: 'Worth sending for (hours)', lastsHint: 'What has not gone out by then is not sent any more',
    save: 'Save draft', saved: 'Saved “{name}”', saveFirst: 'Save to see whom it reaches.', next: 'Next', toStep: 'Mend it in “{step}”', start: 'Start sending', schedule: 'Schedule', loadFailed: 'The campaign could not be loaded', deedFailed: 'That did not work',
    removeDraft: 'Delete draft', removeNamed: 'Delete “{name}”?', removeText: 'Messages that were sent stay in the record.',
    meant: 'Meet the conditions', reached: 'Can be reached', byWay: 'By {way}', segments: 'SMS segments', cost: 'Estimated cost', noPrice: 'The SMS account has no price', partly: 'There are many: whom it reaches is judged by the first {n}.', unreached: 'Not reached', sameAddress: 'Share a number or mailbox', samples: 'Some of them', forecastFailed: 'The preview could not be loaded', nobody: 'Nobody meets the conditions', nobodyText: 'Try with fewer conditions.',
    startTitle: 'Start sending “{name}”?', scheduleTitle: 'Schedule “{name}”?', startText: 'It goes to {n} people. What has gone out cannot be taken back. ', startLater: 'It begins at {at}.', counting: 'Counting…', typeCount: 'These are many. Type {n} to confirm',
    pause: 'Pause', resume: 'Go on', cancel: 'Cancel campaign', cancelNot: 'Keep it', cancelTitle: 'Cancel “{name}”?', cancelText: 'What has not gone out is not sent any more; what has gone out cannot be taken back.', copy: 'Copy', copyName: '{name} (copy)', takeOut: 'Export results',
    willBegin: 'It begins at {at}.', pausedText: 'Paused: nothing more goes out. It goes on from where it stopped.', progress: 'Progress', left: 'Queued', outcomes: 'How many came to which end', messages: 'Messages', begun: 'Began', expires: 'Not later than', ended: 'Ended', paceTold: { fast: 'As fast as possible', minute: '{n} a minute', hour: '{n} an hour' },
    whoGot: 'What came of it for each', which: 'Which ones', inList: 'See in the message record', peopleFailed: 'The people could not be loaded', nobodyHere: 'Nobody here', nobodyHereText: 'Once it is sending, what came of each message is shown here.',
  },
}
