const KEY = 'gx.signed-in'

/** Tells the other tabs who is signed in, and at which company; null when nobody is. */
export function tellTabs(who: string | null): void {
  if (who === localStorage.getItem(KEY)) return
  if (who === null) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, who)
}

/**
 * Calls `act` when another tab signed out, signed someone else in, or opened another company. Cookies are shared: this tab
 * would go on under the old name and write into the new company.
 */
export function whenOtherTabChanges(current: () => string | null, act: () => void): void {
  addEventListener('storage', (event) => {
    if (event.key === KEY && event.newValue !== current()) act()
  })
}
