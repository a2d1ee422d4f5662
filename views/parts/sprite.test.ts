/** The sprite that a page carries: its own symbols, and those that a part of it may bring when it is read again. */
import { expect, test } from 'bun:test'
import { HealthPage } from '../admin/health.tsx'
import { CataloguePage } from '../catalog/catalogue.tsx'
import { sampleHealth, samplePage, sampleRow } from '../samples.ts'
import type { State } from './state.tsx'

/** The symbols that a page uses and does not carry. */
function missing(html: string, carrier = html): string[] {
  const used = [...html.matchAll(/<use href="#([^"]+)"/g)].map(([, id = '']) => id)
  return used.filter((id) => !carrier.includes(`<symbol id="${id}"`))
}

function catalogueOf(state: State, difficulty: 'easy' | 'medium' | 'hard'): string {
  const filters = { q: '', tracks: [], difficulties: [], states: [], topics: [], languages: [] }
  const track = { slug: 't', title: 'T', description: '', rows: [{ ...sampleRow('x'), state, difficulty }] }
  return CataloguePage({ page: samplePage(''), filters, tracks: [track], total: 2 }).toString()
}

test('an exercise that a filter brings has its mark and its level', () => {
  const before = catalogueOf('new', 'easy')
  for (const [state, difficulty] of [
    ['accepted', 'medium'],
    ['nearly', 'hard'],
    ['wrong_answer', 'easy'],
  ] as const) {
    const brought = catalogueOf(state, difficulty)
    expect(missing(brought)).toEqual([])
    expect(missing(brought, before)).toEqual([])
  }
})

test('figures that are read again have their mark, whether something needs somebody or not', () => {
  const [well, needy] = [[], ['Look.']].map((needs) => HealthPage({ ...sampleHealth('x'), needs }).toString())
  expect(missing(needy ?? '')).toEqual([])
  expect(missing(needy ?? '', well)).toEqual([])
  expect(missing(well ?? '', needy)).toEqual([])
})
