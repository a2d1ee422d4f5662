import { describe, expect, test } from 'bun:test'
import { sampleHelp, sampleVerdict } from '../samples.ts'
import { HelpFragment, Hints, Solution } from './help.tsx'
import { FirstRows, Tables } from './tables.tsx'
import { type PartFacts, VerdictSay } from './verdict-say.tsx'

describe('hints', () => {
  test('tell what the next one costs and what is left', () => {
    const shown = Hints(sampleHelp('x')).toString()
    expect(shown).toContain('It costs 2 of the 10 points. A right answer brings 8 of 10 points now.')
    expect(shown).toContain('name="number" value="2"')
  })
  test('cost nothing once the points are settled', () => {
    expect(Hints(sampleHelp('x', { isPassed: true })).toString()).toContain('It costs nothing now.')
    expect(Hints(sampleHelp('x', { isGivenUp: true, pointsNow: 0 })).toString()).toContain('brings no points')
    expect(Hints(sampleHelp('x', { pointsNow: 2, pointsAfterHint: 2 })).toString()).toContain('in any case')
  })
  test('tell what a part has brought, and what they take of it', () => {
    const part = { pointsEarned: 6, pointsEarnedAfterHint: 4, bestScore: 0.8, givesPart: true }
    const shown = Hints(sampleHelp('x', part)).toString()
    expect(shown).toContain('It costs 2 of the 10 points, and of the 6 that you have 4 stay.')
    expect(shown).toContain(
      'A right answer brings 8 of 10 points now; your best one counts 80\u00a0% and has brought 6.',
    )
    expect(Hints(sampleHelp('x', { givesPart: true })).toString()).toContain('partly right a part of them')
    const question = Solution(sampleHelp('x', { ...part, asksToGiveUp: true })).toString()
    expect(question).toContain('The 6 points that you have for a part are gone too.')
  })
  test('come to an end', () => {
    const shown = Hints(sampleHelp('x', { hintsTotal: 1 })).toString()
    expect(shown).toContain('That was the last hint.')
    expect(shown).not.toContain('<form')
    expect(Hints(sampleHelp('x', { hints: [], hintsTotal: 0 })).toString()).toContain('No hints')
  })
  test('answer with the other panel, whose price changed too', () => {
    const answer = HelpFragment({ help: sampleHelp('x'), panel: 'hints' }).toString()
    expect(answer).toContain('id="solution" hx-swap-oob="innerHTML"')
    expect(answer).not.toContain('id="hints"')
  })
})

describe('the solution', () => {
  test('asks with the points that are lost, the safe answer first', () => {
    const shown = Solution(sampleHelp('x', { asksToGiveUp: true })).toString()
    expect(shown).toContain('Give up 8 points for the solution?')
    expect(shown.indexOf('Keep trying')).toBeLessThan(shown.indexOf('Show the solution'))
  })
  test('is shown where it may be', () => {
    const shown = Solution(
      sampleHelp('x', { isPassed: true, solution: [{ path: null, text: 'select 42' }] }),
    ).toString()
    expect(shown).toContain('Yours may read otherwise')
    expect(shown).toContain('42')
  })
})

describe('a verdict where a part brings points', () => {
  const sayOf = (part: Partial<PartFacts> | null) => {
    const { verdict, number, at } = sampleVerdict('x')
    const whole = part && { score: 0.75, points: 7, pointsMax: 10, pointsBest: 7, ...part }
    return VerdictSay({ verdict, number, at, next: null, code: null, part: whole }).toString()
  }
  test('says which part, and what it brings of how much', () => {
    expect(sayOf({})).toContain('That counts 75\u00a0%: 7 of 10 points.')
    expect(sayOf({})).not.toContain('best')
    expect(sayOf({ score: 2 / 3, points: 6, pointsBest: 7 })).toContain(
      'That counts 66\u00a0%: 6 of 10 points. Your best answer',
    )
    expect(sayOf({ score: 0, points: 0, pointsBest: 0 })).toContain('None of 10 points.')
    expect(sayOf({ points: 0, pointsMax: 0 })).toContain('The solution was shown, so it brings no points.')
  })
  test('and nothing of points where it is all or nothing', () => {
    expect(sayOf(null)).not.toContain('point')
  })
})

describe('the tables of an exercise', () => {
  const place = { attemptId: 'a1', slug: 'x' }
  test('that are not read yet are told from none', () => {
    expect(Tables({ schema: null, ...place }).toString()).toContain('Tables are being read')
    const none = { tables: [], diagram: null, isOwn: false, key: 'start' }
    expect(Tables({ schema: none, ...place }).toString()).toContain('begins with an empty database')
    expect(Tables({ schema: { ...none, isOwn: true }, ...place }).toString()).toContain('has no tables now')
  })
  test('say how many rows of how many are shown', () => {
    const rows = {
      name: 'film',
      columns: [{ name: 'id', type: 'int8' }],
      rows: [['1']],
      isFocused: false,
      isOwn: false,
    }
    expect(FirstRows({ ...rows, total: 64 }).toString()).toContain('1 of 64 rows, as the exercise begins.')
    expect(FirstRows({ ...rows, rows: [], total: 0 }).toString()).toContain('The table is empty.')
    expect(FirstRows({ ...rows, isOwn: true, total: 1 }).toString()).toContain('1 row, as your database is now.')
    expect(FirstRows({ ...rows, isOwn: true, total: null }).toString()).toContain('The first 1 row, as your')
  })
})
