import { answer, ifMatch, newKey, once, type Approval, type EntryInList, type FormBrief, type FormEntry, type FormPatch, type FormPreview, type FormSheet, type FormTile, type FormWhole, type Page } from '@guanxi/client'
import type { EntryDrafts, FormField } from '@guanxi/domain'
import { wireEntry } from '@guanxi/domain'
import { api } from '@/api'
import type { ListQuery } from '@/composables/useList'

export interface VersionBrief {
  id: string
  number: number
  published_at: string
  published_by: { id: string; name: string }
}

const at = (id: string): { params: { path: { id: string } } } => ({ params: { path: { id } } })

/** The fields of a definition. */
export const fieldsOf = ({ definition }: { definition: Record<string, unknown> }): FormField[] => (definition.fields ?? []) as FormField[]

/** What was filled in, as it is sent. */
export function wireEntries(fields: readonly FormField[], drafts: EntryDrafts): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.key, wireEntry(field, drafts[field.key])] as const).filter(([, value]) => value !== null))
}

export const doors = {
  list: async (signal?: AbortSignal): Promise<FormBrief[]> => (await answer(api.GET('/api/v1/forms', { signal }))).items,
  get: async (id: string, signal?: AbortSignal): Promise<FormWhole> => await answer(api.GET('/api/v1/forms/{id}', { ...at(id), signal })),
  create: async (body: { name: string; description: string; icon: FormBrief['icon']; category: string; definition: { fields: FormField[] } }, key: string): Promise<FormWhole> => await answer(api.POST('/api/v1/forms', { body: body as never, ...once(key) })),
  change: async ({ id, version }: FormBrief, body: FormPatch): Promise<FormWhole> => await answer(api.PATCH('/api/v1/forms/{id}', { ...at(id), body, ...ifMatch(version) })),
  remove: async ({ id, version }: FormBrief): Promise<void> => void (await api.DELETE('/api/v1/forms/{id}', { ...at(id), ...ifMatch(version) })),
  design: async ({ id, version }: FormBrief, fields: readonly FormField[]): Promise<FormWhole> => await answer(api.PUT('/api/v1/forms/{id}/draft', { ...at(id), body: { definition: { fields } } as never, ...ifMatch(version) })),
  publish: async ({ id, version }: FormBrief): Promise<FormWhole> => await answer(api.POST('/api/v1/forms/{id}/publication', { ...at(id), ...ifMatch(version, newKey()) })),
  retire: async ({ id, version }: FormBrief): Promise<FormWhole> => await answer(api.POST('/api/v1/forms/{id}/retirement', { ...at(id), ...ifMatch(version, newKey()) })),
  versions: async (id: string, signal?: AbortSignal): Promise<VersionBrief[]> => (await answer(api.GET('/api/v1/forms/{id}/versions', { ...at(id), signal }))).items,
  version: async (id: string, signal?: AbortSignal): Promise<FormField[]> => fieldsOf((await answer(api.GET('/api/v1/form-versions/{id}', { ...at(id), signal }))) as { definition: Record<string, unknown> }),
  tiles: async (signal?: AbortSignal): Promise<FormTile[]> => (await answer(api.GET('/api/v1/request-forms', { signal }))).items,
  sheet: async (id: string, signal?: AbortSignal): Promise<FormSheet> => await answer(api.GET('/api/v1/request-forms/{id}', { ...at(id), signal })),
  send: async (id: string, body: { number: number; values: Record<string, unknown>; chosen: Record<string, string[]> }, key: string): Promise<Approval> => await answer(api.POST('/api/v1/request-forms/{id}/entries', { ...at(id), body: body as never, ...once(key) })),
  preview: async (id: string, body: { number: number; values: Record<string, unknown> }): Promise<FormPreview> => await answer(api.POST('/api/v1/request-forms/{id}/preview', { ...at(id), body: body as never, ...once(newKey()) })),
  entry: async (id: string, signal?: AbortSignal): Promise<FormEntry> => await answer(api.GET('/api/v1/form-entries/{id}', { ...at(id), signal })),
  correct: async ({ id, version }: FormEntry, values: Record<string, unknown>): Promise<FormEntry> => await answer(api.PUT('/api/v1/form-entries/{id}', { ...at(id), body: { values } as never, ...ifMatch(version, newKey()) })),
  resubmit: async (approvalId: string, key: string): Promise<Approval> => await answer(api.POST('/api/v1/approvals/{id}/resubmission', { ...at(approvalId), body: {}, ...once(key) })),
  own: async (query: ListQuery, signal: AbortSignal): Promise<Page<EntryInList>> => await answer(api.GET('/api/v1/form-entries', { params: { query }, signal })),
  ofForm: async (id: string, query: ListQuery, signal: AbortSignal): Promise<Page<EntryInList>> => await answer(api.GET('/api/v1/request-forms/{id}/entries', { params: { path: { id }, query }, signal })),
}
