// The build of the hidden page that computes on a GPU, to out/trainer. It stands apart from the application's page: an
// origin and a content security policy of its own, and no style.
import { resolve } from 'node:path'
import { defineConfig, type InlineConfig } from 'vite'

const root = import.meta.dirname

export const trainerBuild: InlineConfig = {
  configFile: false,
  root: resolve(root, 'src-trainer'),
  base: './',
  logLevel: 'warn',
  build: {
    outDir: resolve(root, 'out/trainer'),
    emptyOutDir: true,
    target: 'chrome140',
    minify: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4096, // TensorFlow.js
    modulePreload: { polyfill: false },
    rolldownOptions: { input: resolve(root, 'src-trainer/trainer.html') },
  },
}

export default defineConfig(trainerBuild)
