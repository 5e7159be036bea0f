import { shallowRef, type ShallowRef } from 'vue'
import { answer, Problem, type Facets } from '@guanxi/client'
import { api } from '@/api'

const facets = shallowRef<Facets | null>(null)
let asked = false

/** Suggestions for industry, source, region and tags out of the company's own customers; `null` until they are there. */
export function useFacets(): ShallowRef<Facets | null> {
  if (!asked) void load()
  return facets
}

/** Asks for the suggestions anew, e.g. after a customer was saved with a new tag. */
export async function refreshFacets(): Promise<void> {
  await load()
}

async function load(): Promise<void> {
  asked = true
  try {
    facets.value = (await answer(api.GET('/api/v1/customer-facets'))) as Facets
  } catch (thrown) {
    // Without suggestions one still types; the next page asks again.
    if (!(thrown instanceof Problem)) throw thrown
    asked = false
  }
}
