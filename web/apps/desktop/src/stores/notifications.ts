import { defineStore } from 'pinia'
import { ref } from 'vue'
import { answer, type Notification } from '@guanxi/client'
import { api } from '@/api'
import { onForget } from '@/forget'

const PERIOD_MS = 60_000

/** The newest notifications and how many are unread; asked for every minute while the page is looked at. */
export const useNotifications = defineStore('notifications', () => {
  const latest = ref<Notification[]>([])
  const unread = ref(0)
  onForget(() => {
    latest.value = []
    unread.value = 0
  })
  let timer: ReturnType<typeof setInterval> | undefined

  async function load(): Promise<void> {
    const page = await answer(api.GET('/api/v1/notifications', { params: { query: { limit: 8 } } }))
    latest.value = page.items
    unread.value = page.unread_count
  }

  async function read(notification: Notification): Promise<void> {
    if (notification.read_at) return
    await api.POST('/api/v1/notifications/{id}/reading', { params: { path: { id: notification.id } } })
    mark((item) => item.id === notification.id)
    unread.value = Math.max(0, unread.value - 1)
  }

  async function readAll(): Promise<void> {
    await api.POST('/api/v1/notification-readings')
    mark(() => true)
    unread.value = 0
  }

  function mark(which: (item: Notification) => boolean): void {
    const at = new Date().toISOString()
    latest.value = latest.value.map((item) => (which(item) && !item.read_at ? { ...item, read_at: at } : item))
  }

  /** Looks for news without a word when that fails. */
  async function lookQuietly(): Promise<void> {
    if (document.hidden) return
    // The bell is a convenience: when it cannot be asked, the page's own calls will say so where it matters.
    await load().catch(() => undefined)
  }

  function watchBell(): void {
    stopWatching()
    void lookQuietly()
    timer = setInterval(() => void lookQuietly(), PERIOD_MS)
  }

  function stopWatching(): void {
    clearInterval(timer)
  }

  return { latest, unread, load, lookQuietly, read, readAll, watchBell, stopWatching }
})
