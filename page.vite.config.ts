// The page's build, alone: `vite build -c page.vite.config.ts` writes out/renderer, which Electron's app: protocol and
// the browser mode serve alike. Nothing is inlined, because the content security policy allows no inline code or style.
import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type UserConfig } from 'vite'

const root = import.meta.dirname

export const pageBuild: UserConfig = {
  root: resolve(root, 'src-renderer'),
  base: './',
  plugins: [svelte({ configFile: false })],
  build: {
    outDir: resolve(root, 'out/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    minify: true,
    assetsInlineLimit: 0,
    cssCodeSplit: false, // one small sheet: no page can come without its style, and rules keep their order
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: resolve(root, 'src-renderer/index.html'),
      output: {
        // Chunks that pages share run before the entry: what forbids zod to use eval must stand in zod's own chunk.
        codeSplitting: { groups: [{ name: 'zod', test: /node_modules\/zod\/|zod-without-eval/ }] },
      },
    },
  },
}

export default defineConfig(pageBuild)
