import { expect, it, vi } from 'vitest'
import { useTicking } from '@/pages/tasks/useTicking'
import { useFeedback } from '@/stores/feedback'
import { onStage, promised, settled } from './stage'

const calls = vi.hoisted(() => ({ post: vi.fn(), remove: vi.fn() }))
vi.mock('@/api', () => ({ api: { POST: calls.post, DELETE: calls.remove }, whenSignedOut: vi.fn() }))

const task = { id: 't1', title: '填写日报', next: null }

it('tells a tick to the page that is there when it is taken, not to the one that was left meanwhile', async () => {
  const onItsWay = promised<{ data: typeof task }>()
  calls.post.mockReturnValueOnce(onItsWay.promise)
  const left = vi.fn()
  const first = await onStage(() => useTicking(left))
  const ticked = first.made.tick(task, true)
  first.wrapper.unmount()

  const heard = vi.fn()
  const { made } = await onStage(() => useTicking(heard))
  expect(made.busy.value.has('t1')).toBe(true)
  onItsWay.resolve({ data: task })
  await expect(ticked).resolves.toBe(true)
  expect(left).not.toHaveBeenCalled()
  expect(heard.mock.calls).toEqual([['t1', true]])
  expect(made.busy.value.has('t1')).toBe(false)
})

it('tells what was taken back later to the page that is there by then', async () => {
  calls.post.mockResolvedValueOnce({ data: task })
  calls.remove.mockResolvedValueOnce({ data: task })
  const first = await onStage(() => useTicking(vi.fn()))
  const feedback = useFeedback()
  await first.made.tick(task, true)
  first.wrapper.unmount()

  const heard = vi.fn()
  await onStage(() => useTicking(heard))
  await feedback.toasts[0]?.undo?.()
  await settled()
  expect(heard.mock.calls).toEqual([['t1', false]])
})
