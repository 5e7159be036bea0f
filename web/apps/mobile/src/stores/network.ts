import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Whether the network is there, as the browser and the last calls tell. */
export const useNetwork = defineStore('network', () => {
  const offline = ref(!navigator.onLine)
  /** Counts how often the network came back: whoever watches it tries again. */
  const returns = ref(0)

  function back(): void {
    if (!offline.value) return
    offline.value = false
    returns.value++
  }
  addEventListener('offline', () => (offline.value = true))
  addEventListener('online', back)

  /** Notes how a call went; status 0 is one that reached nobody. */
  function note(status: number): void {
    if (status === 0) offline.value = true
    else back()
  }
  return { offline, returns, note, back }
})
