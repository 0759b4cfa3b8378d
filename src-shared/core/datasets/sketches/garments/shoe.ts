// What sneakers, sandals and boots share: soles and heels, drawn from the side with the toe on the left.
// Centimetres; x = 0 is the toe, x = 28 the heel, y = 0 the ground, higher is negative.
import { Pen, type Outline } from '../outline.ts'

export const SHOE_LENGTH = 28

/** A sole on the ground from toe to heel; the toe springs up a little. */
export function flatSole(thickness: number, toeSpring: number): Outline {
  return new Pen(0, -thickness - toeSpring)
    .curve(7, -thickness, 14, -thickness)
    .line(SHOE_LENGTH, -thickness)
    .line(SHOE_LENGTH - 0.6, 0)
    .line(5, 0)
    .curve(1, 0, 0, -thickness - toeSpring)
    .close()
}

/** A sole that rises from the ball of the foot to a heel of some height. */
export function raisedSole(thickness: number, heelHeight: number): Outline {
  const back = SHOE_LENGTH - 1
  return new Pen(0.5, -thickness)
    .line(9, -thickness)
    .curve(14, -thickness, 19, -heelHeight - thickness)
    .line(back, -heelHeight - thickness)
    .line(back, -heelHeight)
    .line(20, -heelHeight)
    .curve(14, 0, 9, 0)
    .line(1.5, 0)
    .close()
}

/** A heel under the back of a raised sole, narrowing to `footWidth` at the ground. */
export function heel(heelHeight: number, topWidth: number, footWidth: number): Outline {
  const back = SHOE_LENGTH - 1
  return new Pen(back, -heelHeight)
    .line(back - 0.3, 0)
    .line(back - 0.3 - footWidth, 0)
    .curve(back - footWidth - 0.5, -heelHeight * 0.6, back - topWidth, -heelHeight)
    .close()
}
