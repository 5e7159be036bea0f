import { onMounted, onScopeDispose } from 'vue'
import { onBeforeRouteLeave, useRoute } from 'vue-router'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'

/** Asks before the page is left with changes that were not sent. */
export function useLeaveGuard(isUnsaved: () => boolean): void {
  const feedback = useFeedback()

  function beforeUnload(event: BeforeUnloadEvent): void {
    if (isUnsaved()) event.preventDefault()
  }

  onMounted(() => addEventListener('beforeunload', beforeUnload))
  onScopeDispose(() => removeEventListener('beforeunload', beforeUnload))
  if (useRoute()?.matched.length) {
    onBeforeRouteLeave(async (to) => {
      // A session that ended leaves the draft; asking would only stand in the way of signing in again.
      if (!isUnsaved() || to.path === '/sign-in') return true
      return feedback.ask({ title: t('form.leaveTitle'), body: t('form.leaveBody'), action: t('form.leaveAction'), cancel: t('form.leaveStay') })
    })
  }
}
