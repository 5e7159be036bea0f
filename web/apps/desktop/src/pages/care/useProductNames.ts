import { ref, watch } from 'vue'
import { answer } from '@guanxi/client'
import { api } from '@/api'

const ID = /"([0-9a-f]{8}-[0-9a-f-]{27})"/g

/** The names of the products that conditions speak of, as soon as they are known. */
export function useProductNames(conditions: () => unknown): (id: string) => string | null {
  const known = ref(new Map<string, string>())

  async function ask(id: string): Promise<void> {
    try {
      const found = await answer(api.GET('/api/v1/products/{id}', { params: { path: { id } } }))
      known.value = new Map(known.value).set(id, found.name)
    } catch {
      // What is not a product, or is not for these eyes, stays without a name.
    }
  }

  watch(
    () => JSON.stringify(conditions() ?? null),
    (text) => {
      if (!text.includes('product_id')) return
      for (const [, id] of text.matchAll(ID)) if (id && !known.value.has(id)) void ask(id)
    },
    { immediate: true },
  )
  return (id) => known.value.get(id) ?? null
}
