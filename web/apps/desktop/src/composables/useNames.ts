import { ref } from 'vue'
import { answer } from '@guanxi/client'
import { api } from '@/api'
import { onForget } from '@/forget'
import { useDepartments } from './useDepartments'

const people = ref(new Map<string, string>())
let asked = false

onForget(() => {
  people.value = new Map()
  asked = false
})

/** The names behind ids of colleagues and departments, for changes and filter chips; null for an id that is unknown here. */
export function useNames(): { nameOf: (id: string) => string | null } {
  const { departments, load } = useDepartments()

  async function loadPeople(): Promise<void> {
    try {
      const found = await answer(api.GET('/api/v1/user-options'))
      people.value = new Map(found.items.map(({ id, name }) => [id, name]))
    } catch {
      // Names are a help to the reader; without them the lists still say what changed. Tried again on the next page.
      asked = false
    }
  }

  if (!asked) {
    asked = true
    void loadPeople()
  }
  void load()
  return { nameOf: (id) => people.value.get(id) ?? departments.value.find((department) => department.id === id)?.name ?? null }
}
