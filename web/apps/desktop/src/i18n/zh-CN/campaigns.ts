/** Campaigns: one message to many, from whom it is for to what came of it. */
export default {
  campaignState: { draft: '草稿', scheduled: '待开始', sending: '发送中', paused: '已暂停', finished: '已完成', cancelled: '已取消' },
  campaignStep: { who: '发给谁', what: '发什么', when: '什么时候', check: '检查发送' },
  campaignSort: { '-updated_at': '最近修改', '-created_at': '最近新建', name: '名称' },
  campaignMoment: { now: '马上发', later: '定时发' },
  campaignPacing: { fast: '尽快', minute: '每分钟限量', hour: '每小时限量' },
  campaignGroup: { all: '全部', gone: '已发出', trouble: '没发出去', withheld: '按规则未发', coming: '等待发送' },
  campaigns: {
    title: '群发', noun: '次群发', name: '群发名称', nameHint: '例如：国庆新品通知', nameEmpty: '请填写群发名称', state: '状态', ways: '方式', people: '人数', gone: '已发出', trouble: '没发出去', withheld: '按规则未发', begins: '开始时间', owner: '负责人', purpose: '用途', createdAt: '新建时间', updatedAt: '修改时间',
    create: '新建群发', none: '还没有群发', emptyText: '选好人、写好内容，先看会发给谁、要花多少钱，再发出去。', goneOf: '{of} 人，已发出 {n} 条',
    purposeHint: { marketing: '优惠、活动、新品：只发给同意过的人，短信带退订提示', service: '停机、保养、发货等与客户有关的通知' },
    fromView: '用现有视图', viewOf: { customers: '客户视图', contacts: '联系人视图' },
    choicesEmpty: '请至少选一个消息模板', choicesHint: '短信和邮件可以都加上',
    moment: '开始', momentHint: '不在公司设定的发送时段时，会自动等到可以发的时候', startAt: '开始时间', momentEmpty: '请选择开始时间', pacing: '发送速度', pacingHint: '人多时限一限速度，客服接得住回电', pacePer: { minute: '每分钟最多发几条', hour: '每小时最多发几条' }, lasts: '多少小时内有效', lastsHint: '超过这段时间还没发出的，不再发',
    save: '保存草稿', saved: '已保存“{name}”', saveFirst: '保存后就能看到会发给谁。', next: '下一步', toStep: '去“{step}”修改', start: '开始发送', schedule: '定时发送', loadFailed: '群发没有加载出来', deedFailed: '没有完成',
    removeDraft: '删除草稿', removeNamed: '删除“{name}”？', removeText: '发过的消息仍保留在消息记录里。',
    meant: '符合条件', reached: '能发到', byWay: '{way}', segments: '短信计费条数', cost: '预计费用', noPrice: '短信账号没有填单价', partly: '人数较多，能发到的人数和原因按前 {n} 人估算。', unreached: '发不到的', sameAddress: '号码或邮箱与别人相同', samples: '抽看几位', forecastFailed: '预览没有加载出来', nobody: '没有人符合条件', nobodyText: '把条件放宽一些再看看。',
    startTitle: '开始发送“{name}”？', scheduleTitle: '定时发送“{name}”？', startText: '将发给 {n} 人。发出后不能收回。', startLater: '{at} 开始。', counting: '正在清点人数…', typeCount: '人数较多，请输入 {n} 确认',
    pause: '暂停', resume: '继续发送', cancel: '取消群发', cancelNot: '先不取消', cancelTitle: '取消“{name}”？', cancelText: '还没发出的都不再发，已经发出的收不回来。', copy: '复制', copyName: '{name}（副本）', takeOut: '导出结果',
    willBegin: '{at} 开始发送。', pausedText: '已暂停，没发出的先不发；继续后从停下的地方接着发。', progress: '进度', left: '排队中', outcomes: '各种结果的数量', messages: '条', begun: '实际开始', expires: '最晚发送', ended: '结束时间', paceTold: { fast: '尽快', minute: '每分钟 {n} 条', hour: '每小时 {n} 条' },
    whoGot: '每个人的结果', which: '看哪些', inList: '在消息记录里看', peopleFailed: '名单没有加载出来', nobodyHere: '这里没有人', nobodyHereText: '开始发送后，每个人的结果会显示在这里。',
  },
}
