import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { answer, ifMatch, Problem } from '@guanxi/client'
import type { LayoutSection, RecordEntity, RecordKind } from '@guanxi/domain'
import { api } from '@/api'
import { loadRecordKind, takeRecordKind } from '@/composables/useRecordKind'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'

/** The sections of a kind of record while they are being rearranged. */
export interface LayoutDraft {
  sections: Ref<LayoutSection[]>
  dirty: ComputedRef<boolean>
  saving: Ref<boolean>
  problem: ShallowRef<Problem | null>
  save: () => Promise<void>
  revert: () => void
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
const copy = (sections: readonly LayoutSection[]): LayoutSection[] => sections.map(({ title, fields }) => ({ title, fields: [...fields] }))

/** A draft brought in step with fields that came or went meanwhile. */
export function inStep(draft: readonly LayoutSection[], fresh: readonly LayoutSection[]): LayoutSection[] {
  const known = new Set(fresh.flatMap(({ fields }) => fields))
  const placed = new Set(draft.flatMap(({ fields }) => fields))
  const kept = draft.map(({ title, fields }) => ({ title, fields: fields.filter((name) => known.has(name)) }))
  kept.at(-1)?.fields.push(...[...known].filter((name) => !placed.has(name)))
  return kept
}

/** Holds a rearranged layout until it is saved; saving can be taken back for six seconds. */
export function useLayout(kind: () => RecordKind | null): LayoutDraft {
  const feedback = useFeedback()
  const sections = ref<LayoutSection[]>([])
  const saving = ref(false)
  const problem = shallowRef<Problem | null>(null)
  let base: { entity: RecordEntity; sections: LayoutSection[] } | null = null
  const dirty = computed(() => !same(sections.value, kind()?.sections ?? []))

  watch(
    kind,
    (now) => {
      const untouched = !now || base?.entity !== now.entity || same(sections.value, base.sections)
      sections.value = untouched ? copy(now?.sections ?? []) : inStep(sections.value, now.sections)
      base = now && { entity: now.entity, sections: copy(now.sections) }
    },
    { immediate: true },
  )

  async function put(entity: RecordEntity, wanted: LayoutSection[], version: number): Promise<void> {
    const body = { sections: wanted.map(({ title, fields }) => ({ title: title?.trim() || null, fields })) }
    const fresh = (await answer(api.PUT('/api/v1/record-kinds/{entity}/layout', { params: { path: { entity } }, body, ...ifMatch(version) }))) as unknown as RecordKind
    base = null
    takeRecordKind(fresh)
  }

  async function attempt(act: () => Promise<void>): Promise<boolean> {
    if (saving.value) return false
    saving.value = true
    problem.value = null
    try {
      await act()
      return true
    } catch (thrown) {
      const found = Problem.of(thrown)
      if (found.status !== 412) problem.value = found
      else await settle()
      return false
    } finally {
      saving.value = false
    }
  }

  /** Somebody else saved first: mine over theirs, or theirs. */
  async function settle(): Promise<void> {
    const mine = copy(sections.value)
    const entity = kind()?.entity
    if (!entity) return
    const overwrite = await feedback.ask({ title: t('fields.layoutConflict'), body: t('fields.layoutConflictText'), action: t('fields.overwrite'), cancel: t('fields.takeTheirs') })
    base = null
    await loadRecordKind(entity, true)
    if (!overwrite) return
    saving.value = false
    const fresh = kind()
    sections.value = inStep(mine, fresh?.sections ?? [])
    await save()
  }

  async function save(): Promise<void> {
    const now = kind()
    if (!now) return
    const before = copy(now.sections)
    const done = await attempt(() => put(now.entity, sections.value, now.layout_version))
    if (done) feedback.toast(t('fields.layoutSaved'), () => undo(now.entity, before))
  }

  async function undo(entity: RecordEntity, before: LayoutSection[]): Promise<void> {
    const now = kind()
    if (now?.entity !== entity) await loadRecordKind(entity, true)
    const version = kind()?.entity === entity ? (kind()?.layout_version ?? 0) : null
    if (version !== null) await attempt(() => put(entity, inStep(before, kind()?.sections ?? before), version))
  }

  return { sections, dirty, saving, problem, save, revert: () => (sections.value = copy(kind()?.sections ?? [])) }
}
