/** Notifications, jobs, and the mailbox of a development installation. */
export default {
  notices: {
    title: '通知',
    noun: '通知',
    all: '查看全部通知',
    readAll: '全部标为已读',
    none: '没有新的通知',
    unread: '未读',
    unreadOnly: '未读',
    everything: '全部',
    emptyTitle: '还没有通知',
    emptyText: '导入完成、客户转给你等消息会出现在这里。',
    emptyUnread: '没有未读通知',
  },
}
