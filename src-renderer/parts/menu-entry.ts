// What a menu can hold.
import type { IconName } from './icons.ts'

export type MenuEntry =
  | { readonly kind: 'line' }
  | { readonly kind: 'heading'; readonly label: string }
  | {
      readonly kind: 'check'
      readonly label: string
      readonly checked: boolean
      /** Closes the menu, as where one choice excludes the others. */
      readonly closes?: boolean
      readonly run: () => void
    }
  | {
      readonly kind: 'item'
      readonly label: string
      readonly icon?: IconName
      readonly keys?: string
      readonly disabled?: boolean
      readonly danger?: boolean
      readonly run: () => void
    }
