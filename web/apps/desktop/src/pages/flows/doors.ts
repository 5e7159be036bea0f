import { answer, ifMatch, newKey, once } from '@guanxi/client'
import { api } from '@/api'
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
  number: number
  published_at: string
  published_by: { id: string; name: string } | null
}

/** A field of a kind of subject, as conditions may ask it. */
export interface KindField {
  name: string
  kind: string
  choices: string[]
}

/** What can be approved. */
export interface FlowKind {
  word: string
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

export interface Trial {
  path: TrialStep[]
  outcome: 'granted' | 'rejected'
}

const at = (id: string): { params: { path: { flow_id: string } } } => ({ params: { path: { flow_id: id } } })

export const doors = {
  kinds: async (signal?: AbortSignal): Promise<FlowKind[]> => (await answer(api.GET('/api/v1/approval-kinds', { signal }))).items as FlowKind[],
  list: async (signal?: AbortSignal): Promise<FlowBrief[]> => (await answer(api.GET('/api/v1/approval-flows', { signal }))).items as FlowBrief[],
  get: async (id: string, signal?: AbortSignal): Promise<Flow> => (await answer(api.GET('/api/v1/approval-flows/{flow_id}', { ...at(id), signal }))) as unknown as Flow,
  create: async (body: Pick<FlowBrief, 'kind' | 'name' | 'description' | 'openness'>, key: string): Promise<Flow> => (await answer(api.POST('/api/v1/approval-flows', { body, ...once(key) }))) as unknown as Flow,
  change: async ({ id, version }: FlowBrief, body: Partial<Pick<FlowBrief, 'name' | 'description' | 'openness'>>): Promise<Flow> => (await answer(api.PATCH('/api/v1/approval-flows/{flow_id}', { ...at(id), body, ...ifMatch(version) }))) as unknown as Flow,
  remove: async ({ id, version }: FlowBrief): Promise<void> => void (await api.DELETE('/api/v1/approval-flows/{flow_id}', { ...at(id), ...ifMatch(version) })),
  draw: async ({ id, version }: FlowBrief, definition: Definition): Promise<Flow> => (await answer(api.PUT('/api/v1/approval-flows/{flow_id}/draft', { ...at(id), body: { definition } as never, ...ifMatch(version) }))) as unknown as Flow,
  publish: async ({ id, version }: FlowBrief): Promise<Flow> => (await answer(api.POST('/api/v1/approval-flows/{flow_id}/publication', { ...at(id), ...ifMatch(version, newKey()) }))) as unknown as Flow,
  retire: async ({ id, version }: FlowBrief): Promise<Flow> => (await answer(api.POST('/api/v1/approval-flows/{flow_id}/retirement', { ...at(id), ...ifMatch(version, newKey()) }))) as unknown as Flow,
  versions: async (id: string, signal?: AbortSignal): Promise<FlowVersionBrief[]> => (await answer(api.GET('/api/v1/approval-flows/{flow_id}/versions', { ...at(id), signal }))).items as FlowVersionBrief[],
  version: async (id: string, number: number, signal?: AbortSignal): Promise<Definition> => ((await answer(api.GET('/api/v1/approval-flows/{flow_id}/versions/{number}', { params: { path: { flow_id: id, number } }, signal }))) as unknown as { definition: Definition }).definition,
  simulate: async (id: string, body: { submitter_id: string; subject_id?: string | null; facts: Record<string, unknown> }): Promise<Trial> => (await answer(api.POST('/api/v1/approval-flows/{flow_id}/simulation', { ...at(id), body: body as never, ...once(newKey()) }))) as unknown as Trial,
}
