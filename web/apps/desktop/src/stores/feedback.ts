import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Something done, shown for six seconds at the bottom; `undo` gives it a way back. */
export interface Toast {
  id: number
  text: string
  undo: (() => Promise<void> | void) | null
}

/** A question before something that cannot be taken back. */
export interface Question {
  title: string
  body?: string
  /** Verb and object on the button that goes ahead. */
  action: string
  danger?: boolean
  cancel?: string
}

const TOAST_MS = 6000

/** Toasts and questions; the hosts in App.vue show them. */
export const useFeedback = defineStore('feedback', () => {
  const toasts = ref<Toast[]>([])
  const question = ref<Question | null>(null)
  const timers = new Map<number, ReturnType<typeof setTimeout>>()
  let lastId = 0
  let reply: ((yes: boolean) => void) | null = null

  /** Says that something was done. Never for errors: those stand where they happened. Answers its id, to take it away by. */
  function toast(text: string, undo: Toast['undo'] = null): number {
    lastId += 1
    toasts.value = [...toasts.value.slice(-2), { id: lastId, text, undo }]
    release(lastId)
    return lastId
  }

  function dismiss(id: number): void {
    hold(id)
    toasts.value = toasts.value.filter((shown) => shown.id !== id)
  }

  /** Keeps a toast while a pointer or the focus rests on it. */
  function hold(id: number): void {
    clearTimeout(timers.get(id))
    timers.delete(id)
  }

  function release(id: number): void {
    hold(id)
    timers.set(
      id,
      setTimeout(() => dismiss(id), TOAST_MS),
    )
  }

  /** Asks, and resolves to true when the person goes ahead. */
  function ask(asked: Question): Promise<boolean> {
    reply?.(false)
    question.value = asked
    return new Promise((resolve) => {
      reply = resolve
    })
  }

  function answerQuestion(yes: boolean): void {
    question.value = null
    reply?.(yes)
    reply = null
  }

  return { toasts, question, toast, dismiss, hold, release, ask, answerQuestion }
})
