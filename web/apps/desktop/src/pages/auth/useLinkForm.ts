import { ref, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import type { Problem } from '@guanxi/client'
import { takeLinkToken } from '@/composables/linkToken'
import { useForm, type Form, type Rule } from '@/composables/useForm'
import { useFeedback } from '@/stores/feedback'
import { useSession } from '@/stores/session'

interface LinkForm {
  form: Form<{ password: string }>
  /** Whether the link is good for nothing. */
  broken: Ref<boolean>
  /** Goes to sign-in with a word about what was done. */
  done: (told: string) => Promise<void>
}

/** A page behind a mailed link that asks for a password: what to do with it, and which refusals mean that the link is dead. */
export function useLinkForm(rule: Rule<{ password: string }>, send: (body: { token: string; password: string }) => Promise<unknown>, isDead: (problem: Problem) => boolean): LinkForm {
  const router = useRouter()
  const session = useSession()
  const feedback = useFeedback()
  const token = takeLinkToken()
  const broken = ref(token === '')
  const form = useForm({
    initial: () => ({ password: '' }),
    guard: false,
    rules: { password: rule },
    submit: async ({ password }) => {
      await send({ token, password })
    },
    onProblem: (problem) => {
      if (isDead(problem)) broken.value = true
      return isDead(problem)
    },
  })

  async function done(told: string): Promise<void> {
    session.forget()
    feedback.toast(told)
    await router.push('/sign-in')
  }
  return { form, broken, done }
}
