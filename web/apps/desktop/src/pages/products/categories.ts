import { computed, type ComputedRef } from 'vue'
import { answer, type ProductCategory } from '@guanxi/client'
import { api } from '@/api'
import { useResource, type Resource } from '@/composables/useResource'

/** A category, how deep it stands, and how many products lie in it and below it. */
export interface CategoryLine {
  category: ProductCategory
  depth: number
  products: number
}

/** The tree as lines, parents before their children. */
export function linesOf(categories: readonly ProductCategory[]): CategoryLine[] {
  const below = new Map<string | null, ProductCategory[]>()
  for (const one of categories) below.set(one.parent_id, [...(below.get(one.parent_id) ?? []), one])
  const under = (parent: string | null, depth: number): CategoryLine[] =>
    (below.get(parent) ?? []).flatMap((category) => {
      const inner = under(category.id, depth + 1)
      const direct = inner.filter((line) => line.depth === depth + 1)
      return [{ category, depth, products: category.product_count + direct.reduce((sum, line) => sum + line.products, 0) }, ...inner]
    })
  return under(null, 0)
}

/** The categories and all below one of them: where it cannot be moved. */
export function within(lines: readonly CategoryLine[], id: string): Set<string> {
  const found = new Set([id])
  for (const { category } of lines) if (category.parent_id && found.has(category.parent_id)) found.add(category.id)
  return found
}

/** The categories of the catalogue. */
export function useCategories(): { resource: Resource<ProductCategory[]>; lines: ComputedRef<CategoryLine[]> } {
  const resource = useResource(
    () => 'product-categories',
    async (_key, signal) => (await answer(api.GET('/api/v1/product-categories', { signal }))).items,
  )
  return { resource, lines: computed(() => linesOf(resource.data.value ?? [])) }
}
