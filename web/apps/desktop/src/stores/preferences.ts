import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { Locale } from '@guanxi/domain'
import { useLocale } from '@/i18n'

export type Theme = 'system' | 'light' | 'dark'
export type Density = 'compact' | 'default' | 'roomy'

/** Where a column of a table stands, and how wide it is; null for as wide as it needs. */
export interface ColumnPlace {
  name: string
  width: number | null
}

interface Saved {
  theme: Theme
  density: Density
  locale: Locale
  pageSize: number
  columns: Record<string, ColumnPlace[]>
}

const KEY = 'gx.preferences'

function load(): Saved {
  const fresh: Saved = { theme: 'system', density: 'default', locale: 'zh-CN', pageSize: 50, columns: {} }
  try {
    return { ...fresh, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Saved>) }
  } catch {
    return fresh
  }
}

/** What a person chose for this browser: theme, row height, language, rows per page, columns. */
export const usePreferences = defineStore('preferences', () => {
  const saved = load()
  const theme = ref(saved.theme)
  const density = ref(saved.density)
  const locale = ref(saved.locale)
  const pageSize = ref(saved.pageSize)
  const columns = ref(saved.columns)
  const systemDark = matchMedia('(prefers-color-scheme: dark)')

  function paint(): void {
    const root = document.documentElement
    root.classList.toggle('dark', theme.value === 'dark' || (theme.value === 'system' && systemDark.matches))
    root.dataset.density = density.value
  }

  function keep(): void {
    const now: Saved = {
      theme: theme.value,
      density: density.value,
      locale: locale.value,
      pageSize: pageSize.value,
      columns: columns.value,
    }
    localStorage.setItem(KEY, JSON.stringify(now))
  }

  async function speak(language: Locale): Promise<void> {
    await useLocale(language)
    locale.value = language
  }

  systemDark.addEventListener('change', paint)
  watch([theme, density], paint, { immediate: true })
  watch([theme, density, locale, pageSize, columns], keep, { deep: true })

  return { theme, density, locale, pageSize, columns, speak }
})
