export default {
  customers: {
    noun: 'customers',
    title: 'Customers',
  },
  customerKind: { company: 'Company', person: 'Person' },
  customerType: {
    end_customer: 'End customer',
    channel: 'Channel',
    supplier: 'Supplier',
    competitor: 'Competitor',
    media: 'Media',
    partner: 'Partner',
    other: 'Other',
  },
  customerTier: { platinum: 'Platinum', gold: 'Gold', normal: 'Normal', poor: 'Poor' },
  customerStage: { potential: 'Potential', intent: 'Intent', deal: 'Won', lost: 'Lost' },
}
