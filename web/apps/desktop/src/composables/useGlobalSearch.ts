import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import { answer, isAbort, type SearchResult } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { useSession } from '@/stores/session'

/** Something found, ready to be shown and opened. */
export interface Hit {
  id: string
  kind: 'customer' | 'contact' | 'product' | 'asset' | 'quote' | 'expense-claim'
  name: string
  note: string
  to: string
}

export type SearchState = 'idle' | 'busy' | 'found' | 'none' | 'failed'

interface Group {
  label: string
  hits: Hit[]
}

const MOST_RECENT = 6
const WAIT_MS = 150

type Found = Record<'customers' | 'contacts' | 'products' | 'assets' | 'quotes' | 'claims', Hit[]>
const NOTHING: Found = { customers: [], contacts: [], products: [], assets: [], quotes: [], claims: [] }

function hitsOf(result: SearchResult): Found {
  return {
    customers: result.customers.map((customer) => ({
      id: customer.id,
      kind: 'customer',
      name: customer.name,
      note: customer.owner?.name ?? '',
      to: `/customers/${customer.id}`,
    })),
    contacts: result.contacts.map((contact) => ({
      id: contact.id,
      kind: 'contact',
      name: contact.name,
      note: [contact.title, contact.customer?.name].filter(Boolean).join(' · '),
      to: `/contacts/${contact.id}`,
    })),
    products: result.products.map((product) => ({
      id: product.id,
      kind: 'product',
      name: product.name,
      note: [product.code, product.specification].filter(Boolean).join(' · '),
      to: `/products/${product.id}`,
    })),
    assets: result.assets.map((asset) => ({
      id: asset.id,
      kind: 'asset',
      name: asset.name,
      note: [asset.serial, asset.customer?.name].filter(Boolean).join(' · '),
      to: `/equipment/${asset.id}`,
    })),
    quotes: result.quotes.map((quote) => ({
      id: quote.id,
      kind: 'quote',
      name: quote.title,
      note: [quote.number, quote.customer?.name].filter(Boolean).join(' · '),
      to: `/quotes/${quote.id}`,
    })),
    claims: result.expense_claims.map((claim) => ({
      id: claim.id,
      kind: 'expense-claim',
      name: claim.title,
      note: [claim.number, claim.owner?.name].filter(Boolean).join(' · '),
      to: `/expenses/${claim.id}`,
    })),
  }
}

/** The search over everything: looks while one types, and remembers in this tab what was opened. */
export function useGlobalSearch(): {
  q: Ref<string>
  groups: ComputedRef<Group[]>
  hits: ComputedRef<Hit[]>
  recent: Ref<Hit[]>
  state: Ref<SearchState>
  visit: (hit: Hit) => void
  forgetQuery: () => void
} {
  const session = useSession()
  const key = `gx.recent.${session.tenant?.slug ?? ''}.${session.user?.id ?? ''}`
  const q = ref('')
  const state = ref<SearchState>('idle')
  const found = ref<Found>(NOTHING)
  const recent = ref<Hit[]>(JSON.parse(sessionStorage.getItem(key) ?? '[]') as Hit[])
  let controller: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(words: string): Promise<void> {
    controller?.abort()
    const mine = new AbortController()
    controller = mine
    state.value = 'busy'
    try {
      const result = await answer(api.GET('/api/v1/search', { params: { query: { q: words, limit: 8 } }, signal: mine.signal }))
      if (controller !== mine) return
      found.value = hitsOf(result as SearchResult)
      state.value = Object.values(found.value).some((hits) => hits.length) ? 'found' : 'none'
    } catch (thrown) {
      if (controller === mine && !isAbort(thrown)) state.value = 'failed'
    }
  }

  watch(q, (typed) => {
    clearTimeout(timer)
    const words = typed.trim()
    if (words) {
      timer = setTimeout(() => void look(words), WAIT_MS)
      return
    }
    controller?.abort()
    found.value = NOTHING
    state.value = 'idle'
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    controller?.abort()
  })

  function visit(hit: Hit): void {
    recent.value = [hit, ...recent.value.filter(({ id }) => id !== hit.id)].slice(0, MOST_RECENT)
    sessionStorage.setItem(key, JSON.stringify(recent.value))
  }

  const groups = computed<Group[]>(() => {
    const all = q.value.trim()
      ? [
          { label: t('search.customers'), hits: found.value.customers },
          { label: t('search.contacts'), hits: found.value.contacts },
          { label: t('search.products'), hits: found.value.products },
          { label: t('search.assets'), hits: found.value.assets },
          { label: t('search.quotes'), hits: found.value.quotes },
          { label: t('search.claims'), hits: found.value.claims },
        ]
      : [{ label: t('search.recent'), hits: recent.value }]
    return all.filter(({ hits }) => hits.length > 0)
  })
  const hits = computed(() => groups.value.flatMap((group) => group.hits))
  return { q, groups, hits, recent, state, visit, forgetQuery: () => (q.value = '') }
}
