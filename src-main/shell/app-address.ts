// The address of the page: a scheme of our own, so that it has an origin that no web site and no file can have.

export const APP_SCHEME = 'app'
export const APP_ORIGIN = 'app://atelier'
export const PAGE_ADDRESS = `${APP_ORIGIN}/index.html`

const HOST = 'atelier'

/** Whether an address is one of ours to the letter: no other scheme, host, port or user. */
export function isOurs(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${APP_SCHEME}:` && host === HOST && username === '' && password === ''
}
