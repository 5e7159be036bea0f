import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'
import type { Form } from './useForm'

/** For a drawer's `before-close`: asks before it is closed over changes that were not sent. */
export function useDrawerGuard<V extends object>(form: Form<V>): (close: () => void) => Promise<void> {
  const feedback = useFeedback()
  return async (close) => {
    const unsaved = form.dirty.value && !form.saving.value
    if (!unsaved || (await feedback.ask({ title: t('form.closeTitle'), body: t('form.leaveBody'), action: t('form.leaveAction'), cancel: t('form.leaveStay') }))) close()
  }
}
