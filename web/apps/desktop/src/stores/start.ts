import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Problem } from '@guanxi/client'

/** Why the first page cannot be shown, when not even “who is signed in” could be asked. */
export const useStart = defineStore('start', () => {
  const problem = shallowRef<Problem | null>(null)
  const wanted = ref('/')
  return { problem, wanted }
})
