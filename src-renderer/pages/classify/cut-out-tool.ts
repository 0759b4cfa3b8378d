// What a press on the photo begins.
export const CUT_OUT_TOOLS = ['box', 'garment', 'background'] as const
export type CutOutTool = (typeof CUT_OUT_TOOLS)[number]

export const TOOL_CHOICES: readonly { readonly value: CutOutTool; readonly label: string }[] = [
  { value: 'box', label: 'Box' },
  { value: 'garment', label: 'Garment +' },
  { value: 'background', label: 'Background −' },
]

/** By mouse and by keyboard. */
export const TOOL_HELP: Readonly<Record<CutOutTool, string>> = {
  box: 'Drag a box around the garment: outside of it is background. Keys: Enter makes one, arrows move it, with Shift they resize it, Delete removes it.',
  garment:
    'Draw over what belongs to the garment. Keys: arrows move the brush, Space puts it down and lifts it, [ and ] change its size.',
  background:
    'Draw over what does not belong to the garment. Keys: arrows move the brush, Space puts it down and lifts it, [ and ] change its size.',
}
