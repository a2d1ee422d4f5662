/** Pages beside the exercise's own, with data in them, in a real browser: what axe finds, phone width, and what they do. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser, violations, visit } from './browser.ts'
import { draftSlug, writeDraftContent } from './draft-content.ts'
import { createVisitor, type Program, removeDirectory, runCommand, startProgram, type Visitor } from './program.ts'

const slug = 'whole-shelf'
const solution = readFileSync(`${import.meta.dir}/../../exercises/first-queries/${slug}/solution.sql`, 'utf8')
const password = 'seven quiet snails'
const longName = 'x'.repeat(40)
const timeoutMs = 90_000

type Person = 'visitor' | 'learner' | 'author' | 'admin'
type Cookies = NonNullable<Exclude<BrowserContextOptions['storageState'], string>>['cookies']

let program: Program
let browser: Browser
let content: string
const cookies = new Map<Person, Cookies>()

beforeAll(async () => {
  content = await writeDraftContent()
  await Bun.write(`${content}/workshop/broken/exercise.yaml`, 'title: [\n')
  program = await startProgram({ env: { EXERCISES_DIR: content } })
  browser = await launchBrowser()
  for (const role of ['learner', 'author', 'admin'] as const) {
    await runCommand(program.dataDir, ['user', 'add', role, '--role', role], password)
    const visitor = createVisitor(program.url)
    await visitor.post('/sessions', { name: role, password })
    await visitor.get('/account')
    await leaveTraces(visitor)
    cookies.set(role, cookiesOf(visitor))
  }
  const other = createVisitor(program.url)
  await other.post('/users', { name: longName, password })
  await other.get('/account')
  await leaveTraces(other)
}, timeoutMs)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await removeDirectory(program.dataDir)
  await removeDirectory(content)
}, timeoutMs)

/** A run, a right and a wrong answer, and a token: something to show on every page. */
async function leaveTraces(visitor: Visitor): Promise<void> {
  await visitor.api('POST', '/api/execute', { exercise: slug, sql: 'select 1' })
  const answers = [solution, 'select 1']
  for (const sql of answers) {
    expect((await visitor.api('POST', '/api/submissions', { exercise: slug, sql })).status).toBe(200)
  }
  expect((await visitor.post('/account/tokens', { label: 'nightly export', days: '30' })).status).toBe(200)
}

function cookiesOf(visitor: Visitor): Cookies {
  return visitor
    .cookies()
    .split('; ')
    .map((pair) => {
      const at = pair.indexOf('=')
      const fixed = { domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false } as const
      return { name: pair.slice(0, at), value: pair.slice(at + 1), ...fixed, sameSite: 'Lax' as const }
    })
}

async function open(who: Person, path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const storageState = { cookies: cookies.get(who) ?? [], origins: [] }
  const { page } = await visit(browser, { storageState, ...options })
  await page.goto(program.url + path)
  return page
}

const pages: readonly (readonly [Person, string])[] = [
  ['visitor', '/'],
  ['learner', '/'],
  ['author', '/exercises'],
  ['learner', '/exercises?q=nothing-is-called-this'],
  ['visitor', '/account'],
  ['learner', '/account'],
  ['learner', '/account/deletion'],
  ['visitor', '/leaderboard'],
  ['learner', '/leaderboard'],
  ['learner', '/leaderboard?track=speed'],
  ['visitor', '/docs'],
  ['visitor', '/sign-in'],
  ['visitor', '/register'],
  ['visitor', '/links?key=used'],
  ['visitor', '/nowhere'],
  ['learner', '/exercises/nowhere'],
  ['admin', '/admin'],
  ['author', '/admin/catalogue'],
  ['admin', '/admin/people'],
  ['admin', '/admin/people?q=nobody-is-called-this'],
  ['admin', '/admin/sandboxes'],
  ['admin', '/admin/audit'],
  ['admin', '/admin/audit?person=nobody-is-called-this'],
]

describe('axe finds nothing', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [who, path] of pages) {
      test(
        `on ${path} as ${who}, in ${colorScheme}`,
        async () => {
          const page = await open(who, path, { colorScheme })
          await page.waitForLoadState('networkidle')
          await page.evaluate(() => {
            for (const details of document.querySelectorAll('main details')) details.setAttribute('open', '')
          })
          expect(await violations(page)).toEqual([])
          await page.context().close()
        },
        timeoutMs,
      )
    }
    test(
      `on the question before a sandbox is ended, in ${colorScheme}`,
      async () => {
        const page = await open('admin', '/admin/sandboxes', { colorScheme })
        await page.getByRole('link', { name: `End sandbox of ${longName}: The whole shelf` }).click()
        await page.getByRole('button', { name: 'End sandbox' }).waitFor()
        expect(await violations(page)).toEqual([])
        await page.context().close()
      },
      timeoutMs,
    )
  }
})

test(
  'no page scrolls sideways on the narrowest phone',
  async () => {
    const wide: string[] = []
    for (const [who, path] of pages) {
      const page = await open(who, path, { viewport: { width: 320, height: 640 } })
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      if (width > 320) wide.push(`${path} as ${who}: ${width}`)
      await page.context().close()
    }
    expect(wide).toEqual([])
  },
  timeoutMs,
)

describe('the home page', () => {
  test(
    'shows the days of work in the zone of the one who looks, as bars and as a list',
    async () => {
      // Nowhere is it another day than here for both ends of the earth at once.
      const days = new Set<string>()
      for (const timezoneId of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
        const page = await open('learner', '/account', { timezoneId })
        await page.goto(`${program.url}/`)
        await page.getByText('1 of 28 days, 2 answers checked.').waitFor()
        await page.getByText('Day by day').click()
        const day = page.locator('.day-list li')
        expect(await day.count()).toBe(1)
        expect(await day.textContent()).toContain('1 run, 2 checks')
        days.add((await day.locator('time').getAttribute('datetime')) ?? '')
        await page.context().close()
      }
      expect(days.size).toBe(2)
    },
    timeoutMs,
  )
})

describe('administration', () => {
  test(
    'reads the figures again by itself, unless the reader wants less motion',
    async () => {
      for (const [reducedMotion, isOn] of [
        ['no-preference', true],
        ['reduce', false],
      ] as const) {
        const { page, troubles } = await visit(browser, {
          storageState: { cookies: cookies.get('admin') ?? [], origins: [] },
          reducedMotion,
        })
        await page.clock.install()
        await page.goto(`${program.url}/admin`)
        expect(await page.getByLabel(/Read again every/).isChecked()).toBe(isOn)
        const before = await page.locator('#figures .say time').getAttribute('datetime')
        await page.clock.runFor(16_000)
        const changed = page.locator(`#figures .say time:not([datetime="${before}"])`)
        if (isOn) await changed.waitFor()
        else expect(await changed.count()).toBe(0)
        expect(troubles).toEqual([])
        await page.context().close()
      }
    },
    timeoutMs,
  )

  test(
    'asks before it ends a sandbox, without scripts too',
    async () => {
      const page = await open('admin', '/admin/sandboxes', { javaScriptEnabled: false })
      const link = page.getByRole('link', { name: 'End sandbox of author: The whole shelf' })
      await link.click()
      await page.getByText('End the sandbox of author?').waitFor()
      await page.getByRole('link', { name: 'Keep it' }).click()
      await link.click()
      await page.getByRole('button', { name: 'End sandbox' }).click()
      await page.getByText('Sandbox ended.').waitFor()
      expect(await link.count()).toBe(0)
      await page.context().close()
    },
    timeoutMs,
  )

  test(
    'finds people and leads back to the same place after a change of role',
    async () => {
      const page = await open('admin', '/admin/people')
      await page.getByLabel('Name or e-mail').fill('xxxx')
      await page.getByRole('button', { name: 'Find' }).click()
      await page.getByLabel(`Role of ${longName}`, { exact: true }).selectOption('author')
      await page.getByRole('button', { name: `Save role of ${longName}` }).click()
      await page.getByText('Role saved.').waitFor()
      expect(new URL(page.url()).searchParams.get('q')).toBe('xxxx')
      expect(await page.getByLabel(`Role of ${longName}`, { exact: true }).inputValue()).toBe('author')
      expect(await page.getByLabel('Role of learner', { exact: true }).count()).toBe(0)
      await page.context().close()
    },
    timeoutMs,
  )

  test(
    'leads an author from the catalogue to what is wrong with the content',
    async () => {
      const page = await open('author', '/exercises')
      await page.getByText('Not published').waitFor()
      await page.getByRole('link', { name: 'Content', exact: true }).click()
      await page.getByText('broken/exercise.yaml').waitFor()
      await page.goto(`${program.url}/exercises/${draftSlug}`)
      await page.getByRole('tab', { name: 'Solution' }).click()
      await page.getByText('because you are an author').waitFor()
      await page.context().close()
    },
    timeoutMs,
  )
})
