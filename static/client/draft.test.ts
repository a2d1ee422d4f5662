import { describe, expect, test } from 'bun:test'
import { type Draft, type DraftOptions, type DraftState, keepDraft, type SendOutcome } from './draft.ts'
import { momentText } from './times.ts'

/** A browser's tab, a clock that is moved by hand, and a server that keeps one text. */
function tab(options: Partial<DraftOptions> & { kept?: string } = {}) {
  const stored = new Map<string, string>(options.kept === undefined ? [] : [['key', options.kept]])
  const server = { text: 'SELECT 1', version: 1, isUp: true, losesAnswers: false, saves: [] as string[] }
  const states: DraftState[] = []
  let nowMs = 0
  let timers: { at: number; act: () => void }[] = []
  const send = async ({ text, version }: { text: string; version: number }): Promise<SendOutcome> => {
    if (!server.isUp) return { kind: 'failed' }
    if (version !== server.version) return { kind: 'conflict', other: { ...server, savedAt: '2026-03-01T12:00:00Z' } }
    Object.assign(server, { text, version: version + 1 })
    server.saves.push(text)
    return server.losesAnswers
      ? { kind: 'failed' }
      : { kind: 'saved', draft: { version: version + 1, savedAt: '2026-03-01T12:00:00Z' } }
  }
  const draft: Draft = keepDraft({
    text: server.text,
    version: server.version,
    storageKey: 'key',
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    send,
    onState: (state) => states.push(state),
    now: () => new Date(nowMs),
    later(act, ms) {
      const timer = { at: nowMs + ms, act }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    ...options,
  })
  const pass = async (ms: number) => {
    const until = nowMs + ms
    for (;;) {
      const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      timers = timers.filter((timer) => timer !== next)
      nowMs = next.at
      next.act()
      await Bun.sleep(0)
    }
    nowMs = until
  }
  return { draft, server, states, stored, pass, last: () => states.at(-1)?.kind }
}

describe('a draft', () => {
  test('saves itself within two seconds of a pause', async () => {
    const { draft, server, pass, last } = tab()
    draft.change('SELECT 2')
    expect(last()).toBe('waiting')
    await pass(2000)
    expect(server.saves).toEqual(['SELECT 2'])
    expect(last()).toBe('saved')
  })
  test('saves while someone types on without a pause', async () => {
    const { draft, server, pass } = tab()
    for (let count = 0; count < 12; count++) {
      draft.change(`SELECT ${'1'.repeat(count + 2)}`)
      await pass(600)
    }
    expect(server.saves.length).toBeGreaterThan(0)
  })
  test('lies in the browser until the server has acknowledged it', async () => {
    const { draft, stored, pass } = tab()
    draft.change('SELECT 2')
    expect(stored.get('key')).toContain('SELECT 2')
    await pass(2000)
    expect(stored.size).toBe(0)
  })
  test('survives a lost connection and is sent when it is back', async () => {
    const { draft, server, stored, pass, last } = tab()
    server.isUp = false
    draft.change('SELECT 2')
    await pass(2000)
    expect(last()).toBe('offline')
    expect(stored.get('key')).toContain('SELECT 2')
    server.isUp = true
    await pass(6000)
    expect(server.text).toBe('SELECT 2')
    expect(last()).toBe('saved')
    expect(stored.size).toBe(0)
  })
  test('is saved on leaving the page', async () => {
    const { draft, server, pass } = tab()
    draft.change('SELECT 2')
    draft.leave()
    await pass(0)
    expect(server.saves).toEqual(['SELECT 2'])
  })
  test('that was saved but not acknowledged is no conflict with itself', async () => {
    const { draft, server, pass, last } = tab()
    server.losesAnswers = true
    draft.change('SELECT 2')
    await pass(2000)
    expect(last()).toBe('offline')
    server.losesAnswers = false
    await pass(6000)
    expect(last()).toBe('saved')
    draft.change('SELECT 3')
    await pass(2000)
    expect(server.text).toBe('SELECT 3')
  })
  test('of another tab is shown and nothing is overwritten until the person decides', async () => {
    const { draft, server, states, pass, last } = tab()
    Object.assign(server, { text: 'SELECT other', version: 2 })
    draft.change('SELECT mine')
    await pass(2000)
    expect(states.at(-1)).toMatchObject({ kind: 'conflict', other: { text: 'SELECT other' }, mine: 'SELECT mine' })
    draft.change('SELECT mine, too')
    await pass(10_000)
    expect(server.text).toBe('SELECT other')
    expect(draft.settle('mine')).toBe('SELECT mine, too')
    await pass(2000)
    expect(server.text).toBe('SELECT mine, too')
    expect(last()).toBe('saved')
  })
  test('gives way to that of another tab where the person wants it', async () => {
    const { draft, server, stored, pass, last } = tab()
    Object.assign(server, { text: 'SELECT other', version: 2 })
    draft.change('SELECT mine')
    await pass(2000)
    expect(draft.settle('other')).toBe('SELECT other')
    expect(last()).toBe('saved')
    expect(stored.size).toBe(0)
    draft.change('SELECT other, too')
    await pass(2000)
    expect(server).toMatchObject({ text: 'SELECT other, too', version: 3 })
  })
  test('that was emptied may win, too', async () => {
    const { draft, server, pass, last } = tab()
    Object.assign(server, { text: 'SELECT other', version: 2 })
    draft.change('')
    await pass(2000)
    draft.settle('mine')
    await pass(2000)
    expect(server.text).toBe('')
    expect(last()).toBe('saved')
  })
  for (const order of ['the earlier', 'the later'] as const)
    test(`sent on leaving while another text of its own is under way is no conflict: ${order} arrives first`, async () => {
      const server = { text: 'SELECT 1', version: 1 }
      const underWay: (() => void)[] = []
      const send = ({ text, version }: { text: string; version: number }) =>
        new Promise<SendOutcome>((resolve) => {
          underWay.push(() => {
            if (version !== server.version) return resolve({ kind: 'conflict', other: { ...server, savedAt: null } })
            Object.assign(server, { text, version: version + 1 })
            resolve({ kind: 'saved', draft: { version: version + 1, savedAt: '2026-03-01T12:00:00Z' } })
          })
        })
      const { draft, stored, states, pass } = tab({ send })
      draft.change('SELECT 2')
      await pass(2000)
      draft.change('SELECT 2, 3')
      draft.leave()
      draft.change('SELECT 2, 3, 4')
      // Whoever opens the page now has what was typed last, whichever text the server takes.
      expect(JSON.parse(stored.get('key') ?? '')).toMatchObject({ text: 'SELECT 2, 3, 4', sent: 'SELECT 2' })
      if (order === 'the later') underWay.reverse()
      while (server.text !== 'SELECT 2, 3, 4') {
        for (const arrive of underWay.splice(0)) arrive()
        await pass(2000)
      }
      expect(states.map(({ kind }) => kind)).not.toContain('conflict')
      expect(states.at(-1)?.kind).toBe('saved')
      expect(stored.size).toBe(0)
    })
  test('made from the very text that came back under a later version is no conflict', async () => {
    const { draft, server, states, pass } = tab()
    Object.assign(server, { text: 'SELECT 1', version: 3 })
    draft.change('SELECT 2')
    await pass(5000)
    expect(server).toMatchObject({ text: 'SELECT 2', version: 4 })
    expect(states.map(({ kind }) => kind)).not.toContain('conflict')
  })
  test('takes nothing away that another tab keeps', async () => {
    const { draft, stored } = tab()
    draft.change('SELECT 2')
    stored.set('key', JSON.stringify({ text: 'SELECT theirs', version: 1, sent: null }))
    draft.change('SELECT 1')
    expect(stored.get('key')).toContain('SELECT theirs')
  })
  test('kept in the browser comes back with the page', async () => {
    const { draft, server, pass } = tab({ kept: JSON.stringify({ text: 'SELECT kept', version: 1, sent: null }) })
    expect(draft.opening).toBe('SELECT kept')
    await pass(100)
    expect(server.text).toBe('SELECT kept')
  })
  test('kept from before another device saved is a conflict, not a loss', async () => {
    const { draft, server, states, stored, pass } = tab({
      kept: JSON.stringify({ text: 'SELECT kept', version: 0, sent: null }),
    })
    expect(draft.opening).toBe('SELECT kept')
    await pass(100)
    expect(states.at(-1)).toMatchObject({
      kind: 'conflict',
      mine: 'SELECT kept',
      other: { text: 'SELECT 1', version: 1 },
    })
    draft.change('SELECT kept, and on')
    await pass(10_000)
    expect(server.text).toBe('SELECT 1')
    // Who leaves without an answer is asked again.
    expect(JSON.parse(stored.get('key') ?? '')).toMatchObject({ text: 'SELECT kept, and on', version: 0 })
    draft.settle('mine')
    await pass(2000)
    expect(server.text).toBe('SELECT kept, and on')
  })
  test('that is too large is said to be so, stays in the browser, and is sent when it has shrunk', async () => {
    const send = async ({ text }: { text: string }): Promise<SendOutcome> =>
      text.length > 20
        ? { kind: 'too-large' }
        : { kind: 'saved', draft: { version: 2, savedAt: '2026-03-01T12:00:00Z' } }
    const { draft, stored, pass, last } = tab({ send })
    draft.change('x'.repeat(30))
    await pass(2_000)
    expect(last()).toBe('too-large')
    expect(stored.get('key')).toContain('xxx')
    draft.change('SELECT 2')
    await pass(10_000)
    expect(last()).toBe('saved')
  })

  test('ignores what it cannot read in the browser’s storage', () => {
    for (const kept of ['{', 'null', '{"text":1}', '[]']) expect(tab({ kept }).draft.opening).toBe('SELECT 1')
  })
})

test('a moment is told by the day it was', () => {
  const now = new Date(2026, 2, 1, 9, 0)
  expect(momentText(new Date(2026, 2, 1, 8, 5), now)).toBe('today 08:05')
  expect(momentText(new Date(2026, 1, 28, 23, 59), now)).toBe('yesterday 23:59')
  expect(momentText(new Date(2026, 0, 2, 3, 4), now)).toBe('2 January 2026 03:04')
})
