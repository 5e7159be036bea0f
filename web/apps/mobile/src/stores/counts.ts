import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Answer } from '@guanxi/client'
import { onForget } from '@/forget'

export type PhoneCounts = Answer<'/mobile/v1/inbox/{box}'>['counts']

/** How much waits for somebody; every box tells it along. */
export const useCounts = defineStore('phone-counts', () => {
  const counts = ref<PhoneCounts | null>(null)
  onForget(() => (counts.value = null))
  return { counts }
})
