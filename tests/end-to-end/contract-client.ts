// The contract as a program uses it, for what a test prepares and does not want to click.
import { RPCLink } from '@orpc/client/websocket'
import { buildClient, type Client } from '#shared/client.ts'
import { firstVisit } from '../main/serve/first-visit.ts'

export async function openContract(address: string): Promise<{ client: Client; close: () => void }> {
  const { origin, cookie } = await firstVisit(address)
  const websocket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { origin, cookie } })
  return { client: buildClient(new RPCLink({ websocket })), close: () => websocket.close() }
}
