// Loaded into a trainer process before everything else: with SIGUSR2 its GPU is gone, as with a driver that is restarted.
import * as tf from '@tensorflow/tfjs'

process.once('SIGUSR2', () => {
  const { device } = tf.backend() as tf.KernelBackend & { readonly device: { destroy(): void } }
  device.destroy()
})
