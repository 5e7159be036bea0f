import { reactive, ref, type Ref } from 'vue'
import { answer, Problem } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { useSession } from '@/stores/session'

/** Only pages of this edition: anything else in `next` would lead people away after signing in. */
export function nextPlace(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}

/** Signing in, in one step or two. */
export interface SigningIn {
  values: { login: string; password: string; code: string }
  errors: { login: string; password: string; code: string; form: string }
  /** True while the second step is asked for. */
  second: Ref<boolean>
  busy: Ref<boolean>
  send: () => Promise<boolean>
  back: () => void
}

export function useSignIn(): SigningIn {
  const session = useSession()
  const values = reactive({ login: '', password: '', code: '' })
  const errors = reactive({ login: '', password: '', code: '', form: '' })
  const second = ref(false)
  const busy = ref(false)
  let challenge = ''

  function back(): void {
    second.value = false
    challenge = ''
    values.password = ''
    values.code = ''
  }

  function isFilled(): boolean {
    Object.assign(errors, { login: '', password: '', code: '', form: '' })
    if (second.value) errors.code = values.code.trim() ? '' : t('secondFactor.codeEmpty')
    else {
      errors.login = values.login.trim() ? '' : t('rule.loginEmpty')
      errors.password = values.password ? '' : t('rule.currentPasswordEmpty')
    }
    return !errors.login && !errors.password && !errors.code
  }

  async function open(): Promise<void> {
    if (second.value) {
      await answer(api.POST('/api/v1/session/second-factor', { body: { challenge, code: values.code.trim() } }))
    } else {
      const opened = await answer(api.POST('/api/v1/session', { body: { login: values.login.trim(), password: values.password } }))
      if ('challenge' in opened) {
        challenge = opened.challenge
        second.value = true
        return
      }
    }
    await session.load()
  }

  function refuse(problem: Problem): void {
    // Whoever took too long begins anew.
    if (second.value && problem.status === 410) back()
    for (const { field, message } of problem.errors) if (field in errors) errors[field as keyof typeof errors] = message
    if (!errors.login && !errors.password && !errors.code) errors.form = problemText(problem)
  }

  /** Sends what is filled in; true once somebody is signed in. */
  async function send(): Promise<boolean> {
    if (busy.value || !isFilled()) return false
    busy.value = true
    try {
      await open()
      return session.session !== null
    } catch (thrown) {
      refuse(Problem.of(thrown))
      return false
    } finally {
      busy.value = false
    }
  }
  return { values, errors, second, busy, send, back }
}
