import { computed, ref, watch, type ComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { answer, type ExpenseStatistics } from '@guanxi/client'
import { dayIn, isWithin } from '@guanxi/domain'
import { api } from '@/api'
import { useDepartments } from '@/composables/useDepartments'
import { useResource, type Resource } from '@/composables/useResource'
import { useSession } from '@/stores/session'
import { daysOf, NARROWINGS, PERIODS, STATES, USUAL_STATES, type Days, type Narrowing, type PeriodWord } from './statistics'

type Only = Partial<Record<Narrowing, string>>

/** What the address asks of the statistics, as a page shows it. */
export interface Asked {
  period: PeriodWord
  days: Days
  by: 'spent' | 'paid'
  states: string[]
  currency: string | null
  only: Only
}

export interface Statistics extends Resource<ExpenseStatistics> {
  asked: ComputedRef<Asked>
  /** The last that was loaded stays in sight while other numbers come. */
  shown: ComputedRef<ExpenseStatistics | null>
  set: (change: LocationQueryRaw) => void
  narrowed: ComputedRef<boolean>
  /** Where the claims behind the numbers are; null where a list cannot tell them apart. */
  claims: ComputedRef<{ path: string; query: Record<string, string> } | null>
}

const DAY = /^\d{4}-\d\d-\d\d$/

/** The statistics of expenses that the address of the page asks for. */
export function useStatistics(): Statistics {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const { departments, load } = useDepartments()
  void load()
  const today = dayIn(new Date().toISOString(), session.timeZone)
  const text = (name: string): string => (typeof route.query[name] === 'string' ? route.query[name] : '')

  const asked = computed<Asked>(() => {
    const word = PERIODS.find((one) => one === text('period')) ?? 'year'
    const usual = daysOf(word, today) ?? { first: `${today.slice(0, 8)}01`, last: today }
    const own = (name: 'first' | 'last'): string => (word === 'own' && DAY.test(text(name)) ? text(name) : usual[name])
    const states = STATES.filter((state) => text('states').split(',').includes(state))
    return {
      period: word,
      days: { first: own('first'), last: own('last') },
      by: text('by') === 'paid' ? 'paid' : 'spent',
      states: states.length ? states : [...USUAL_STATES],
      currency: text('currency') || null,
      only: Object.fromEntries(NARROWINGS.filter((name) => text(name)).map((name) => [name, text(name)])) as Only,
    }
  })
  const query = computed(() => {
    const { days, by, states, currency, only } = asked.value
    return { ...days, by, ...(by === 'spent' ? { state: states as ('submitted' | 'approved' | 'paid')[] } : {}), ...(currency ? { currency } : {}), ...only }
  })
  const resource = useResource(() => JSON.stringify(query.value), async (_key, signal) => await answer(api.GET('/api/v1/expense-statistics', { params: { query: query.value as never }, signal })))
  const last = ref<ExpenseStatistics | null>(null)
  watch(resource.data, (found) => found && (last.value = found))

  const claims = computed(() => {
    const { days, by, states, only } = asked.value
    if (only.customer_id || !last.value) return null
    const inside = only.department_id ? departments.value.filter(({ id }) => isWithin(departments.value, id, only.department_id ?? '')).map(({ id }) => id) : []
    const when: Record<string, string> = by === 'paid' ? { 'paid_on.gte': days.first, 'paid_on.lte': days.last } : { 'spent_until.gte': days.first, 'spent_from.lte': days.last }
    return {
      path: '/expenses',
      query: {
        'state.in': by === 'paid' ? 'paid' : states.join(','),
        ...when,
        ...(only.owner_id ? { owner_id: only.owner_id } : {}),
        ...(only.kind_id ? { kind_id: only.kind_id } : {}),
        ...(inside.length ? { 'department_id.in': inside.join(',') } : {}),
        ...(last.value.currencies.length > 1 && last.value.currency ? { currency: last.value.currency } : {}),
      },
    }
  })
  return {
    ...resource,
    asked,
    shown: computed(() => last.value),
    set: (change) => void router.push({ query: { ...route.query, ...change } }),
    narrowed: computed(() => Object.keys(asked.value.only).length > 0),
    claims,
  }
}
