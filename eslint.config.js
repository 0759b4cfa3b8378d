// Lint, and the layers: which part may import what, with a message that says where to go instead.
import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import svelte from 'eslint-plugin-svelte'
import { defineConfig, globalIgnores } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'

/** Heavy packages and the one door through which each is reached. */
const DOORS = {
  'better-sqlite3': 'SQL lives in src-main/store alone: ask the Store.',
  kysely: 'SQL lives in src-main/store alone: ask the Store.',
  sharp: 'Photos are decoded by src-main/photos/decode-photo.ts, in a process of its own.',
  papaparse: 'CSV is written by src-main/exports/csv.ts.',
  'protobufjs/light.js': 'ONNX is written by src-main/exports/onnx.',
  fflate: 'Archives are written by src-main/exports.',
  '@tensorflow/tfjs': 'TensorFlow.js is used by src-shared/core and by the engines.',
  '@tensorflow/tfjs-core': 'TensorFlow.js is used by src-shared/core and by the engines.',
  '@tensorflow/tfjs-backend-cpu': 'Backends are started by src-main/engines.',
  '@tensorflow/tfjs-backend-wasm': 'Backends are started by src-main/engines.',
  '@tensorflow/tfjs-backend-webgpu': 'Backends are started by src-main/engines.',
  '@tensorflow/tfjs-node-gpu': 'Backends are started by src-main/engines.',
  webgpu: 'Backends are started by src-main/engines.',
  ws: 'Sockets belong to src-main/serve.',
  electron:
    'Electron is handed to src-main/shell by src-main/main.ts: add what you need to shell/electron.ts.',
}

const NO_NODE = {
  group: ['node:*'],
  message: 'src-shared runs anywhere: what needs Node belongs in src-main.',
}
const NO_MAIN = {
  group: ['#main/*', '**/src-main/**'],
  message: 'src-shared is below src-main: hand the value in as an argument.',
}

const NO_NODE_IN_TRAINER = {
  group: ['node:*', 'electron'],
  message: 'The trainer page is sandboxed: it has a port and nothing else.',
}
const NO_RENDERER = {
  group: ['**/src-renderer/**'],
  message: 'The application meets the page in src-shared/contract.ts alone.',
}

/** What opens an address or a path outside of the application, unless it is named in src-main/shell/links.ts. */
const FREE_OPENING = {
  selector:
    'CallExpression[callee.property.name=/^(openExternal|openPath|showItemInFolder|openItem)$/]' +
    ':not([arguments.0.object.name="LINKS"][arguments.0.computed=false])',
  message: 'Only an address of LINKS in src-main/shell/links.ts may be opened, by its name.',
}

const PAGE_ONLY = [
  {
    group: ['#main/*', '**/src-main/**', 'node:*', 'electron', 'ws', '@orpc/server', '@orpc/server/*'],
    message: 'The page meets the host in src-shared/contract.ts alone: add a call or an event there.',
  },
  {
    group: ['**/shared/core/*', '**/core/{models,training,datasets}/*', '@tensorflow/*'],
    message: 'The page does not compute: ask the host. Only core/statistics is open to it.',
  },
]
const NO_PREPARING = {
  group: ['**/core/photo/**'],
  message: 'Photos are prepared beside the page, by pages/classify/preparation-worker.ts.',
}
const NO_CHARTS = {
  group: ['chart.js', 'chart.js/*', 'chartjs-*'],
  message: 'Charts are drawn by src-renderer/parts/chart.',
}

/** Closes every door but those that are named. */
function restrictImports(open, patterns = []) {
  const paths = Object.entries(DOORS)
    .filter(([name]) => !open.includes(name))
    .map(([name, message]) => ({ name, message }))
  return { 'no-restricted-imports': ['error', { paths, patterns }] }
}

export default defineConfig(
  globalIgnores(['out', 'node_modules', '.native', 'src-shared/simd/assembly']),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    languageOptions: {
      parserOptions: {
        project: 'tsconfig.tests.json',
        extraFileExtensions: ['.svelte'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Chance comes from src-shared/core/random.ts, with a seed.',
        },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  // A file is looked for in the one project that has it: in all of them it would be looked for in vain first.
  ...Object.entries({
    shared: ['src-shared/**'],
    main: ['src-main/**'],
    renderer: ['src-renderer/**', 'src-trainer/**', 'tests/renderer/**'],
  }).map(([layer, files]) => ({
    files,
    languageOptions: { parserOptions: { project: `tsconfig.${layer}.json` } },
  })),
  { files: ['**/*.js'], ...ts.configs.disableTypeChecked },
  { files: ['src-shared/**'], rules: restrictImports([], [NO_NODE, NO_MAIN]) },
  { files: ['src-shared/core/**'], rules: restrictImports(['@tensorflow/tfjs'], [NO_NODE, NO_MAIN]) },
  {
    files: ['src-shared/simd/**'],
    rules: restrictImports(['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'], [NO_NODE, NO_MAIN]),
  },
  {
    files: ['src-main/**'],
    languageOptions: { globals: globals.node },
    rules: restrictImports([], [NO_RENDERER]),
  },
  { files: ['src-main/serve/**'], rules: restrictImports(['ws'], [NO_RENDERER]) },
  { files: ['src-main/store/**'], rules: restrictImports(['better-sqlite3', 'kysely'], [NO_RENDERER]) },
  { files: ['src-main/exports/onnx/**'], rules: restrictImports(['protobufjs/light.js'], [NO_RENDERER]) },
  { files: ['src-main/exports/zip.ts'], rules: restrictImports(['fflate'], [NO_RENDERER]) },
  { files: ['src-main/photos/{decode,encode}-photo.ts'], rules: restrictImports(['sharp'], [NO_RENDERER]) },
  { files: ['src-main/exports/csv.ts'], rules: restrictImports(['papaparse'], [NO_RENDERER]) },
  {
    files: ['src-main/main.ts', 'src-main/preload.ts', 'src-main/trainer-preload.ts', 'src-main/shell/**'],
    rules: {
      ...restrictImports(['electron'], [NO_RENDERER]),
      'no-restricted-syntax': ['error', FREE_OPENING],
    },
  },
  {
    files: ['src-main/engines/**'],
    rules: restrictImports(
      Object.keys(DOORS).filter((name) => name.startsWith('@tensorflow') || name === 'webgpu'),
      [NO_RENDERER],
    ),
  },
  {
    files: ['src-renderer/**'],
    languageOptions: { globals: globals.browser },
    rules: {
      ...restrictImports([], [...PAGE_ONLY, NO_PREPARING, NO_CHARTS]),
      'svelte/no-at-html-tags': 'error',
      // Collections that change are replaced as a whole, in $state.raw.
      'svelte/prefer-svelte-reactivity': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"]',
          message:
            'The content security policy allows no style attributes: use a class, or style:property={value}.',
        },
      ],
    },
  },
  {
    files: ['src-trainer/**'],
    languageOptions: { globals: globals.browser },
    rules: restrictImports(
      ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-webgpu'],
      [NO_NODE_IN_TRAINER, NO_MAIN, NO_RENDERER],
    ),
  },
  { files: ['src-renderer/parts/chart/**'], rules: restrictImports([], [...PAGE_ONLY, NO_PREPARING]) },
  {
    files: ['src-renderer/pages/classify/preparation-worker.ts'],
    rules: restrictImports([], [...PAGE_ONLY, NO_CHARTS]),
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    // Here ESLint sees the props of other components as `any`; svelte-check knows and checks their types.
    files: ['**/*.svelte'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [
        `@typescript-eslint/no-unsafe-${what}`,
        'off',
      ]),
    ),
  },
  { files: ['tests/**'], languageOptions: { globals: globals.node } },
  { files: ['tests/renderer/**'], languageOptions: { globals: globals.browser } },
)
