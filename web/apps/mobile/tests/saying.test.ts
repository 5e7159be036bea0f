import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue'
import { remarks } from '@/pages/approvals/remarks'
import { keepRemarks } from '@m/keptRemarks'
import { useSaying, type Saying, type ToSay } from '@m/pages/approval/saying'
import { useNetwork } from '@m/stores/network'

const asked: ToSay = { decision: 'approve', seat: { id: 'seat-1', version: 3 }, title: 'Q-1', sum: '', submitter: '林知夏' }
let scope: EffectScope
const sent: Request[] = []

function answered(status: number, body: object): void {
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push(request.clone())
    if (status === 0) return Promise.reject(new TypeError('offline'))
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }))
  })
}

function saying(what: ToSay, overtaken = vi.fn()): Saying & { overtaken: typeof overtaken } {
  const at = shallowRef<ToSay | null>(what)
  return { ...(scope.run(() => useSaying(() => at.value, overtaken)) as Saying), overtaken }
}

beforeEach(() => {
  setActivePinia(createPinia())
  scope = effectScope()
  sent.length = 0
  remarks.clear()
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

describe('saying yes or no', () => {
  it('sends it with the version one had before one, and forgets the comment then', async () => {
    answered(200, { id: 'a1', state: 'granted' })
    const { comment, send } = saying(asked)
    comment.value = '仅限本次'
    expect((await send())?.state).toBe('granted')
    expect(sent[0]?.headers.get('If-Match')).toBe('"3"')
    expect(await sent[0]?.json()).toEqual({ decision: 'approve', comment: '仅限本次' })
    expect(remarks.has('seat-1')).toBe(false)
  })

  it('needs a reason to say no, and a signature where one is asked for', async () => {
    answered(200, {})
    const no = saying({ ...asked, decision: 'reject' })
    await no.send()
    expect(no.error.value).toBe('写明原因，提交人会看到')
    const signed = saying({ ...asked, seat: { ...asked.seat, signature_required: true } })
    await signed.send()
    expect(signed.error.value).toBe('还没有签名，请先写下名字')
    expect(sent).toEqual([])
  })

  it('asks for the signature and the comment that a list did not know of', async () => {
    answered(422, { status: 422, code: 'invalid', errors: [{ field: 'signature', code: 'signature-required', message: '这一步需要手写签名' }] })
    const { comment, signature, send, needs, wrong, error } = saying(asked)
    expect(needs.value).toEqual({ comment: false, signature: false })
    await send()
    expect([needs.value.signature, wrong.value, error.value]).toEqual([true, 'signature', '这一步需要手写签名'])
    await send()
    expect([sent.length, error.value]).toEqual([1, '还没有签名，请先写下名字'])
    answered(422, { status: 422, code: 'invalid', errors: [{ field: 'comment', code: 'required', message: '必填' }] })
    signature.value = 'data:image/png;base64,AAAA'
    await send()
    expect([needs.value.comment, wrong.value, error.value]).toEqual([true, 'comment', '写明意见再提交'])
    answered(200, { id: 'a1', state: 'granted' })
    comment.value = '同意'
    expect((await send())?.state).toBe('granted')
    expect(await sent[2]?.json()).toEqual({ decision: 'approve', comment: '同意', signature: 'data:image/png;base64,AAAA' })
  })

  it('keeps what was typed when somebody was faster', async () => {
    answered(412, { status: 412, code: 'stale' })
    const { comment, send, overtaken, error } = saying(asked)
    comment.value = '同意'
    expect(await send()).toBeNull()
    expect(overtaken).toHaveBeenCalledWith('这件审批刚有变化，已经重新加载。请看过现在的内容再决定。')
    expect([comment.value, error.value]).toEqual(['同意', ''])
  })

  it('keeps it without a network, too, and sends the same once more under the same key', async () => {
    answered(0, {})
    const { comment, send, error } = saying(asked)
    comment.value = '同意'
    await send()
    expect(error.value).toContain('连不上服务器')
    expect(useNetwork().offline).toBe(true)
    answered(200, { id: 'a1', state: 'granted' })
    await send()
    expect(useNetwork().offline).toBe(false)
    const keys = sent.map((request) => request.headers.get('Idempotency-Key'))
    expect(keys[0]).toBe(keys[1])
  })
})

describe('what was begun to be said', () => {
  it('is there once more after a reload', async () => {
    const kept = new Map([['gx.phone.remarks', '[["seat-2","价格再谈谈"]]']])
    keepRemarks({ getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text) })
    expect(remarks.get('seat-2')).toBe('价格再谈谈')
    remarks.set('seat-1', '同意')
    await nextTick()
    await flushPromises()
    expect(JSON.parse(kept.get('gx.phone.remarks') ?? '')).toContainEqual(['seat-1', '同意'])
  })
})
