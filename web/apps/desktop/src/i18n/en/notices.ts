export default {
  notices: {
    title: 'Notifications',
    noun: 'notifications',
    all: 'View all notifications',
    readAll: 'Mark all as read',
    none: 'Nothing new',
    unread: 'unread',
    unreadOnly: 'Unread',
    everything: 'All',
    emptyTitle: 'No notifications yet',
    emptyText: 'Finished imports, customers passed to you and the like appear here.',
    emptyUnread: 'Nothing unread',
  },
}
