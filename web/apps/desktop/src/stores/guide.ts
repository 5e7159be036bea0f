import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { answer, isAbort, Problem, type FirstSteps } from '@guanxi/client'
import { api } from '@/api'
import { onForget } from '@/forget'

/** The first steps of whoever is signed in: which were taken, and whether the list was put away. */
export const useGuide = defineStore('guide', () => {
  const steps = shallowRef<FirstSteps | null>(null)
  const putting = ref(false)

  /** Asks again; the guide is an extra, so what cannot be loaded is left out. */
  async function load(): Promise<void> {
    try {
      steps.value = await answer(api.GET('/api/v1/first-steps'))
    } catch (thrown) {
      if (!isAbort(thrown) && !(thrown instanceof Problem)) throw thrown
    }
  }

  /** Puts the list away, or takes it out again. */
  async function putAway(hidden: boolean): Promise<void> {
    putting.value = true
    try {
      await api.PATCH('/api/v1/profile', { body: { guide_hidden: hidden } })
      await load()
    } finally {
      putting.value = false
    }
  }

  onForget(() => (steps.value = null))
  return { steps, putting, load, putAway }
})
