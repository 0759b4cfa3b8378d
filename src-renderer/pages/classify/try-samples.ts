// Classifies the photos that come with Atelier, as a folder of classes.
import type { Client } from '#shared/client.ts'
import type { Toasts } from '../../state/toasts.svelte.ts'
import type { Intake } from './intake.svelte.ts'

export function trySamples(client: Client, intake: Intake, toasts: Toasts): void {
  void toasts.attempt(async () => {
    const { folder } = await client.photos.listSamples({})
    await intake.takePaths([folder])
  })
}
