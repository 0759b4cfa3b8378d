// Waits until messages that came in have been heard. A timer would do it too, but those of a hidden page are slowed down.

const { port1: bell, port2: ears } = new MessageChannel()
const waiting: (() => void)[] = []
ears.onmessage = () => waiting.shift()?.()

export function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    bell.postMessage(null)
  })
}
