import { answer, ifMatch, newKey, once } from '@guanxi/client'
import { api } from '@/api'
import { filled } from './making'
import type { Definition } from './model'

/** A flow as lists tell it. */
export interface FlowBrief {
  id: string
  version: number
  kind: string
  name: string
  description: string
  openness: 'open' | 'half-open' | 'closed'
  state: 'draft' | 'published' | 'retired'
  /** The number of the version that was published last. */
  published_version: number | null
  /** Whether something is drawn that was not published. */
  drawn: boolean
  updated_at: string
}

/** A problem that the server finds in what is drawn. */
export interface FlowProblem {
  node: string | null
  field: string
  code: string
  text: string
}

/** A flow with what is drawn, or with what is in force where nothing else is. */
export interface Flow extends FlowBrief {
  definition: Definition
  problems: FlowProblem[]
}

export interface FlowVersionBrief {
  id: string
  number: number
  published_at: string
  published_by: { id: string; name: string } | null
}

/** A field of a kind of subject, as conditions may ask it. */
export interface KindField {
  name: string
  kind: string
  choices: string[]
  type: 'plain' | 'money' | 'rate' | 'user' | 'department' | 'customer'
  /** Of money, if it is always the same. */
  currency: string | null
  /** What the company itself calls it, and which part of that is meant. */
  label: string | null
  part: string | null
  words: Record<string, string>
}

/** What can be approved. */
export interface FlowKind {
  word: string
  /** What the company itself calls it. */
  name: string | null
  fields: KindField[]
  /** What its card shows. */
  shown: string[]
  editable: string[]
  /** The flow in force. */
  flow: { id: string; name: string } | null
}

export interface TrialStep {
  node: string
  type: string
  name: string
  arm: string | null
  people: { id: string; name: string; stands_for: { id: string; name: string } | null; why: string | null; passed: boolean; stopped: boolean }[]
  why: string | null
  /** It would wait for an administrator. */
  stopped: boolean
}

/** Something that was submitted once, to try a flow with. */
export interface PastSubject {
  id: string
  title: string
  submitter: { id: string; name: string } | null
  facts: Record<string, unknown>
}

export interface Trial {
  path: TrialStep[]
  outcome: 'granted' | 'rejected'
}

/** As the page wants it: with every setting said. */
const whole = (sent: unknown): Flow => ({ ...(sent as Flow), definition: filled((sent as Flow).definition) })
const at = (id: string): { params: { path: { id: string } } } => ({ params: { path: { id } } })

export const doors = {
  kinds: async (signal?: AbortSignal): Promise<FlowKind[]> => (await answer(api.GET('/api/v1/approval-kinds', { signal }))).items as unknown as FlowKind[],
  list: async (signal?: AbortSignal): Promise<FlowBrief[]> => (await answer(api.GET('/api/v1/approval-flows', { signal }))).items as FlowBrief[],
  get: async (id: string, signal?: AbortSignal): Promise<Flow> => whole(await answer(api.GET('/api/v1/approval-flows/{id}', { ...at(id), signal }))),
  create: async (body: Pick<FlowBrief, 'kind' | 'name' | 'description' | 'openness'>, key: string): Promise<Flow> => whole(await answer(api.POST('/api/v1/approval-flows', { body, ...once(key) }))),
  change: async ({ id, version }: FlowBrief, body: Partial<Pick<FlowBrief, 'name' | 'description' | 'openness'>>): Promise<Flow> => whole(await answer(api.PATCH('/api/v1/approval-flows/{id}', { ...at(id), body, ...ifMatch(version) }))),
  remove: async ({ id, version }: FlowBrief): Promise<void> => void (await api.DELETE('/api/v1/approval-flows/{id}', { ...at(id), ...ifMatch(version) })),
  draw: async ({ id, version }: FlowBrief, definition: Definition): Promise<Flow> => whole(await answer(api.PUT('/api/v1/approval-flows/{id}/draft', { ...at(id), body: { definition } as never, ...ifMatch(version) }))),
  publish: async ({ id, version }: FlowBrief): Promise<Flow> => whole(await answer(api.POST('/api/v1/approval-flows/{id}/publication', { ...at(id), ...ifMatch(version, newKey()) }))),
  retire: async ({ id, version }: FlowBrief): Promise<Flow> => whole(await answer(api.POST('/api/v1/approval-flows/{id}/retirement', { ...at(id), ...ifMatch(version, newKey()) }))),
  versions: async (id: string, signal?: AbortSignal): Promise<FlowVersionBrief[]> => (await answer(api.GET('/api/v1/approval-flows/{id}/versions', { ...at(id), signal }))).items as FlowVersionBrief[],
  version: async (id: string, number: number, signal?: AbortSignal): Promise<Definition> => {
    const wanted = (await doors.versions(id, signal)).find((version) => version.number === number)
    const found = await answer(api.GET('/api/v1/approval-flow-versions/{id}', { params: { path: { id: wanted?.id ?? id } }, signal }))
    return filled((found as unknown as { definition: Definition }).definition)
  },
  past: async (kind: string, signal?: AbortSignal): Promise<PastSubject[]> => (await answer(api.GET('/api/v1/approvals', { params: { query: { kind, limit: 20 } as never }, signal }))).items as unknown as PastSubject[],
  subjectOf: async (id: string): Promise<string> => (await answer(api.GET('/api/v1/approvals/{id}', { params: { path: { id } } }))).subject_id,
  simulate: async (id: string, body: { submitter_id: string; subject_id?: string | null; facts: Record<string, unknown> }): Promise<Trial> => (await answer(api.POST('/api/v1/approval-flows/{id}/simulation', { ...at(id), body: body as never, ...once(newKey()) }))) as unknown as Trial,
}
