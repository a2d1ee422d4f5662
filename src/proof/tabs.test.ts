/** One exercise in several tabs, and several things under way in one of them, in a real browser. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, visit, writeQuery } from './browser.ts'
import { type Program, removeDirectory, startProgram } from './program.ts'

const slug = 'whole-shelf'
const timeoutMs = 60_000

let program: Program
let browser: Browser

beforeAll(async () => {
  program = await startProgram()
  browser = await launchBrowser()
}, timeoutMs)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await removeDirectory(program.dataDir)
}, timeoutMs)

async function open(page: Page): Promise<Page> {
  await page.goto(`${program.url}/exercises/${slug}`)
  await page.locator('.ace-host').waitFor()
  return page
}

/** Writes a text; resolves with the status of its save. */
async function write(page: Page, text: string): Promise<number> {
  const saving = page.waitForResponse((response) => response.url().endsWith('/draft'))
  await writeQuery(page, text)
  return (await saving).status()
}

test(
  'a query that runs can be cancelled also after something else was asked for and answered',
  async () => {
    const { page, troubles } = await visit(browser)
    await open(page)
    await writeQuery(page, 'select pg_sleep(25)')
    await page.keyboard.press('Control+Enter')
    const cancel = page.getByRole('button', { name: 'Cancel' })
    await cancel.waitFor()
    await page.getByRole('tab', { name: /Tables/ }).click()
    await page.getByRole('link', { name: 'First rows of loan' }).click()
    await page.locator('.first-rows tbody tr').first().waitFor()
    expect(await cancel.isVisible()).toBe(true)
    await cancel.click()
    await page.locator('#result').getByText('Cancelled').first().waitFor()
    expect(await cancel.isVisible()).toBe(false)
    expect(troubles).toEqual([])
  },
  timeoutMs,
)

test(
  'of two tabs with different texts one asks which stays, and what is written meanwhile is part of it',
  async () => {
    const { page: first } = await visit(browser)
    await open(first)
    const second = await open(await first.context().newPage())
    expect(await write(first, 'select 1 as first')).toBe(200)
    expect(await write(second, 'select 2 as second')).toBe(409)
    const question = second.getByRole('region', { name: 'Two drafts' })
    await question.getByText('select 1 as first').waitFor()
    await writeQuery(second, 'select 3 as third')
    await question.getByText('select 3 as third').waitFor()
    const saving = second.waitForResponse((response) => response.url().endsWith('/draft') && response.ok())
    await question.getByRole('button', { name: 'Keep this one' }).click()
    await saving
    await question.waitFor({ state: 'hidden' })
    await first.reload()
    await first.locator('.ace-host').getByText('third').waitFor()
  },
  timeoutMs,
)

test(
  'a text that was kept outlives a question that nobody answered',
  async () => {
    const { page: first } = await visit(browser)
    await open(first)
    const second = await open(await first.context().newPage())
    expect(await write(first, 'select 1 as first')).toBe(200)
    expect(await write(second, 'select 2 as second')).toBe(409)
    await second.reload()
    await second.getByRole('region', { name: 'Two drafts' }).waitFor()
    await writeQuery(second, 'select 2 as second, 3 as more')
    await second.reload()
    const question = second.getByRole('region', { name: 'Two drafts' })
    await question.getByText('select 2 as second, 3 as more').waitFor()
    await question.getByRole('button', { name: 'Take the other one' }).click()
    await second.locator('.ace-host').getByText('first').waitFor()
    await second
      .locator('#saved')
      .getByText(/^saved/)
      .waitFor()
  },
  timeoutMs,
)
