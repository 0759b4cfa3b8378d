// The address of the page: a scheme of our own, so that it has an origin that no web site and no file can have.

export const APP_SCHEME = 'app'
export const APP_ORIGIN = 'app://atelier'
export const PAGE_ADDRESS = `${APP_ORIGIN}/index.html`
/** The hidden page that computes has an origin of its own: it has nothing in common with the other. */
export const TRAINER_ORIGIN = 'app://trainer'
export const TRAINER_ADDRESS = `${TRAINER_ORIGIN}/trainer.html`

const HOST = 'atelier'
const TRAINER_HOST = 'trainer'

/** Whether an address is one of the page's to the letter: no other scheme, host, port or user. */
export function isOurs(address: string): boolean {
  return isAt(HOST, address)
}

/** The same for the hidden page that computes. */
export function isTrainers(address: string): boolean {
  return isAt(TRAINER_HOST, address)
}

function isAt(ours: string, address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${APP_SCHEME}:` && host === ours && username === '' && password === ''
}
