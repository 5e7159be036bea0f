/** Letters: what is written to many on paper, and printed for them. */
export default {
  letterPaper: { letter: '信纸', envelope: '信封', labels: '标签' },
  letterForm: { letter: 'A4 信纸', 'envelope-dl': 'DL 信封（220×110）', 'envelope-zl': 'ZL 信封（230×120）', 'envelope-c5': 'C5 信封（229×162）', 'labels-3x8': 'A4 标签纸 3×8（70×37）', 'labels-2x7': 'A4 标签纸 2×7（99×38）' },
  letterPart: { everybody: '群发名单里的所有人', unreached: '群发没送到的人' },
  letterDated: { printed: '打印当天', own: '指定日期' },
  letterSort: { '-updated_at': '最近修改', '-created_at': '最近新建', name: '名称' },
  letterReason: { 'letter-no-address': '客户没有填地址', 'letter-do-not-contact': '对方要求勿扰', 'letter-minor': '对方是未成年人', 'letter-same-customer': '同一客户已有一份', 'letter-value-missing': '信里要用的资料没有填', 'letter-contact-gone': '联系人已删除' },
  letters: {
    title: '信函', noun: '封信函', create: '新建信函', none: '还没有信函', emptyText: '写一封信，给许多人各打印一份，连同信封或地址标签。',
    name: '信函名称', nameHint: '例如：2027 年新春贺信', nameEmpty: '请填写信函名称', printedAt: '最近打印', times: '打印次数', never: '还没打印', owner: '新建人', campaign: '来自群发', createdAt: '新建时间', updatedAt: '修改时间',
    loadFailed: '信函没有加载出来', whom: '写给谁', ofCampaign: '只写给某次群发里的人', ofCampaignHint: '例如短信和邮件都没送到的人，改寄一封信', anyone: '不限', campaignPart: '群发里的哪些人', oneEach: '每个客户只寄一份，寄给首要联系人',
    says: '信的内容', locale: '语言', heading: '标题', headingHint: '例如：致客户的一封信', salutation: '称呼', body: '正文', bodyHint: '感谢一直以来对我们的信任与支持……', bodyEmpty: '请填写正文', signature: '落款', dated: '落款日期', day: '日期', dayEmpty: '请选择日期',
    sender: '寄信人', letterhead: '信纸上方印公司标志和寄信人', senderName: '名称', senderAddress: '地址', senderPostcode: '邮编', senderPhone: '电话', postcodeWrong: '邮编是 6 位数字',
    preview: '预览', previewText: '里面的姓名和地址是示例，打印时换成各人的。', previewAlt: '信函第一页', paper: '纸张',
    save: '保存信函', saved: '已保存“{name}”', copy: '复制', copied: '已复制为“{name}”', copyName: '{name}（副本）', delete: '删除信函', deleteNamed: '删除“{name}”？',
    print: '打印…', printTitle: '打印“{name}”', size: '规格', first: '从第几格开始', firstHint: '一张 {n} 格，用过的可以跳过', boxes: '印邮编框（信封上已有框的不用）', meant: '符合条件', ready: '可以打印', nobody: '没有人符合条件，把条件放宽一些再看看。', leftOut: '不打印的', who: '看是哪些人', whoMore: '最多列出 50 人，打印后可以看到全部。', forecastFailed: '名单没有加载出来', makePdf: '生成 {n} 份 PDF', beginning: '正在开始',
    printed: '打印记录', result: '{n} 份，跳过 {skipped} 人',
  },
}
