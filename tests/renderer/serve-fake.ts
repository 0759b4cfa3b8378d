// Shows the built page over a fake host, under the strict policy that the real hosts send:
//   node tests/renderer/serve-fake.ts [runs] [port] [live] [folder of the page]
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import { FakeHost } from './fake-host.ts'
import { trainForever } from './fake-training.ts'

const [runs = '40', port = '4310', live, page] = process.argv.slice(2)
const root = page ?? join(import.meta.dirname, '../../out/renderer')
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

const host = new FakeHost(Number(runs))
const server = createServer((request, response) => {
  const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
  void readFile(join(root, path === '/' ? 'index.html' : path)).then(
    (body) => {
      const type = TYPES[extname(path === '/' ? '.html' : path)] ?? 'text/html; charset=utf-8'
      response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body)
    },
    () => response.writeHead(404).end(),
  )
})
const handler = new RPCHandler(host.router())
new WebSocketServer({ server, path: '/rpc' }).on('connection', (socket) => void handler.upgrade(socket))
server.listen(Number(port), '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}/\n`))
if (live === 'live') trainForever(host)
