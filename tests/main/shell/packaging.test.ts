// What is packaged: the fuses, the archive with its exceptions, and an Electron that is still supported (A10).
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { APPLICATION_ID } from '#main/shell/run-notification.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const recipe = readFileSync(resolve(ROOT, 'electron-builder.yml'), 'utf8')
const manifest = z
  .object({
    devDependencies: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')))

/** The newest major of Electron when this was last looked at, in November 2026; the newest three are supported. */
const NEWEST_MAJOR = 45

/** The lines under a key at the margin. */
function block(key: string): string[] {
  const text = new RegExp(`^${key}:.*\\n((?:  .*\\n)+)`, 'm').exec(recipe)?.[1] ?? ''
  return text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^- /, '')
        .replace(/^'(.*)'$/, '$1'),
    )
    .filter((line) => line !== '')
}

describe('the package', () => {
  it('has exactly the safe fuses', () => {
    expect(block('electronFuses')).toEqual([
      'runAsNode: false',
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'enableCookieEncryption: true',
      'enableEmbeddedAsarIntegrityValidation: true',
      'onlyLoadAppFromAsar: true',
      'grantFileProtocolExtraPrivileges: false',
      'resetAdHocDarwinSignature: true',
    ])
  })

  it('is one archive; only what the operating system or a native package must open lies beside it', () => {
    expect(recipe).toMatch(/^asar: true$/m)
    expect(block('asarUnpack')).toEqual([
      '**/*.{node,dll,dylib,so,so.*}',
      '**/*.wasm',
      'node_modules/better-sqlite3/prebuilds/**',
      'node_modules/webgpu/dist/**',
      'node_modules/@tensorflow/tfjs-node-gpu/{deps,lib}/**',
      'node_modules/{sharp,@img}/**',
      'resources/sample-photos/**',
    ])
  })

  it('holds what was built and nothing else of the repository', () => {
    const files = block('files').filter((pattern) => !pattern.startsWith('!'))
    const pages = ['out/renderer/**', 'out/trainer/**']
    const built = ['out/main/**', 'out/preload/**', ...pages, 'out/simd/kernels.wasm']
    expect(files).toEqual([...built, 'resources/icon.png', 'resources/sample-photos/**', 'package.json'])
    expect(recipe.match(/^ +files:/gm)).toBeNull() // one for a platform would bring the whole folder in
  })

  it('asks macOS for a compiler at run time and for nothing else', () => {
    const entitlements = readFileSync(resolve(ROOT, 'resources/entitlements.mac.plist'), 'utf8')
    const keys = [...entitlements.matchAll(/<key>(.*)<\/key>/g)].map(([, key]) => key)
    expect(keys).toEqual(['com.apple.security.cs.allow-jit'])
    expect(recipe).toMatch(/^ {2}hardenedRuntime: true$/m)
  })

  it('has the id under which it speaks to its system', () => {
    expect(recipe).toContain(`\nappId: ${APPLICATION_ID}\n`)
  })

  it('does not update itself, and keeps the data folder when it is removed', () => {
    expect(recipe).toMatch(/^publish: null\b/m)
    expect(recipe).toMatch(/^ {2}deleteAppDataOnUninstall: false\b/m)
    expect(
      Object.keys(manifest.dependencies).filter((name) => /updater|sentry|analytics/.test(name)),
    ).toEqual([])
  })

  it('is built on a supported Electron, pinned to a version', () => {
    const version = manifest.devDependencies['electron'] ?? ''
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(Number.parseInt(version, 10)).toBeGreaterThan(NEWEST_MAJOR - 3)
  })
})
