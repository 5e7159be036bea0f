import type { FormWhole } from '@guanxi/client'

/** Whom a form names, by id. */
export interface Holders {
  user_ids: string[]
  role_ids: string[]
  department_ids: string[]
}
export type Access = Record<'start' | 'see' | 'manage', Holders>

export const nobody = (): Holders => ({ user_ids: [], role_ids: [], department_ids: [] })

const idsOf = (some: readonly { id: string }[]): string[] => some.map(({ id }) => id)
const holdersOf = ({ users, roles, departments }: FormWhole['access']['start']): Holders => ({ user_ids: idsOf(users), role_ids: idsOf(roles), department_ids: idsOf(departments) })

/** Whom a form names, as it is changed. */
export const accessOf = ({ access }: FormWhole): Access => ({ start: holdersOf(access.start), see: holdersOf(access.see), manage: holdersOf(access.manage) })
