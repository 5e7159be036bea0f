import type { FormField } from '@guanxi/domain'
import { t, tEnum } from '@/i18n'

/** What has changed from one version of a form to the next, in sentences. */
export function differences(before: readonly FormField[], now: readonly FormField[]): string[] {
  const then = new Map(before.map((field) => [field.key, field]))
  const kept = new Set(now.map(({ key }) => key))
  const nameOf = (field: FormField): string => field.label || tEnum('forms.kind', field.kind)
  const { told, plain } = { told: [] as string[], plain: (field: FormField): string => JSON.stringify({ ...field, label: '' }) }
  for (const field of now) {
    const old = then.get(field.key)
    if (!old) told.push(t('forms.diff.added', { label: nameOf(field) }))
    else {
      if (old.label !== field.label) told.push(t('forms.diff.renamed', { before: nameOf(old), label: nameOf(field) }))
      if (plain(old) !== plain(field)) told.push(t('forms.diff.changed', { label: nameOf(field) }))
    }
  }
  for (const field of before) if (!kept.has(field.key)) told.push(t('forms.diff.removed', { label: nameOf(field) }))
  const order = (fields: readonly FormField[]): string => fields.map(({ key }) => key).filter((key) => then.has(key) && kept.has(key)).join()
  return order(before) === order(now) ? told : [...told, t('forms.diff.moved')]
}
