// What is built: the main process and its helpers, the preload, and the page. The page is the same in Electron and in
// a browser; `vite build -c page.vite.config.ts` builds it alone.
import { dirname, resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import { build, type Plugin } from 'vite'
import { pageBuild } from './page.vite.config.ts'
import { trainerBuild } from './trainer.vite.config.ts'

const root = import.meta.dirname

const ENTRIES = {
  main: resolve(root, 'src-main/main.ts'),
  'trainer-process': resolve(root, 'src-main/training/trainer-process.ts'),
  'decoder-process': resolve(root, 'src-main/photos/decoder-process.ts'),
  'classifier-process': resolve(root, 'src-main/photos/classifier-process.ts'),
}

/** Scripts that are started by their place, as `new URL('./name.ts', import.meta.url)`, are built beside the others. */
function buildStartedScripts(): Plugin {
  const place = /new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)/g
  return {
    name: 'atelier:started-scripts',
    enforce: 'pre', // while the source still reads as it was written
    transform(code, id) {
      if (code.search(place) < 0) return null
      return code.replaceAll(place, (_text, name: string) => {
        const isEntry = name in ENTRIES
        if (!isEntry)
          this.emitFile({ type: 'chunk', id: resolve(dirname(id), `${name}.ts`), fileName: `${name}.js` })
        return `new URL('./${name}.js', import.meta.url)`
      })
    },
  }
}

/** The hidden page of the trainer is a build of its own: electron-vite knows of one page only. */
function buildTrainerPage(): Plugin {
  return { name: 'atelier:trainer-page', closeBundle: () => build(trainerBuild).then(() => undefined) }
}

export default defineConfig({
  main: {
    plugins: [buildStartedScripts()],
    build: {
      outDir: 'out/main',
      externalizeDeps: true,
      rolldownOptions: {
        input: ENTRIES,
        // All in one folder: sources find out/simd, and each other, from where they lie.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rolldownOptions: {
        input: {
          preload: resolve(root, 'src-main/preload.ts'),
          'trainer-preload': resolve(root, 'src-main/trainer-preload.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: { ...pageBuild, plugins: [pageBuild.plugins, buildTrainerPage()] },
})
