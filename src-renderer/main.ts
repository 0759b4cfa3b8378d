// The page's entry: chooses the channel, opens the state over it and shows the application.
import '#shared/zod-without-eval.ts'
import './app.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { chooseChannel } from './channel.ts'
import { openWorkbench } from './open-workbench.ts'

const target = document.querySelector('#app')
if (target === null) throw new Error('index.html has no element #app.')

const workbench = openWorkbench(chooseChannel())
mount(App, { target, props: { workbench } })

// A defect that nobody caught is told too, instead of a page that silently does nothing.
addEventListener('unhandledrejection', ({ reason }) => workbench.toasts.refuse(reason))
addEventListener('error', ({ error }) => {
  if (error !== null && error !== undefined) workbench.toasts.refuse(error)
})
