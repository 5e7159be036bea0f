/** Customers and contacts. */
export default {
  customers: {
    noun: '客户',
    title: '客户',
  },
  customerKind: { company: '企业', person: '个人' },
  customerType: {
    end_customer: '终端客户',
    channel: '渠道商',
    supplier: '供应商',
    competitor: '竞争对手',
    media: '媒体',
    partner: '合作伙伴',
    other: '其他',
  },
  customerTier: { platinum: '铂金', gold: '黄金', normal: '普通', poor: '低价值' },
  customerStage: { potential: '潜在', intent: '有意向', deal: '已成交', lost: '已流失' },
}
