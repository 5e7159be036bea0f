import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { answer, ifMatch, Problem, type Department } from '@guanxi/client'
import { changesOfMove, departmentTree, flattened, placeOf, placeTowards, type DepartmentNode, type Direction, type Place } from '@guanxi/domain'
import { api } from '@/api'
import { useDepartments } from '@/composables/useDepartments'
import { useResource, type Resource } from '@/composables/useResource'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'

/** The departments as a tree that can be folded and rearranged. */
export interface DepartmentTree {
  resource: Resource<Department[]>
  lines: ComputedRef<DepartmentNode<Department>[]>
  folded: Ref<Set<string>>
  fold: (id: string, folded?: boolean) => void
  /** Why the last move did not succeed. */
  failed: Ref<Problem | null>
  /** What a screen reader is told about the last move. */
  told: Ref<string>
  move: (id: string, place: Place, undoable?: boolean) => Promise<void>
  nudge: (id: string, direction: Direction) => Promise<void>
  changed: () => Promise<void>
}

/** Loads the tree; a move shows at once, is saved piece by piece, and is taken back from the server when that fails. */
export function useDepartmentTree(): DepartmentTree {
  const feedback = useFeedback()
  const shared = useDepartments()
  const resource = useResource(
    () => 'departments',
    async (_key, signal) => (await answer(api.GET('/api/v1/departments', { signal }))).items,
  )
  const folded = ref(new Set<string>())
  const failed = ref<Problem | null>(null)
  const told = ref('')
  let queue: Promise<void> = Promise.resolve()

  const flat = (): Department[] => resource.data.value ?? []
  const lines = computed(() => {
    const hidden = new Set<string>()
    return flattened(departmentTree(flat())).filter(({ department, children }) => {
      const isHidden = hidden.has(department.id)
      if (isHidden || folded.value.has(department.id)) for (const child of children) hidden.add(child.department.id)
      return !isHidden
    })
  })

  function fold(id: string, isFolded = !folded.value.has(id)): void {
    const next = new Set(folded.value)
    if (isFolded) next.add(id)
    else next.delete(id)
    folded.value = next
  }

  async function save(id: string, change: { parent_id: string | null; sort_order: number }): Promise<void> {
    const version = flat().find((department) => department.id === id)?.version ?? 0
    const saved = await answer(api.PATCH('/api/v1/departments/{id}', { params: { path: { id } }, body: change, ...ifMatch(version) }))
    resource.data.value = flat().map((department) => (department.id === id ? { ...department, version: saved.version } : department))
  }

  async function move(id: string, place: Place, undoable = true): Promise<void> {
    const before = placeOf(flat(), id)
    const changes = changesOfMove(flat(), id, place)
    if (changes.length === 0 || !before) return
    const byId = new Map(changes.map((change) => [change.id, change]))
    resource.data.value = flat().map((department) => ({ ...department, ...byId.get(department.id) }))
    announce(id, place)
    queue = queue.then(async () => {
      try {
        for (const { id: own, ...change } of changes) await save(own, change)
        failed.value = null
        const name = flat().find((department) => department.id === id)?.name ?? ''
        if (undoable) feedback.toast(t('departments.moved', { name }), () => move(id, before, false))
      } catch (thrown) {
        failed.value = Problem.of(thrown)
        await resource.reload()
      }
    })
    await queue
    void shared.load(true)
  }

  function announce(id: string, { parentId, index }: Place): void {
    const nameOf = (own: string | null): string => flat().find((department) => department.id === own)?.name ?? ''
    const words = { name: nameOf(id), n: index + 1 }
    told.value = parentId ? t('departments.movedTo', { ...words, parent: nameOf(parentId) }) : t('departments.movedTop', words)
  }

  async function nudge(id: string, direction: Direction): Promise<void> {
    const place = placeTowards(flat(), id, direction)
    if (!place) return
    if (direction === 'in' && place.parentId) fold(place.parentId, false)
    await move(id, place)
  }

  async function changed(): Promise<void> {
    await Promise.all([resource.reload(), shared.load(true)])
  }

  return { resource, lines, folded, fold, failed, told, move, nudge, changed }
}
