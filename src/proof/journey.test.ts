/** One person's journey in a real browser over the compiled program: from the first page to a solved exercise. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { launchBrowser, type Visit, violations, visit, writeQuery } from './browser.ts'
import { type Program, removeDirectory, startProgram } from './program.ts'

const slug = 'whole-shelf'
const solution = readFileSync(`${import.meta.dir}/../../exercises/first-queries/${slug}/solution.sql`, 'utf8')
const journeyTimeoutMs = 60_000

let program: Program
let browser: Browser

beforeAll(async () => {
  program = await startProgram()
  browser = await launchBrowser()
}, journeyTimeoutMs)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await removeDirectory(program.dataDir)
}, journeyTimeoutMs)

/** A page of a new visitor. */
async function arrive(options: BrowserContextOptions = {}): Promise<Visit> {
  return await visit(browser, options)
}

describe('a guest', () => {
  test(
    'reads a task, runs SQL, sees rows and errors, and checks an answer wrong and right',
    async () => {
      const { page, troubles } = await arrive()
      await page.goto(`${program.url}/`)
      await page
        .getByRole('link', { name: /start|begin|continue/i })
        .first()
        .click()
      await page.waitForURL(/\/exercises\//)

      await page.goto(`${program.url}/exercises/${slug}`)
      await writeQuery(page, 'select 1 as one, null as nothing, 7 as seven')
      await page.keyboard.press('Control+Enter')
      const result = page.locator('#result')
      await result.getByText('seven').waitFor()
      expect(await result.getByText('NULL').count()).toBeGreaterThan(0)

      await writeQuery(page, 'select no_such_column')
      await page.keyboard.press('Control+Enter')
      await result.getByText('column "no_such_column" does not exist').first().waitFor()

      await writeQuery(page, 'select 42 as wrong')
      await page.getByRole('button', { name: /Check answer/ }).click()
      await result
        .getByText(/Not yet|Nearly/)
        .first()
        .waitFor()

      await writeQuery(page, solution)
      await page.getByRole('button', { name: /Check answer/ }).click()
      await result
        .getByText(/Passed/)
        .first()
        .waitFor()
      expect(await result.getByText(/Not yet|Nearly/).count()).toBe(0)
      expect(troubles).toEqual([])

      await page.goto(`${program.url}/exercises`)
      await page.getByText('Passed').first().waitFor()
    },
    journeyTimeoutMs,
  )

  test(
    'cancels a query at once, and the page stays usable',
    async () => {
      const { page } = await arrive()
      await page.goto(`${program.url}/exercises/${slug}`)
      await writeQuery(page, 'select pg_sleep(25)')
      await page.keyboard.press('Control+Enter')
      await page.getByRole('button', { name: 'Cancel' }).click()
      const cancelledAt = performance.now()
      await page.locator('#result').getByText('Cancelled').first().waitFor()
      // Far less in truth; a machine with better things to do gets ten of the 25 seconds that it would take.
      expect(performance.now() - cancelledAt).toBeLessThan(10_000)
      await writeQuery(page, "select 'still here' as words")
      await page.keyboard.press('Control+Enter')
      await page.locator('#result').getByText('still here').waitFor()
    },
    journeyTimeoutMs,
  )

  test(
    'finds the draft again after a reload, saved by itself',
    async () => {
      const { page } = await arrive()
      await page.goto(`${program.url}/exercises/${slug}`)
      await writeQuery(page, '-- a thought worth keeping')
      await page.locator('#saved').getByText(/saved/i).waitFor()
      await page.reload()
      await page.locator('.ace_content').getByText('a thought worth keeping').waitFor()
    },
    journeyTimeoutMs,
  )

  test(
    'works without scripts: a form that runs leads back to the page with its rows',
    async () => {
      const { page } = await arrive({ javaScriptEnabled: false })
      await page.goto(`${program.url}/exercises/${slug}`)
      await page.locator('#sql').fill('select 6 * 7 as answer')
      await page.getByRole('button', { name: /^Run/ }).first().click()
      await page.locator('#result').getByText('42').waitFor()
      expect(await page.locator('#sql').inputValue()).toContain('select 6 * 7 as answer')
    },
    journeyTimeoutMs,
  )
})

describe('every page', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const path of ['/', '/exercises', `/exercises/${slug}`, '/sign-in', '/nowhere']) {
      test(
        `${path} has no violation that axe finds, in ${colorScheme}`,
        async () => {
          const { page } = await arrive({ colorScheme })
          await page.goto(program.url + path)
          await page.waitForLoadState('networkidle')
          expect(await violations(page)).toEqual([])
        },
        journeyTimeoutMs,
      )
    }
    test(`nothing of the exercise page scrolls sideways on a phone, in ${colorScheme}`, async () => {
      const { page } = await arrive({ colorScheme, viewport: { width: 320, height: 640 } })
      await page.goto(`${program.url}/exercises/${slug}`)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(width).toBeLessThanOrEqual(320)
    })
  }
})
