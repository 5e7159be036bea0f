import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { Problem } from '@guanxi/client'
import { useSending } from '@/pages/expenses/useSending'
import { useFeedback } from '@/stores/feedback'
import { settled } from './stage'

/** A form whose first sending meets somebody else's change. */
function overtakenOnce(): { done: boolean[]; versions: unknown[]; send: (submitting?: boolean) => Promise<void> } {
  const done: boolean[] = []
  const versions: unknown[] = []
  const { send, overtaken } = useSending({
    stale: (who) => `刚被${who}改过`,
    takeOver: (current) => versions.push(current?.version),
    send: async (submitting) => {
      done.push(submitting)
      if (done.length === 1) await overtaken(new Problem({ code: 'stale', current: { version: 7 }, changed_by: { id: '1', name: '许曼' } }, 412))
    },
  })
  return { done, versions, send }
}

describe('sending what is written', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it.each([true, false])('does again what was begun over a change of somebody else: submitting %s', async (submitting) => {
    const { done, versions, send } = overtakenOnce()
    const sent = send(submitting)
    await settled()
    expect(useFeedback().question?.title).toBe('刚被许曼改过')
    useFeedback().answerQuestion(true)
    await sent
    await settled()
    expect([done, versions]).toEqual([[submitting, submitting], [7]])
  })

  it('sends nothing again for whoever does not want to', async () => {
    const { done, versions, send } = overtakenOnce()
    const sent = send(true)
    await settled()
    useFeedback().answerQuestion(false)
    await sent
    await settled()
    expect([done, versions]).toEqual([[true], []])
  })

  it('sends nothing while it is sending', async () => {
    let over = (): void => undefined
    const done: boolean[] = []
    const { send, sending } = useSending({
      stale: (who) => who,
      takeOver: () => undefined,
      send: (submitting) => {
        done.push(submitting)
        return new Promise((resolve) => (over = resolve))
      },
    })
    const first = send()
    await send(true)
    expect([done, sending.value]).toEqual([[false], true])
    over()
    await first
    expect(sending.value).toBe(false)
  })
})
