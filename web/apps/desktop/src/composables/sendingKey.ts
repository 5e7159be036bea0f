import { newKey } from '@guanxi/client'

/** The key of a sending: the same as long as the same is sent, so that a repetition has one effect. */
export function sendingKey(): { keyFor: (values: object) => string; renew: () => void } {
  let key = newKey()
  let sent: string | null = null
  return {
    keyFor: (values) => {
      const now = JSON.stringify(values)
      if (sent !== null && sent !== now) key = newKey()
      sent = now
      return key
    },
    renew: () => {
      key = newKey()
      sent = null
    },
  }
}
