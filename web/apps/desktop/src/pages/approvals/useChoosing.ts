import { shallowRef, type ShallowRef } from 'vue'
import type { ApprovalChoice } from '@guanxi/client'

/** By node of the flow, who was chosen. */
export type Chosen = Record<string, string[]>

/** What is submitted, and whom one may choose for it. */
interface Asked {
  number: string
  choices: ApprovalChoice[]
}

/** Choosing people before something is submitted; `ChoosePeople` shows it. */
export interface Choosing {
  asked: ShallowRef<Asked | null>
  /** Who was chosen; nobody where nobody is to be, null if the question was closed. */
  ask: (number: string, choices: ApprovalChoice[]) => Promise<Chosen | null>
  settle: (chosen: Chosen | null) => void
}

export function useChoosing(): Choosing {
  const asked = shallowRef<Asked | null>(null)
  let answered: (chosen: Chosen | null) => void = () => undefined

  return {
    asked,
    ask: (number, choices) => {
      if (choices.length === 0) return Promise.resolve({})
      asked.value = { number, choices }
      return new Promise((resolve) => (answered = resolve))
    },
    settle: (chosen) => {
      asked.value = null
      answered(chosen)
    },
  }
}
