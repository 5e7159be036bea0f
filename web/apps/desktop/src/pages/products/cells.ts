import { answer, ifMatch, type Product } from '@guanxi/client'
import { api } from '@/api'
import type { CellKind } from '@/components/list/cells'
import { builtInFacts, changesOf, productRules, valuesOf, type ProductValues } from './productForm'

/** How the cells of the catalogue are edited. */
export const productCells: CellKind<Product, ProductValues> = {
  fields: { code: 'code', category: 'category_id', specification: 'specification', list_price: 'list_price', unit: 'unit', floor_price: 'floor_price', cost: 'cost', tax_rate: 'tax_rate' },
  chosen: new Set(['category_id']),
  values: valuesOf,
  changes: changesOf,
  facts: builtInFacts,
  rules: productRules,
  send: async (id, body, version) => (await answer(api.PATCH('/api/v1/products/{id}', { params: { path: { id } }, body, ...ifMatch(version) }))) as Product,
}
