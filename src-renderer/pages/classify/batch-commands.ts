// What can be done from the keyboard with the photos of a batch, beside the keys of the list itself.
import type { Command } from '../../state/commands.svelte.ts'
import type { Labels } from './labels.ts'
import type { PhotoChoice } from './photo-choice.svelte.ts'
import { keyOfClass } from './photo-words.ts'

interface CommandParts {
  readonly labels: Labels
  readonly choice: PhotoChoice
  readonly classNames: readonly string[]
  readonly focusList: () => void
}

export function batchCommands({ labels, choice, classNames, focusList }: CommandParts): readonly Command[] {
  const group = 'Classify'
  const classes = classNames.flatMap((className, index): Command[] => {
    const keys = keyOfClass(index)
    const run = (): void => labels.give(className)
    return keys === null ? [] : [{ id: `label-${index}`, label: `Label: ${className}`, group, keys, run }]
  })
  const takeAway = { label: 'Take the label away', group, run: () => labels.give(null) }
  return [
    { id: 'focus-photos', label: 'Go to the photos', group, keys: 'g', run: focusList },
    // Where a button has the focus, Enter is the button's.
    {
      id: 'confirm',
      label: 'Confirm the answer',
      group,
      keys: 'enter',
      hidden: true,
      run: () => labels.confirm(),
    },
    { id: 'confirm-photo', label: 'Confirm the answer', group, run: () => labels.confirm() },
    ...classes,
    { id: 'unlabel', keys: 'backspace', ...takeAway },
    { id: 'unlabel-too', keys: 'delete', hidden: true, ...takeAway },
    { id: 'undo-label', label: 'Undo the last label', group, keys: 'mod+z', run: () => labels.undo() },
    { id: 'choose-none', label: 'Choose no photos', group, run: () => choice.clear() },
  ]
}
