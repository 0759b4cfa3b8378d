// Under which name a port travels to the preload of the hidden window that computes. Alone in its file: the preload is one
// script, and may share nothing with the other.

export const TRAINER_PORT_CHANNEL = 'atelier:trainer-port'
/** What its page waits for; src-shared/window-training.ts knows the same word. */
export const TRAINER_PORT_MESSAGE = 'atelier-trainer-port'
