const acts: (() => void)[] = []

/** Says what to do when the signed-in person leaves: whatever a module keeps in memory must not meet the next one. */
export function onForget(act: () => void): void {
  acts.push(act)
}

/** Empties every memory that registered. */
export function forgetEverything(): void {
  for (const act of acts) act()
}
