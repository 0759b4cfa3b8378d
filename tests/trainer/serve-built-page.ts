// Serves a folder that Vite has built on loopback, with the headers given, and opens it in a real Chromium with WebGPU by
// SwiftShader, a Vulkan that computes on the processor.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from '@playwright/test'
import { readBuiltPage } from '#main/page/built-page.ts'
import { CHROMIUM_FLAGS, findChromium } from '../chromium.ts'

export const WEBGPU_FLAGS: readonly string[] = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
]

export interface OpenedPage {
  readonly page: Page
  /** What the page complained of: errors, and all that its policy has blocked. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

/** @param startName the file to open */
export async function openBuiltPage(
  folder: string,
  startName: string,
  headers: Readonly<Record<string, string>>,
): Promise<OpenedPage> {
  const server = await serve(folder, startName, headers)
  const { port } = server.address() as AddressInfo
  const browser = await launch()
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(`http://127.0.0.1:${port}/${startName}`)
  return {
    page,
    complaints,
    async close() {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function launch(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({
    args: [...CHROMIUM_FLAGS, ...WEBGPU_FLAGS],
    ...(executablePath === null ? {} : { executablePath }),
  })
}

async function serve(
  folder: string,
  startName: string,
  headers: Readonly<Record<string, string>>,
): Promise<Server> {
  const built = readBuiltPage(folder, startName)
  const server = createServer(({ url = '/' }, response) => {
    const file = built.find(url.split('?', 1)[0] ?? '/')
    if (file === null) response.writeHead(404, headers).end()
    else response.writeHead(200, { ...headers, 'Content-Type': file.contentType }).end(file.bytes)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}
