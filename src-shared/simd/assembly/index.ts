// What the compiled kernels offer to the page's side: one function that runs a phase, and the life of a thread.
export { runPhase, serve, close } from './threads'
