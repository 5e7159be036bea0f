import { answer, type ExpenseClaim, type Page } from '@guanxi/client'
import { api } from '@/api'
import type { Choosing, Chosen } from '@/pages/approvals/useChoosing'

/** The states a claim can be looked for by; empty for all. */
export const STATES = ['', 'draft', 'submitted', 'approved', 'paid', 'rejected'] as const
export type StateAsked = (typeof STATES)[number]

/** What a list of claims is asked for. */
export interface Asked {
  owner: string
  state: StateAsked
}

/** Asks for the people that the flow lets the submitter choose; nobody where nobody is to be, null if that was put off. */
export async function askWhom({ id, number }: { id: string; number: string }, choosing: Choosing): Promise<Chosen | null> {
  const { choices } = await answer(api.GET('/api/v1/expense-claims/{id}/submission', { params: { path: { id } } }))
  return choosing.ask(number, choices)
}

/** A page of somebody's own claims, the latest first. */
export async function fetchClaims({ owner, state }: Asked, cursor: string | null, signal: AbortSignal): Promise<Page<ExpenseClaim>> {
  const query = { owner_id: owner, ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) }
  return (await answer(api.GET('/api/v1/expense-claims', { params: { query }, signal }))) as Page<ExpenseClaim>
}
