import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { Locale } from '@guanxi/domain'
import { useLocale } from '@/i18n'

export type Theme = 'system' | 'light' | 'dark'
export type Density = 'compact' | 'default' | 'roomy'

interface Saved {
  theme: Theme
  density: Density
  locale: Locale
  pageSize: number
  hiddenColumns: Record<string, string[]>
}

const KEY = 'gx.preferences'

function load(): Saved {
  const fresh: Saved = { theme: 'system', density: 'default', locale: 'zh-CN', pageSize: 50, hiddenColumns: {} }
  try {
    return { ...fresh, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Saved>) }
  } catch {
    return fresh
  }
}

/** What a person chose for this browser: theme, row height, language, rows per page, hidden columns. */
export const usePreferences = defineStore('preferences', () => {
  const saved = load()
  const theme = ref(saved.theme)
  const density = ref(saved.density)
  const locale = ref(saved.locale)
  const pageSize = ref(saved.pageSize)
  const hiddenColumns = ref(saved.hiddenColumns)
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
      hiddenColumns: hiddenColumns.value,
    }
    localStorage.setItem(KEY, JSON.stringify(now))
  }

  async function speak(language: Locale): Promise<void> {
    await useLocale(language)
    locale.value = language
  }

  systemDark.addEventListener('change', paint)
  watch([theme, density], paint, { immediate: true })
  watch([theme, density, locale, pageSize, hiddenColumns], keep, { deep: true })

  return { theme, density, locale, pageSize, hiddenColumns, speak }
})
