import { expect, it } from 'vitest'
import { addressOfRun, readPlace } from '../../../src-renderer/state/place.ts'

it.each([
  ['', { page: 'runs' }],
  ['#/', { page: 'runs' }],
  ['#/runs?sort=-testAccuracy', { page: 'runs' }],
  ['#/runs/abc', { page: 'run', runId: 'abc' }],
  ['#/runs/abc/evaluation?split=validation', { page: 'evaluation', runId: 'abc' }],
  ['#/settings', { page: 'settings' }],
  ['#/datasets/sketches/quality?kind=labels', { page: 'quality', datasetId: 'sketches' }],
  ['#/datasets/sketches/other', { page: 'unknown', address: 'datasets/sketches/other' }],
  ['#/paper', { page: 'paper' }],
  ['#/runs/abc/inside?split=test&image=3', { page: 'inside', runId: 'abc' }],
  ['#/runs/abc/def', { page: 'unknown', address: 'runs/abc/def' }],
  ['#/compare?runs=a,b', { page: 'compare' }],
  ['#/classify?batch=a&photo=3', { page: 'classify' }],
  ['#/nowhere', { page: 'unknown', address: 'nowhere' }],
])('the address %s names its page', (hash, place) => {
  expect(readPlace(hash)).toEqual(place)
})

it('a run is found again by its address, whatever its id holds', () => {
  expect(readPlace(addressOfRun('a/b %20?c#d'))).toEqual({ page: 'run', runId: 'a/b %20?c#d' })
})
