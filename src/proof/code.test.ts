/** Journeys through code exercises in a real browser over the compiled program. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser, type Visit, violations, visit, writeQuery } from './browser.ts'
import { hiddenWords, partlyRight, writeCodeContent } from './code-content.ts'
import { createVisitor, type Program, removeDirectory, startProgram } from './program.ts'

const timeoutMs = 60_000
const right = 'print(int(input()) + int(input()))\n'
const slow = 'import time\nprint("begun", flush=True)\ntime.sleep(0.8)\nprint("ended")\n'

let content: string
let program: Program
let browser: Browser

beforeAll(async () => {
  content = await writeCodeContent()
  program = await startProgram({ env: { EXERCISES_DIR: content } })
  browser = await launchBrowser()
}, timeoutMs)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await removeDirectory(program.dataDir)
  await removeDirectory(content)
}, timeoutMs)

async function open(slug: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const { page, troubles } = await visit(browser, options)
  await page.goto(`${program.url}/exercises/${slug}`)
  return { page, troubles }
}

/** Hands the text in and returns the verdict's sentence. */
async function check(page: Page, text: string): Promise<string> {
  const before = await answersOn(page)
  await writeQuery(page, text)
  await page.keyboard.press('Control+Shift+Enter')
  await page.locator('#result', { hasText: `Answer ${before + 1}, handed in` }).waitFor({ state: 'attached' })
  return (await page.locator('#result .say b').textContent()) ?? ''
}

async function answersOn(page: Page): Promise<number> {
  const text = (await page.locator('#result').textContent()) ?? ''
  return Number(/Answer (\d+), handed in/.exec(text)?.[1] ?? 0)
}

describe('a guest', () => {
  test(
    'runs a program with input, tries the samples, and hands in what is right',
    async () => {
      const { page, troubles } = await open('add-up')
      await writeQuery(page, right)
      await page.getByText('Input for the run').click()
      await page.getByLabel('Standard input').fill('20\n22\n')
      await page.getByRole('button', { name: /^Run Ctrl/ }).click()
      await page.locator('#result').getByText('42').waitFor()
      await page.getByRole('button', { name: /Run samples/ }).click()
      await page.locator('#result').getByText('All shown cases pass.').waitFor()
      await page.getByRole('button', { name: /Check answer/ }).click()
      await page.locator('#result').getByText('Passed. All 2 cases are right.').waitFor()
      await page.getByRole('tab', { name: 'Your answer' }).click()
      await page.locator('#result').getByText('print(int(input()) + int(input()))').waitFor()
      expect(await violations(page)).toEqual([])
      await page.reload()
      await page.locator('#result').getByText('Passed.').waitFor()
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'reads in the tables that each run of a program begins with, and sees none where there is no database',
    async () => {
      const { page, troubles } = await open('who-lives-there')
      await page.getByRole('tab', { name: /^Tables/ }).click()
      await page.getByText('Each run of your program begins with these tables').waitFor()
      await page.getByRole('link', { name: 'First rows of household' }).click()
      await page.getByRole('region', { name: 'First rows of household' }).getByText("King's Row").first().waitFor()
      await page.getByRole('tabpanel', { name: 'Tables' }).getByText('8 rows, as the exercise begins.').waitFor()
      expect(await violations(page)).toEqual([])
      await page.goto(`${program.url}/exercises/add-up`)
      expect(await page.getByRole('tab', { name: /^Tables/ }).count()).toBe(0)
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'sees the first rows without scripts too, and nothing of tables that are not there',
    async () => {
      const visitor = createVisitor(program.url)
      const attempt = async (slug: string) => {
        const page = await (await visitor.get(`/exercises/${slug}`)).text()
        return /data-attempt="([^"]+)"/.exec(page)?.[1] ?? ''
      }
      const id = await attempt('who-lives-there')
      const rows = await visitor.get(`/attempts/${id}/tables/household`)
      expect(rows.status).toBe(200)
      expect(await rows.text()).toContain('8 rows, as the exercise begins.')
      expect((await visitor.get(`/attempts/${id}/tables/pg_authid`)).status).toBe(404)
      expect((await visitor.get(`/attempts/${await attempt('add-up')}/tables/household`)).status).toBe(404)
    },
    timeoutMs,
  )

  const failures: readonly (readonly [string, string, string])[] = [
    ['a wrong answer', 'print(3)\n', 'Nearly: hidden case'],
    ['an error', 'raise ValueError("no")\n', 'It did not run to its end'],
    ['a program that is none', 'print((\n', 'It does not run'],
    ['a loop without an end', 'while True: pass\n', 'Too slow'],
    ['a list without an end', 'a = []\nwhile True: a.append("x" * 1000000)\n', 'Too much memory'],
    ['output without an end', 'while True: print("x" * 1000)\n', 'Too much output'],
  ]
  test(
    'is told of each way to fail',
    async () => {
      const { page, troubles } = await open('add-up')
      for (const [what, text, words] of failures) {
        expect(`${what}: ${(await check(page, text)).slice(0, words.length)}`).toBe(`${what}: ${words}`)
      }
      expect(await page.content()).not.toContain('111')
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'reads what a part has brought, under the verdict and beside the hints',
    async () => {
      const { page, troubles } = await open('square-it')
      expect(await check(page, partlyRight)).toContain('Nearly')
      await page.locator('#result').getByText('That counts 75 %: 7 of 10 points.').waitFor()
      await page.getByRole('tab', { name: /^Hints/ }).click()
      await page.getByText('your best one counts 75 % and has brought 7.').waitFor()
      expect(await violations(page)).toEqual([])
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'sees which test fails, goes to the line, and never sees hidden tests',
    async () => {
      const { page } = await open('greet')
      await writeQuery(page, 'def greet(name):\n    raise KeyError(name)\n')
      await page.keyboard.press('Alt+Enter')
      await page.locator('#result').getByText('Greets.test_ada').waitFor()
      await page.locator('#result').getByRole('link', { name: 'greet.py, line 2' }).click()
      await page.getByText('Line 2, column 1').waitFor()
      expect(await check(page, 'def greet(name):\n    return "Hello Ada"\n')).toContain('More.test_other')
      expect(await page.content()).not.toContain(hiddenWords)
      await page.getByRole('tab', { name: /names.txt/ }).click()
      await page.getByText('Grace').waitFor()
    },
    timeoutMs,
  )

  test(
    'sees output as it comes, loads the page again in the middle, and is shown what came of it',
    async () => {
      const { page, troubles } = await open('add-up')
      await writeQuery(page, slow)
      await page.locator('#saved', { hasText: /^\s*saved/ }).waitFor()
      await page.keyboard.press('Control+Enter')
      await page.locator('#result').getByText('begun').waitFor()
      await page.reload()
      await page.locator('#result').getByText('ended').waitFor()
      await page.locator('#result').getByRole('tab', { name: 'Output' }).waitFor()
      await page.locator('#result').getByText('exit code 0').first().waitFor()
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'makes, renames and deletes files, and gets them back from an earlier version',
    async () => {
      const { page } = await open('add-up')
      await page.getByRole('button', { name: 'New file' }).click()
      await page.getByLabel(/^Name/).fill('../up.py')
      await page.keyboard.press('Enter')
      await page.getByText('Each part of a name has letters in it').waitFor()
      await page.getByLabel(/^Name/).fill('lib/more.py')
      await page.keyboard.press('Enter')
      await page.getByRole('tab', { name: 'lib/more.py' }).waitFor()
      await page.keyboard.insertText('answer = 42\n')
      await page.locator('#saved', { hasText: /^\s*saved/ }).waitFor()
      await page.getByRole('button', { name: 'Rename' }).click()
      await page.getByLabel(/^Name/).fill('lib/most.py')
      await page.keyboard.press('Enter')
      await page.getByRole('tab', { name: 'main.py' }).click()
      await writeQuery(page, 'from lib.most import answer\nprint(answer)\n')
      await page.keyboard.press('Control+Enter')
      await page.locator('#result').getByText('42').waitFor()
      await page.getByRole('tab', { name: 'lib/most.py' }).click()
      await page.getByRole('button', { name: 'Delete' }).click()
      await page.getByRole('button', { name: 'Delete the file' }).click()
      await page.getByRole('tab', { name: 'lib/most.py' }).waitFor({ state: 'detached' })
      await page.getByRole('tab', { name: /Tries/ }).click()
      await page.getByText('Earlier versions of your program').click()
      await page.getByRole('link', { name: 'Version 1', exact: true }).click()
      await page.getByRole('button', { name: 'Put it into the editor' }).last().click()
      await page.getByRole('tab', { name: 'lib/more.py' }).waitFor()
    },
    timeoutMs,
  )
})

describe('the page', () => {
  test(
    'shows two tabs with different files which is which, and keeps the one that is chosen',
    async () => {
      const { page } = await open('add-up')
      const other = await page.context().newPage()
      await other.goto(`${program.url}/exercises/add-up`)
      await writeQuery(page, 'print("here")\n')
      await page.locator('#saved', { hasText: /^\s*saved/ }).waitFor()
      await writeQuery(other, 'print("there")\n')
      const question = other.getByRole('region', { name: 'Two drafts' })
      await question.getByText('── main.py').first().waitFor()
      await question.getByRole('button', { name: 'Take the other one' }).click()
      await other.locator('#saved', { hasText: /^\s*saved/ }).waitFor()
      await other.reload()
      await other.locator('.ace_content').getByText('here').waitFor()
    },
    timeoutMs,
  )

  test(
    'works by keyboard alone: files, running, the result, and back',
    async () => {
      const { page } = await open('greet')
      await page.getByRole('tab', { name: 'greet.py', exact: true }).focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('End')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('test_greet.py')
      await page.keyboard.press('Home')
      await writeQuery(page, 'def greet(name):\n    return f"Hello {name}"\n')
      await page.keyboard.press('Control+Shift+Enter')
      await page
        .locator('#result')
        .getByText(/^Passed/)
        .first()
        .waitFor()
      await page.keyboard.press('F6')
      await page.keyboard.press('ArrowRight')
      await page.locator('#result').getByText('handed in at').waitFor()
    },
    timeoutMs,
  )

  for (const colorScheme of ['light', 'dark'] as const) {
    test(
      `fits a phone and passes axe, ${colorScheme}`,
      async () => {
        const { page } = await open('greet', { colorScheme, viewport: { width: 390, height: 844 } })
        expect(await violations(page)).toEqual([])
        await page.getByText('Files', { exact: true }).first().click()
        expect(await violations(page)).toEqual([])
        await page.getByRole('button', { name: /Check answer/ }).click()
        await page.locator('#result').getByText('Greets.test_ada', { exact: true }).waitFor()
        expect(await violations(page)).toEqual([])
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(width).toBe(390)
      },
      timeoutMs,
    )
  }

  test(
    'works without scripts',
    async () => {
      const { page } = await open('add-up', { javaScriptEnabled: false })
      await page.getByRole('textbox', { name: 'main.py' }).fill('print("plain")\n')
      await page.getByRole('button', { name: /^Run Ctrl/ }).click()
      await page.locator('#result').getByText('plain').waitFor()
      expect(await page.getByRole('textbox', { name: 'main.py' }).inputValue()).toBe('print("plain")\n')
      await page.getByRole('button', { name: /Check answer/ }).click()
      await page.locator('#result').getByText('Not yet').first().waitFor()
    },
    timeoutMs,
  )

  test(
    'takes one more file and leaves one out without scripts',
    async () => {
      const { page } = await open('add-up', { javaScriptEnabled: false })
      await page.getByRole('textbox', { name: 'main.py' }).fill('import more\n')
      await page.getByLabel('One more file').fill('more.py')
      await page.getByLabel('Text of the new file').fill('print("from more")\n')
      await page.getByRole('button', { name: /^Run Ctrl/ }).click()
      await page.locator('#result').getByText('from more').waitFor()
      expect(await page.getByRole('textbox', { name: 'more.py' }).inputValue()).toBe('print("from more")\n')
      await page.getByLabel('Leave out more.py').check()
      await page.getByRole('button', { name: /^Run Ctrl/ }).click()
      await page.locator('#result').getByText('ModuleNotFoundError').first().waitFor()
      expect(await page.getByRole('textbox', { name: 'more.py' }).count()).toBe(0)
    },
    timeoutMs,
  )
})

test(
  'the API runs files with input, line by line, and refuses what is no answer',
  async () => {
    const visitor = createVisitor(program.url)
    await visitor.get('/exercises/add-up')
    const ask = async (body: object) =>
      Object(await (await visitor.api('POST', '/api/execute', { exercise: 'add-up', ...body })).json())
    const run = await ask({ files: { 'main.py': right }, stdin: '1\n5\n' })
    expect([run.end, run.program.stdout, run.program.exit_code]).toEqual(['completed', '6\n', 0])
    const tests = await ask({ files: { 'main.py': 'print(4)' }, tests: true })
    expect(tests.tests.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['failed'])
    expect((await ask({ files: { '../main.py': '' } })).code).toBe('answer_invalid')
    expect((await ask({ sql: 'select 1' })).code).toBe('wrong_kind')
    for (const files of ['main.py', ['main.py'], [], 5, null]) expect((await ask({ files })).status).toBe(422)
    const response = await fetch(`${program.url}/api/execute`, {
      method: 'POST',
      headers: {
        ...{ cookie: visitor.cookies(), 'content-type': 'application/json', accept: 'application/x-ndjson' },
        'x-csrf': /name="csrf" value="([^"]+)"/.exec(await (await visitor.get('/exercises/add-up')).text())?.[1] ?? '',
      },
      body: JSON.stringify({ exercise: 'add-up', files: { 'main.py': slow } }),
    })
    const lines = (await response.text()).trim().split('\n')
    expect(lines[0]).toBe('{"stream":"stdout","text":"begun\\n"}')
    expect(Object(JSON.parse(lines.at(-1) ?? '')).result.program.stdout).toBe('begun\nended\n')
    const answer = await visitor.api('POST', '/api/submissions', { exercise: 'add-up', files: { 'main.py': right } })
    const submission = Object(await answer.json())
    expect([submission.verdict, submission.tests.items.length]).toEqual(['accepted', 2])
    const kept = Object(await (await visitor.get(`/api/submissions/${submission.id}`)).json())
    expect(kept.files).toEqual({ 'main.py': right })
  },
  timeoutMs,
)
