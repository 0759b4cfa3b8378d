import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { computeGradCam } from '#shared/core/inspect/grad-cam.ts'
import { lookInside, toImages } from '#shared/core/inspect/look-inside.ts'
import { applyLayers, applyNetwork } from '#shared/core/models/apply-network.ts'
import { disposeParameters, loadParameters } from '#shared/core/models/live-parameters.ts'
import { explainUnit, sumOverMaps } from '#shared/inspect/contributions.ts'
import {
  activateNumber,
  explainConvolution,
  explainPooling,
  listKept,
  takeMap,
} from '#shared/inspect/one-value.ts'
import { takeUnits } from '#shared/inspect/weights-of-units.ts'
import { modelSettings } from '#shared/experiment.ts'
import { anyModel, anyTinyVgg, drawNetwork } from './random-networks.ts'

beforeAll(() => startEngine('cpu'))

const seeds = fc.integer({ min: 0, max: 1000 })
const RUNS = { numRuns: 40 }

/** Everything that was looked at, with the weights by unit. */
async function look(model: Parameters<typeof drawNetwork>[0], seed: number) {
  const drawn = drawNetwork(model, seed)
  const parameters = loadParameters(drawn.values)
  const layers = await lookInside(drawn.network, parameters, drawn.input)
  const given = (place: number): Float32Array =>
    layers[place - 1]?.values ?? Float32Array.from(drawn.input, (byte) => byte / 255)
  const ofUnit = (name: string, unit: number) => {
    const [weight, bias] = ['weight', 'bias'].map((part) =>
      drawn.values.find((one) => one.name === `${name}.${part}`),
    )
    if (weight === undefined || bias === undefined) throw new Error(`${name} has weights`)
    return { weights: takeUnits(weight.values, weight.shape, unit, 1), bias: bias.values[unit] ?? NaN }
  }
  return { ...drawn, parameters, layers, given, ofUnit }
}

describe('looking inside any network', () => {
  it('ends with what the run answers, and leaves nothing on the engine', async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, seeds, async (model, seed) => {
        const { network, parameters, input, layers } = await look(model, seed)
        const kept = tf.memory().numTensors
        await lookInside(network, parameters, input)
        expect(tf.memory().numTensors).toBe(kept)
        const logits = tf.tidy(() => [
          ...applyNetwork(network, parameters, toImages(network, input)).dataSync(),
        ])
        expect([...(layers.at(-1)?.values ?? [])]).toEqual(logits)
        disposeParameters(parameters)
      }),
      RUNS,
    )
  })

  it('every value of a convolution is its window times its kernel, with the bias, activated', async () => {
    await fc.assert(
      fc.asyncProperty(anyTinyVgg, seeds, async (model, seed) => {
        const { network, layers, given, ofUnit } = await look(model, seed)
        network.layers.forEach(({ layer, input, output }, place) => {
          if (layer.kind !== 'convolution') return
          const [height = 0, width = 0, maps = 0] = output
          for (let map = 0; map < maps; map++) {
            const { weights, bias } = ofUnit(layer.name, map)
            for (const [row, column] of [
              [0, 0],
              [height - 1, width - 1],
              [height >> 1, 0],
            ] as const) {
              const made = explainConvolution(layer, given(place), input, weights, bias, { row, column })
              const at = (row * width + column) * maps + map
              expect(made.sum).toBeCloseTo(layers[place]?.sums?.[at] ?? NaN, 4)
              expect(made.value).toBeCloseTo(layers[place]?.values[at] ?? NaN, 4)
              expect(made.parts.reduce((sum, part) => sum + part.sum, bias)).toBeCloseTo(made.sum, 6)
            }
          }
        })
      }),
      RUNS,
    )
  })

  it('a pooling’s values are those of its windows, and what a max pooling kept is the largest there', async () => {
    await fc.assert(
      fc.asyncProperty(anyTinyVgg, seeds, async (model, seed) => {
        const { network, layers, given } = await look(model, seed)
        network.layers.forEach(({ layer, input, output }, place) => {
          if (layer.kind !== 'pooling') return
          const [height = 0, width = 0, maps = 0] = output
          for (let map = 0; map < maps; map++) {
            const before = takeMap(given(place), input, map)
            const kept = listKept(layer, given(place), input, output, map)
            expect(kept).toHaveLength(layer.pooling === 'max' ? height * width : 0)
            for (let pixel = 0; pixel < height * width; pixel++) {
              const at = { row: Math.floor(pixel / width), column: pixel % width }
              const made = explainPooling(layer, given(place), input, at, map)
              expect(made.value).toBeCloseTo(layers[place]?.values[pixel * maps + map] ?? NaN, 5)
              const found = kept[pixel]
              if (found === undefined) continue
              expect(before[found.row * (input[1] ?? 0) + found.column]).toBe(Math.max(...made.values))
            }
          }
        })
      }),
      RUNS,
    )
  })

  it('contributions and bias add up to the logit, and over the maps to the same', async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, seeds, async (model, seed) => {
        const { network, layers, given, ofUnit } = await look(model, seed)
        const place = network.layers.length - 1
        const classifier = network.layers[place]
        if (classifier?.layer.kind !== 'dense') throw new Error('a network ends with a dense layer')
        const { activation } = classifier.layer
        for (let label = 0; label < 4; label++) {
          const { weights, bias } = ofUnit('classifier', label)
          const parts = explainUnit(given(place), weights, bias)
          expect(activateNumber(parts.sum, activation)).toBeCloseTo(layers[place]?.values[label] ?? NaN, 4)
          expect(parts.each.reduce((sum, part) => sum + part, bias)).toBeCloseTo(parts.sum, 6)
          const maps = sumOverMaps(parts, classifier.flattenedFrom ?? [1, 1, parts.each.length])
          expect(maps.reduce((sum, part) => sum + part, bias)).toBeCloseTo(parts.sum, 6)
        }
      }),
      RUNS,
    )
  })
})

describe('Grad-CAM', () => {
  const model = modelSettings.parse({ name: 'tiny-vgg', channels: 3, blocks: 1, activation: 'tanh' })

  it.each(['conv_1_1', 'conv_1_2'])(
    'weighs the maps of %s as finite differences of the logit do',
    async (name) => {
      const { network, values, input } = drawNetwork(model, 3, 6)
      const parameters = loadParameters(values)
      const cam = await computeGradCam(network, parameters, input, name, 2)
      const place = network.layers.findIndex(({ layer }) => layer.name === name)
      const own = 2 * (place + 1)
      const maps = tf.tidy(() => [
        ...applyLayers(
          network.layers.slice(0, place + 1),
          parameters.slice(0, own),
          toImages(network, input),
        ).dataSync(),
      ])
      const logit = (changed: readonly number[]): number =>
        tf.tidy(() => {
          const reached = tf.tensor([...changed], [1, 6, 6, 3])
          return (
            applyLayers(network.layers.slice(place + 1), parameters.slice(own), reached).dataSync()[2] ?? NaN
          )
        })
      const STEP = 0.002 // so small that no other value becomes the largest of its window
      const expected = [0, 0, 0]
      maps.forEach((value, at) => {
        const slope = (logit(maps.with(at, value + STEP)) - logit(maps.with(at, value - STEP))) / (2 * STEP)
        expected[at % 3] = (expected[at % 3] ?? 0) + slope / 36
      })
      cam.weights.forEach((weight, map) => expect(weight).toBeCloseTo(expected[map] ?? NaN, 3))
      cam.values.forEach((value, pixel) => {
        const sum = [0, 1, 2].reduce(
          (total, map) => total + (cam.weights[map] ?? 0) * (maps[pixel * 3 + map] ?? 0),
          0,
        )
        expect(value).toBeCloseTo(Math.max(0, sum), 5)
      })
    },
  )

  it('says what it looks at where it is asked for something else', async () => {
    const { network, values, input } = drawNetwork(model, 3, 6)
    const parameters = loadParameters(values)
    const ask = (layer: string, label: number) => computeGradCam(network, parameters, input, layer, label)
    await expect(ask('pool_1', 0)).rejects.toThrow('Choose one of conv_1_1, conv_1_2.')
    await expect(ask('conv_1_1', 9)).rejects.toThrow('There is no class 9: the network tells 4 apart.')
    const linear = drawNetwork(modelSettings.parse({ name: 'linear' }), 1)
    await expect(
      computeGradCam(linear.network, loadParameters(linear.values), linear.input, 'flatten', 0),
    ).rejects.toThrow('This network has none: use occlusion.')
  })
})
