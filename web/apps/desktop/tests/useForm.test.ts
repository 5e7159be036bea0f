import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@guanxi/client'
import { all, atMost, email, login, phone, required } from '@/composables/rules'
import { useForm, type Form, type FormOptions } from '@/composables/useForm'
import { useFeedback } from '@/stores/feedback'
import { onStage, promised, settled, type Stage } from './stage'

interface Values {
  name: string
  email: string
  phones: { number: string; label: string | null }[]
}

const blank = (): Values => ({ name: '', email: '', phones: [] })
const refusal = (errors: { field: string; code: string; message: string }[], status = 422): Problem => new Problem({ code: 'invalid', detail: 'Look again', errors }, status)

function stage(options: Partial<FormOptions<Values>> = {}): Promise<Stage<Form<Values>>> {
  return onStage(() =>
    useForm<Values>({
      initial: blank,
      rules: { name: all(required('rule.nameEmpty'), atMost(5)), email, 'phones.*.number': phone },
      submit: async () => undefined,
      ...options,
    }),
  )
}

describe('useForm', () => {
  beforeEach(() => sessionStorage.clear())

  it('checks a field when it is left, and only that field', async () => {
    const { made: form } = await stage()
    form.check('email')
    expect(form.errors.value).toEqual({})
    form.check('name')
    expect(form.errors.value).toEqual({ name: '填写名称' })
    form.values.name = '一二三四五六'
    await settled()
    expect(form.errors.value).toEqual({})
    form.check('name')
    expect(form.errorOf('name')).toBe('最多 5 个字，现在是 6 个')
  })

  it('does not send while a control holds what it could not read', async () => {
    const submit = vi.fn(async () => undefined)
    const { made: form } = await stage({ submit })
    form.values.name = '澄川'
    const root = document.createElement('form')
    root.innerHTML = '<div data-field="revenue"><input value="三十"></div>'
    form.root.value = root
    const input = root.querySelector('input') as HTMLInputElement
    input.setCustomValidity('金额应为数字')
    expect(await form.send()).toBe(false)
    expect(form.errorOf('revenue')).toBe('金额应为数字')
    form.check('name')
    expect(form.errorOf('revenue')).toBe('金额应为数字')
    input.setCustomValidity('')
    form.check('revenue')
    expect(form.errorOf('revenue')).toBe(null)
    expect(await form.send()).toBe(true)
    expect(submit).toHaveBeenCalledTimes(1)
  })

  it('names each faulty line of a list, and answers for the list as a whole', async () => {
    const { made: form } = await stage()
    form.values.phones = [
      { number: '13800138000', label: null },
      { number: '138001', label: null },
    ]
    form.check('phones')
    expect(form.errors.value).toEqual({ 'phones.1.number': '手机号应为 11 位，现在是 6 位' })
    expect(form.errorOf('phones')).toBe('手机号应为 11 位，现在是 6 位')
    expect(form.errorOf('phones.0.number')).toBeNull()
  })

  it('sends nothing while something is wrong', async () => {
    const submit = vi.fn()
    const { made: form } = await stage({ submit })
    await expect(form.send()).resolves.toBe(false)
    expect(submit).not.toHaveBeenCalled()
    expect(form.errors.value).toEqual({ name: '填写名称' })
  })

  it('waits for what is on its way, and is not sent when that fails', async () => {
    const submit = vi.fn()
    const { made: form } = await stage({ submit })
    form.values.name = '云岫'
    const file = promised<undefined>()
    form.holdFor(file.promise)
    const sent = form.send()
    await settled()
    expect([submit.mock.calls.length, form.saving.value]).toEqual([0, true])
    file.resolve(undefined)
    await expect(sent).resolves.toBe(true)

    const lost = promised<undefined>()
    form.holdFor(lost.promise)
    const again = form.send()
    lost.reject(new Problem({}, 0))
    await expect(again).resolves.toBe(false)
    expect([submit.mock.calls.length, form.saving.value]).toEqual([1, false])
    // What went wrong has been said: it stops nothing for ever.
    await expect(form.send()).resolves.toBe(true)
  })

  it('sends once, however often it is pressed', async () => {
    const way = promised<undefined>()
    const submit = vi.fn(() => way.promise)
    const { made: form } = await stage({ submit })
    form.values.name = '云岫'
    const first = form.send()
    await expect(form.send()).resolves.toBe(false)
    expect(form.saving.value).toBe(true)
    way.resolve(undefined)
    await expect(first).resolves.toBe(true)
    expect(submit).toHaveBeenCalledTimes(1)
    expect(form.saving.value).toBe(false)
    expect(form.dirty.value).toBe(false)
  })

  it('keeps the key while the same values are sent again, and takes a new one for others', async () => {
    const keys: string[] = []
    const submit = vi.fn(async (_values: Values, key: string) => {
      keys.push(key)
      throw Problem.unreachable()
    })
    const { made: form } = await stage({ submit })
    form.values.name = '云岫'
    await form.send()
    await form.send()
    form.values.name = '海岚'
    await form.send()
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
  })

  it('shows what the server says beside the field until that field changes, and keeps what was typed', async () => {
    const errors = [
      { field: 'phones.0.number', code: 'invalid', message: '这个号码不对' },
      { field: 'email', code: 'taken', message: '已被使用' },
    ]
    const { made: form } = await stage({ submit: () => Promise.reject(refusal(errors)) })
    Object.assign(form.values, { name: '云岫', email: 'a@b.cn', phones: [{ number: '13800138000', label: null }] })
    await expect(form.send()).resolves.toBe(false)
    expect(form.errors.value).toEqual({ 'phones.0.number': '这个号码不对', email: '已被使用' })
    expect(form.problem.value?.detail).toBe('Look again')
    expect(form.values.name).toBe('云岫')
    form.values.email = 'b@b.cn'
    await settled()
    expect(form.errors.value).toEqual({ 'phones.0.number': '这个号码不对' })
  })

  it('leaves a refusal to the page that wants it', async () => {
    const stale = new Problem({ code: 'stale' }, 412)
    const onProblem = vi.fn((problem: Problem) => problem.status === 412)
    const { made: form } = await stage({ submit: () => Promise.reject(stale), onProblem })
    form.values.name = '云岫'
    await form.send()
    expect(onProblem).toHaveBeenCalledWith(stale)
    expect(form.problem.value).toBeNull()
  })

  it('brings a draft back, and forgets it once it is sent', async () => {
    const first = await stage({ draft: 'customer:new' })
    first.made.values.name = '云岫'
    await vi.waitFor(() => expect(sessionStorage.length).toBe(1))
    first.wrapper.unmount()

    const second = await stage({ draft: 'customer:new' })
    expect(second.made.values.name).toBe('云岫')
    expect(second.made.restored.value).toBe(true)
    expect(second.made.dirty.value).toBe(true)
    await second.made.send()
    expect(sessionStorage.length).toBe(0)

    const third = await stage({ draft: 'customer:new' })
    expect(third.made.values).toEqual(blank())
    expect(third.made.restored.value).toBe(false)
  })

  it('asks before a page with changes is left, and not without them', async () => {
    const { made: form, router } = await stage()
    const ask = vi.spyOn(useFeedback(), 'ask').mockResolvedValue(false)
    form.values.name = '云岫'
    await router.push('/elsewhere')
    expect(router.currentRoute.value.path).toBe('/list')
    expect(ask).toHaveBeenCalledTimes(1)
    ask.mockResolvedValue(true)
    await router.push('/elsewhere')
    expect(router.currentRoute.value.path).toBe('/elsewhere')

    const clean = await stage()
    const never = vi.spyOn(useFeedback(), 'ask')
    await clean.router.push('/elsewhere')
    expect(clean.router.currentRoute.value.path).toBe('/elsewhere')
    expect(never).not.toHaveBeenCalled()
  })
})

describe('rules', () => {
  it('say what is right', () => {
    expect(login('138001380', null)).toBe('手机号应为 11 位，现在是 9 位')
    expect(login('qin', null)).toBe('应为 11 位手机号或邮箱地址')
    expect(login('qin@chengchuan.cn', null)).toBeNull()
    expect(email('a@b', null)).toBe('邮箱应像 name@company.com 这样')
    expect(email('', null)).toBeNull()
    expect(phone('0571-8888 6666 转 801', null)).toBeNull()
    expect(phone('call me', null)).toBe('电话只含数字、空格、+ - ( ) 和“转”')
  })
})
