// Keys as commands name them ('mod+shift+k') against keys as they are pressed, and as people read them.
const isApple = /Mac|iP/.test(navigator.platform)

export function matchesKeys(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1)
  const mod = isApple ? event.metaKey : event.ctrlKey
  if (mod !== parts.includes('mod') || event.altKey !== parts.includes('alt')) return false
  const isLetter = key !== undefined && /^[a-z0-9]$/.test(key)
  if (isLetter && event.shiftKey !== parts.includes('shift')) return false
  return event.key.toLowerCase() === key
}

/** 'mod+k' -> ['Ctrl', 'K'] */
export function nameKeys(keys: string): readonly string[] {
  return keys.split('+').map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
}

const NAMES: Readonly<Record<string, string>> = {
  mod: isApple ? '⌘' : 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  enter: 'Enter',
  space: 'Space',
  escape: 'Esc',
  delete: 'Delete',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  f2: 'F2',
}
