import { describe, expect, it } from 'vitest'
import { describeVerb, describeVerbs } from '#main/terminal/help.ts'
import { parseArguments } from '#main/terminal/parse-command.ts'
import { VERBS } from '#main/terminal/run-command.ts'
import type { Verb } from '#main/terminal/verb.ts'

const VERB: Verb = {
  name: 'paint',
  usage: 'WHAT',
  summary: 'Paint something.',
  flags: { colour: { value: 'NAME', help: 'Which colour.' }, twice: { help: 'Two coats.' } },
  run: () => Promise.resolve(0),
}

describe('words', () => {
  it('become flags and what is left', () => {
    expect(parseArguments(VERB, ['door', '--colour', 'red', '--twice', 'gate'])).toEqual({
      positionals: ['door', 'gate'],
      flags: { colour: 'red', twice: true },
    })
  })

  it('may be a value that begins with a dash', () => {
    expect(parseArguments(VERB, ['--colour', '-red']).flags).toEqual({ colour: '-red' })
    expect(parseArguments(VERB, ['--colour=-1']).flags).toEqual({ colour: '-1' })
  })

  it('after two dashes are no flags', () => {
    expect(parseArguments(VERB, ['--', '--twice'])).toEqual({ positionals: ['--twice'], flags: {} })
  })

  it.each([
    [['--size', '3'], "Unknown option '--size'."],
    [['-t'], "Unknown option '-t'."],
    [['--colour'], "Option '--colour <value>' argument missing."],
    [['--colour', '--twice'], "Option '--colour' argument is ambiguous."],
    [['--twice=yes'], "Option '--twice' does not take an argument."],
  ])('%j are refused with the way to the help', (words, sentence) => {
    expect(() => parseArguments(VERB, words)).toThrow(
      `${sentence} "atelier paint --help" lists what is possible.`,
    )
  })
})

describe('help', () => {
  it('names every verb with its summary, and fits a wide terminal', () => {
    const text = describeVerbs(VERBS)
    const lines = text.split('\n')
    for (const { name, summary } of VERBS) {
      expect(lines.filter((line) => line.startsWith(`  ${name} `) && line.endsWith(summary))).toHaveLength(1)
    }
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(150)
  })

  it('of a verb lists its flags and those that every verb has', () => {
    expect(describeVerb(VERB).split('\n').slice(0, 6)).toEqual([
      'Usage: atelier paint WHAT',
      '',
      'Paint something.',
      '',
      '  --colour NAME  Which colour.',
      '  --twice        Two coats.',
    ])
    for (const flag of ['--home DIR', '--json', '--help']) expect(describeVerb(VERB)).toContain(flag)
  })
})
