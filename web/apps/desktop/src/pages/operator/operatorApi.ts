import { createApi } from '@guanxi/client'
import { ref } from 'vue'
import { currentLocale } from '@/i18n'

/** Whether an operator is signed in; null while nobody has asked. */
export const keeper = ref<{ name: string; email: string } | null>(null)

/** A client of its own: an operator belongs to no company, and their session opens nothing there. */
export const operatorApi = createApi({ locale: currentLocale, onSignedOut: () => (keeper.value = null), onEnrolling: () => undefined })
