import { computed, shallowReactive, type ComputedRef } from 'vue'
import { answer, isAbort, Problem } from '@guanxi/client'
import { comparable, ownFields, type OwnField, type RecordEntity, type RecordKind } from '@guanxi/domain'
import { api } from '@/api'
import { onForget } from '@/forget'

interface Known {
  kind: RecordKind | null
  problem: Problem | null
  at: number
  flight: Promise<void> | null
}

/** How long a description is taken for granted before the next page asks again. */
const FRESH_MS = 30_000
const known = shallowReactive(new Map<RecordEntity, Known>())

onForget(() => known.clear())

const nothing = (): Known => ({ kind: null, problem: null, at: 0, flight: null })
const of = (entity: RecordEntity): Known => known.get(entity) ?? nothing()

async function fetchKind(entity: RecordEntity): Promise<void> {
  try {
    takeRecordKind((await answer(api.GET('/api/v1/record-kinds/{entity}', { params: { path: { entity } } }))) as unknown as RecordKind)
  } catch (thrown) {
    if (isAbort(thrown)) return
    known.set(entity, { ...of(entity), problem: Problem.of(thrown), flight: null })
  }
}

/** Keeps a description that the server has just given. */
export function takeRecordKind(kind: RecordKind): void {
  known.set(kind.entity, { kind, problem: null, at: Date.now(), flight: null })
}

/** Asks for a description, unless a fresh one is at hand or on its way; `anew` asks in any case. */
export function loadRecordKind(entity: RecordEntity, anew = false): Promise<void> {
  const { at, flight } = of(entity)
  if (flight) return flight
  if (!anew && Date.now() - at < FRESH_MS) return Promise.resolve()
  const next = fetchKind(entity)
  known.set(entity, { ...of(entity), flight: next })
  return next
}

/** What a kind of record is made of, shared by all pages; the old one stays in sight while a newer one comes. */
export interface UsedRecordKind {
  kind: ComputedRef<RecordKind | null>
  own: ComputedRef<OwnField[]>
  /** What conditions may speak of. */
  known: ComputedRef<ReadonlySet<string>>
  problem: ComputedRef<Problem | null>
  reload: () => Promise<void>
}

/** The sections, fields and filters of a kind of record. */
export function useRecordKind(entity: () => RecordEntity): UsedRecordKind {
  void loadRecordKind(entity())
  const kind = computed(() => of(entity()).kind)
  return {
    kind,
    own: computed(() => ownFields(kind.value)),
    known: computed(() => (kind.value ? comparable(kind.value) : new Set<string>())),
    problem: computed(() => of(entity()).problem),
    reload: () => loadRecordKind(entity(), true),
  }
}
