import { answer, ifMatch, type Contact } from '@guanxi/client'
import { api } from '@/api'
import type { CellKind } from '@/components/list/cells'
import { builtInFacts, changesOf, contactRules, valuesOf, type ContactValues } from './contactForm'

/** How the cells of the list of contacts are edited. */
export const contactCells: CellKind<Contact, ContactValues> = {
  fields: { title: 'title', role: 'role', wechat: 'wechat', email: 'email', department_name: 'department_name' },
  chosen: new Set(['role']),
  values: valuesOf,
  changes: changesOf,
  facts: builtInFacts,
  rules: contactRules,
  send: async (id, body, version) => (await answer(api.PATCH('/api/v1/contacts/{id}', { params: { path: { id } }, body, ...ifMatch(version) }))) as Contact,
}
