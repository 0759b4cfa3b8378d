// A server over a host of its own and a page with a canary around it, closed with the test.
import { onTestFinished } from 'vitest'
import type { Host } from '#main/host/host.ts'
import { buildRouter } from '#main/host/router.ts'
import { readBuiltPage } from '#main/page/built-page.ts'
import { openWorkbenchServer, type WorkbenchServer } from '#main/serve/http-server.ts'
import { FakeTrainers } from '../host/fake-trainers.ts'
import { openTestHost, temporaryFolder } from '../host/open-test-host.ts'
import { writeCanaryTree } from '../page/traversal-paths.ts'
import { firstVisit, type Visitor } from './first-visit.ts'

export interface TestServer {
  readonly host: Host
  readonly server: WorkbenchServer
  readonly visitor: Visitor
  readonly port: number
  /** The header lines of a request that is let in, and those of its upgrade. */
  readonly admitted: readonly string[]
  readonly admittedUpgrade: readonly string[]
}

/** All that the page of the tests has. */
export const ROUTES = ['/', '/index.html', '/assets/index-B7x_qR2k.js'] as const

export async function openTestServer(): Promise<TestServer> {
  const page = readBuiltPage(await writeCanaryTree(temporaryFolder()))
  const host = await openTestHost(new FakeTrainers().spawn)
  const server = await openWorkbenchServer(buildRouter(host), page, 0)
  onTestFinished(() => server.close())
  const visitor = await firstVisit(server.address)
  const admitted = [`Host: 127.0.0.1:${server.port}`, `Cookie: ${visitor.cookie}`]
  const admittedUpgrade = [...admitted, `Origin: ${visitor.origin}`]
  return { host, server, visitor, port: server.port, admitted, admittedUpgrade }
}
