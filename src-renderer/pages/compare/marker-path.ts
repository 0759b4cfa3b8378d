// The marker of a look as a path around 0, 0, so that points are told apart by shape as on the line charts.
import { markerOf } from '../../parts/chart/series.ts'

/** @param size half the width, pixels */
export function pathOfMarker(look: number, size: number): string {
  const marker = markerOf(look)
  const s = size
  switch (marker) {
    case 'circle':
      return `M${-s} 0a${s} ${s} 0 1 0 ${2 * s} 0a${s} ${s} 0 1 0 ${-2 * s} 0`
    case 'rect':
      return `M${-s} ${-s}h${2 * s}v${2 * s}h${-2 * s}z`
    case 'triangle':
      return `M0 ${-s}L${s} ${s}H${-s}z`
    case 'rectRot':
      return `M0 ${-s * 1.25}L${s * 1.25} 0L0 ${s * 1.25}L${-s * 1.25} 0z`
    case 'crossRot':
      return `M${-s} ${-s}L${s} ${s}M${s} ${-s}L${-s} ${s}`
    case 'star':
      return `M${-s} ${-s}L${s} ${s}M${s} ${-s}L${-s} ${s}M0 ${-s * 1.3}V${s * 1.3}M${-s * 1.3} 0H${s * 1.3}`
    default:
      return marker satisfies never
  }
}
