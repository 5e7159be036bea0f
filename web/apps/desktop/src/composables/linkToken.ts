/**
 * The token that a mailed link carries behind its `#` (which never reaches a server's log). It is read once and taken out
 * of the address, so that it stays neither in the history nor on the screen.
 */
export function takeLinkToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? ''
  if (token) history.replaceState(history.state, '', location.pathname + location.search)
  return token
}
