import { answer, type ExpenseClaim, type Page } from '@guanxi/client'
import { api } from '@/api'

/** The states a claim can be looked for by; empty for all. */
export const STATES = ['', 'draft', 'submitted', 'approved', 'paid', 'rejected'] as const
export type StateAsked = (typeof STATES)[number]

/** What a list of claims is asked for. */
export interface Asked {
  owner: string
  state: StateAsked
}

/** A page of somebody's own claims, the latest first. */
export async function fetchClaims({ owner, state }: Asked, cursor: string | null, signal: AbortSignal): Promise<Page<ExpenseClaim>> {
  const query = { owner_id: owner, ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) }
  return (await answer(api.GET('/api/v1/expense-claims', { params: { query }, signal }))) as Page<ExpenseClaim>
}
