// The two names under which a port travels: between the main process and the preload, and from the preload to its page.

/** The preload asks with it, the main process answers with it. The only channel that there is. */
export const PORT_CHANNEL = 'atelier:port'
/** What the page waits for; src-renderer/channel.ts knows the same word. */
export const PORT_MESSAGE = 'atelier-port'
