import { onScopeDispose, ref, watch, watchEffect } from 'vue'
import { useRoute } from 'vue-router'
import { t } from '@/i18n'

const named = ref('')

/** Puts the name of what a page shows into the browser's title while the page is there, e.g. that of a customer. */
export function usePageTitle(name: () => string | undefined): void {
  watch(name, (now) => (named.value = now ?? ''), { immediate: true })
  onScopeDispose(() => (named.value = ''))
}

/** Keeps the browser's title that of the page, in the reader's language. */
export function useDocumentTitle(): void {
  const route = useRoute()
  watchEffect(() => {
    const title = named.value || route.meta.title?.()
    document.title = title ? `${title} · ${t('brand.name')}` : t('brand.name')
  })
}
