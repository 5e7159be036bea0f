import { createApi } from '@guanxi/client'
import { currentLocale } from '@/i18n'

let signedOut = (): void => {}

/** The one client of this page; see `@guanxi/client` for what it does by itself. */
export const api = createApi({ locale: currentLocale, onSignedOut: () => signedOut() })

/** Says what happens when the session is gone for good. */
export function whenSignedOut(act: () => void): void {
  signedOut = act
}
