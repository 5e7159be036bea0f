import { ref, type Ref } from 'vue'
import { answer, type Department } from '@guanxi/client'
import { api } from '@/api'
import { onForget } from '@/forget'

const departments = ref<Department[]>([])
const failed = ref(false)
let flight: Promise<void> | null = null

onForget(() => (departments.value = []))

async function fetchAll(): Promise<void> {
  try {
    departments.value = (await answer(api.GET('/api/v1/departments'))).items
    failed.value = false
  } catch {
    // Pickers show this in their list; the settings page loads departments itself and shows the whole problem.
    failed.value = true
  }
}

/** The company's departments, loaded once for all pickers; `load(true)` loads them again after a change. */
export function useDepartments(): { departments: Ref<Department[]>; failed: Ref<boolean>; load: (anew?: boolean) => Promise<void> } {
  return {
    departments,
    failed,
    load: (anew = false) => {
      if (anew || (departments.value.length === 0 && !flight)) {
        flight = fetchAll().finally(() => {
          flight = null
        })
      }
      return flight ?? Promise.resolve()
    },
  }
}

