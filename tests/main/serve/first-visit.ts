// What a browser does with the printed address: it changes the token for a cookie.

export interface Visitor {
  /** Such as http://127.0.0.1:8080, also what the browser calls the origin. */
  readonly origin: string
  /** Name and value, as the browser sends them. */
  readonly cookie: string
}

export async function firstVisit(address: string): Promise<Visitor> {
  const { headers, status } = await fetch(address, { redirect: 'manual' })
  const cookie = headers.get('set-cookie')?.split(';')[0]
  if (status !== 303 || cookie === undefined)
    throw new Error(`the address was answered with ${status} and no cookie`)
  return { origin: new URL(address).origin, cookie }
}
