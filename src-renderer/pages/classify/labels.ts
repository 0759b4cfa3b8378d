// Labels that people give: to the photos that are chosen, or to the one that the keyboard is on. Every change can be taken
// back, by the message that tells of it or by Ctrl+Z.
import type { Client } from '#shared/client.ts'
import { writeCount } from '../../parts/numbers.ts'
import type { Toasts } from '../../state/toasts.svelte.ts'
import type { PhotoList } from './photo-list.svelte.ts'
import type { PhotoChoice } from './photo-choice.svelte.ts'

export class Labels {
  readonly #client: Client
  readonly #list: PhotoList
  readonly #choice: PhotoChoice
  readonly #toasts: Toasts
  /** The message about the last change: only that one can be taken back, so no older message may offer it. */
  #said: number | null = null

  constructor(client: Client, list: PhotoList, choice: PhotoChoice, toasts: Toasts) {
    this.#client = client
    this.#list = list
    this.#choice = choice
    this.#toasts = toasts
  }

  /** Null takes the label away. */
  give(label: string | null, numbers: readonly number[] = this.#choice.targets): void {
    if (numbers.length === 0) return
    void this.#toasts.attempt(async () => {
      await this.#send(label, numbers)
      const what = this.#name(numbers)
      this.#say(label === null ? `Took away the label of ${what}.` : `Labelled ${what}: ${label}.`, 1)
    })
  }

  /** Says that the first run is right about all of them. */
  confirm(numbers: readonly number[] = this.#choice.targets): void {
    void this.#toasts.attempt(async () => {
      const rows = await this.#list.readRows(numbers)
      const answered = rows.filter(({ predictions }) => predictions.length > 0)
      const classes = Map.groupBy(answered, ({ predictions }) => predictions[0]?.className ?? '')
      for (const [label, photos] of classes)
        await this.#send(
          label,
          photos.map(({ number }) => number),
        )
      if (answered.length === 0) this.#toasts.say('There is no answer to confirm.')
      else this.#say(`Confirmed ${this.#name(answered.map(({ number }) => number))}.`, classes.size)
    })
  }

  /** @param changes how many changes are taken back, the newest first */
  undo(changes = 1): void {
    void this.#toasts.attempt(async () => {
      const { batchId } = this.#list
      const numbers: number[] = []
      for (let change = 0; change < changes; change++)
        numbers.push(...(await this.#client.photos.undoCorrection({ batchId })).numbers)
      if (this.#said !== null) this.#toasts.dismiss(this.#said)
      this.#toasts.say(`Undone: the label of ${this.#name(numbers)} is as it was.`)
      const [only] = numbers
      if (numbers.length === 1 && only !== undefined) this.#choice.activate(only)
    })
  }

  async #send(label: string | null, numbers: readonly number[]): Promise<void> {
    await this.#client.photos.correct({ batchId: this.#list.batchId, numbers: [...numbers], label })
  }

  #say(text: string, changes: number): void {
    if (this.#said !== null) this.#toasts.dismiss(this.#said)
    this.#said = this.#toasts.say(text, { label: 'Undo', run: () => this.undo(changes) })
  }

  #name(numbers: readonly number[]): string {
    const [first] = numbers
    if (first === undefined || numbers.length > 1) return `${writeCount(numbers.length)} photos`
    return this.#list.rows.get(first)?.file.split('/').at(-1) ?? 'one photo'
  }
}
