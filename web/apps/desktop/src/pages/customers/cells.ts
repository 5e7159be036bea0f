import { answer, ifMatch, type Customer } from '@guanxi/client'
import { api } from '@/api'
import type { CellKind } from '@/components/list/cells'
import { builtInFacts, changesOf, customerRules, OF_COMPANIES, valuesOf, type CustomerValues } from './customerForm'

/** How the cells of the list of customers are edited. */
export const customerCells: CellKind<Customer, CustomerValues> = {
  fields: {
    stage: 'stage', tier: 'tier', type: 'type', industry: 'industry', region: 'region', source: 'source', tags: 'tags', parent: 'parent_id',
    employees: 'employees', founding_day: 'founding_day', revenue: 'annual_revenue', email: 'email', address: 'address',
  },
  chosen: new Set(['stage', 'tier', 'type', 'parent_id']),
  suits: (field, { kind }) => kind === 'company' || !OF_COMPANIES.has(field),
  values: valuesOf,
  changes: changesOf,
  facts: builtInFacts,
  rules: customerRules,
  send: async (id, body, version) => (await answer(api.PATCH('/api/v1/customers/{id}', { params: { path: { id } }, body, ...ifMatch(version) }))) as Customer,
}
