import { createApi } from '@guanxi/client'
import { currentLocale } from '@/i18n'

let signedOut = (): void => {}
let enrolling = (): void => {}

/** The one client of this page; see `@guanxi/client` for what it does by itself. */
export const api = createApi({ locale: currentLocale, onSignedOut: () => signedOut(), onEnrolling: () => enrolling() })

/** Says what happens when the session is gone for good. */
export function whenSignedOut(act: () => void): void {
  signedOut = act
}

/** Says what happens when a role has come to demand two-step sign-in, which is not set up. */
export function whenEnrolling(act: () => void): void {
  enrolling = act
}
