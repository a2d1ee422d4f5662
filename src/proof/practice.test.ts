/** What the exercise page offers beyond running and checking, in a real browser over the compiled program. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { launchBrowser, type Visit, violations, visit, writeQuery } from './browser.ts'
import { createVisitor, type Program, removeDirectory, startProgram } from './program.ts'

const slug = 'whole-shelf'
const solution = readFileSync(`${import.meta.dir}/../../exercises/first-queries/${slug}/solution.sql`, 'utf8')
const firstHint = 'A query that only reads begins with'
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

/** The exercise as a new visitor sees it; `troubles` collects what the browser complains of. */
async function open(options: BrowserContextOptions = {}): Promise<Visit> {
  const { page, troubles } = await visit(browser, options)
  await page.goto(`${program.url}/exercises/${slug}`)
  return { page, troubles }
}

describe('hints', () => {
  test(
    'are not in the page until they are asked for, and tell their cost before',
    async () => {
      const { page, troubles } = await open()
      expect(await page.content()).not.toContain(firstHint)
      await page.getByRole('tab', { name: /Hints/ }).click()
      await page.getByText('It costs 1 of the 5 points.').waitFor()
      await page.getByRole('button', { name: 'Show hint 1' }).click()
      await page.getByText(firstHint).waitFor()
      await page.getByText('A right answer brings 4 of 5 points now.').waitFor()
      await page.getByRole('button', { name: 'Show hint 2' }).waitFor()
      await page.reload()
      expect(await page.content()).toContain(firstHint)
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'work without scripts',
    async () => {
      const { page } = await open({ javaScriptEnabled: false })
      await page.getByRole('button', { name: 'Show hint 1' }).click()
      await page.getByText(firstHint).waitFor()
      await page.getByText('Hint 2 of 3').waitFor()
    },
    timeoutMs,
  )
})

describe('the reference solution', () => {
  test(
    'is shown to one who gives up, after a question that can be answered no',
    async () => {
      const { page, troubles } = await open()
      await page.getByRole('tab', { name: 'Solution' }).click()
      await page.getByRole('button', { name: 'Give up and show it' }).click()
      await page.getByText('Give up 5 points for the solution?').waitFor()
      await page.getByRole('button', { name: 'Keep trying' }).click()
      await page.getByRole('button', { name: 'Give up and show it' }).click()
      await page.getByRole('button', { name: 'Show the solution' }).click()
      await page.getByLabel('Reference solution').waitFor()
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'is shown without a question once an answer has passed',
    async () => {
      const { page } = await open()
      expect(await page.getByLabel('Reference solution').count()).toBe(0)
      await writeQuery(page, solution)
      await page.getByRole('button', { name: /Check answer/ }).click()
      await page
        .locator('#result')
        .getByText(/Passed/)
        .first()
        .waitFor()
      await page.getByRole('tab', { name: 'Solution' }).click()
      await page.getByLabel('Reference solution').waitFor()
    },
    timeoutMs,
  )

  test(
    'asks without scripts too',
    async () => {
      const { page } = await open({ javaScriptEnabled: false })
      await page.getByRole('button', { name: 'Give up and show it' }).click()
      await page.getByRole('button', { name: 'Show the solution' }).click()
      await page.getByLabel('Reference solution').waitFor()
    },
    timeoutMs,
  )
})

describe('a plan', () => {
  test(
    'is a tree with the costly step named, by the button and by EXPLAIN itself',
    async () => {
      const { page, troubles } = await open()
      await writeQuery(
        page,
        'select i.name, count(*) from item i join item j on i.category = j.category group by i.name',
      )
      await page.getByRole('button', { name: 'Explain' }).click()
      await page.locator('#result .plan .node').first().waitFor()
      expect(await page.locator('#result .plan .node.hot').count()).toBeGreaterThan(0)
      await page.getByText(/% of the time in/).waitFor()
      await writeQuery(page, 'explain select * from item order by name')
      await page.keyboard.press('Control+Enter')
      await page.getByText(/% of the estimated cost in/).waitFor()
      await writeQuery(page, 'explain')
      await page.getByRole('button', { name: 'Explain' }).click()
      await page.locator('#result').getByText('The query did not run.').waitFor()
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'is walked with arrows, folded and opened',
    async () => {
      const { page, troubles } = await open()
      await writeQuery(page, 'explain select * from item i join loan l on l.item_id = i.id order by i.name')
      await page.keyboard.press('Control+Enter')
      const tree = page.getByRole('tree')
      await tree.waitFor()
      const steps = await tree.getByRole('treeitem').count()
      expect(steps).toBeGreaterThan(2)
      await tree.getByRole('treeitem').first().focus()
      const focused = async () => await page.evaluate(() => document.activeElement?.textContent ?? '')
      const first = await focused()
      await page.keyboard.press('ArrowDown')
      const second = await focused()
      expect(second).not.toBe(first)
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowLeft')
      expect(await focused()).toBe(first)
      await page.keyboard.press('ArrowLeft')
      expect(await tree.getByRole('treeitem').count()).toBe(1)
      await page.keyboard.press('ArrowDown')
      expect(await focused()).toBe(first)
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      expect(await focused()).toBe(second)
      await page.keyboard.press('End')
      await page.keyboard.press('Home')
      expect(await focused()).toBe(first)
      expect(await violations(page)).toEqual([])
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'works without scripts and says where there is none',
    async () => {
      const { page } = await open({ javaScriptEnabled: false })
      await page.locator('#sql').fill('select name from item')
      await page.getByRole('button', { name: 'Explain' }).click()
      await page.locator('#result .plan .node').first().waitFor()
    },
    timeoutMs,
  )
})

describe('a plan of a change', () => {
  test(
    'changes nothing, and a reset asks nothing',
    async () => {
      const visitor = createVisitor(program.url)
      const page = await (await visitor.get('/exercises/three-new-customers')).text()
      const attempt = /data-attempt="([^"]+)"/.exec(page)?.[1]
      await visitor.post(`/attempts/${attempt}/explanations`, { sql: 'delete from customer' })
      const shown = await (await visitor.get('/exercises/three-new-customers')).text()
      expect(shown.includes('% of the estimated cost in')).toBe(true)
      const reset = await (await visitor.post(`/attempts/${attempt}/resets`, {})).text()
      expect(reset).toContain('The database is fresh.')
    },
    timeoutMs,
  )
})

describe('the tables', () => {
  test(
    'show their first rows on demand, with and without scripts',
    async () => {
      const { page, troubles } = await open()
      await page.getByRole('tab', { name: /Tables/ }).click()
      await page.getByRole('link', { name: 'First rows of loan' }).click()
      await page.locator('.first-rows').getByText('50 of 140 rows, as the exercise begins.').waitFor()
      expect(await page.locator('.first-rows tbody tr').count()).toBe(50)
      expect(troubles).toEqual([])
      const plain = await open({ javaScriptEnabled: false })
      await plain.page.getByRole('link', { name: 'First rows of item' }).click()
      await plain.page.locator('#result tbody tr').first().waitFor()
    },
    timeoutMs,
  )

  test(
    'that are not there are not found, whatever they are called',
    async () => {
      const { page } = await open()
      const attempt = await page.locator('.bench').getAttribute('data-attempt')
      for (const name of ['nowhere', 'pg_catalog.pg_authid', 'item; drop table item', '%00']) {
        const answer = await page.request.get(`${program.url}/attempts/${attempt}/tables/${encodeURIComponent(name)}`)
        expect(answer.status()).toBe(404)
      }
      const schema = await page.request.get(`${program.url}/attempts/${attempt}/schema`)
      expect(await schema.json()).toContainEqual(expect.objectContaining({ name: 'loan' }))
    },
    timeoutMs,
  )
})

describe('a database that was changed', () => {
  const writing = 'three-new-customers'

  test(
    'shows its own tables and offers their names, until it is reset',
    async () => {
      const { page, troubles } = await visit(browser)
      await page.goto(`${program.url}/exercises/${writing}`)
      await page.locator('.er-drawing').waitFor({ state: 'attached' })
      await writeQuery(
        page,
        'create table mine (id int primary key, customer_id int references customer (id), note text)',
      )
      await page.keyboard.press('Control+Enter')
      await page.getByRole('tab', { name: /Tables/ }).click()
      await page.getByText('As your database is now').waitFor()
      const names = page.waitForResponse((response) => response.url().endsWith('/schema'))
      await writeQuery(page, "alter table mine add column extra int; insert into mine values (1, null, 'x', 7)")
      await page.keyboard.press('Alt+Enter')
      await names
      const card = page.locator('#tables .er').filter({ has: page.getByRole('heading', { name: 'mine' }) })
      await card.getByText('extra').waitFor()
      await card.getByText('→ customer.id').waitFor()
      await page.locator('.er-drawing .er-name').filter({ hasText: 'mine' }).waitFor()
      await page.getByRole('link', { name: 'First rows of mine' }).click()
      await card.getByText('1 row, as your database is now.').waitFor()
      await writeQuery(page, '')
      await page.keyboard.type('select ex')
      await page.keyboard.press('Escape')
      await page.keyboard.insertText('tra from mi')
      await page.keyboard.press('Control+Space')
      await page.locator('.ace_autocomplete .ace_line').filter({ hasText: 'mine' }).first().waitFor()
      await page.keyboard.press('Escape')
      await page.reload()
      await page.getByRole('tab', { name: /Tables/ }).click()
      await page.getByText('As your database is now').waitFor()
      await page.getByRole('button', { name: 'Reset database' }).click()
      await page.getByRole('button', { name: 'Reset the database' }).click()
      await page.getByText('As your database is now').waitFor({ state: 'detached' })
      await page.getByRole('link', { name: 'First rows of mine' }).waitFor({ state: 'detached' })
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'is read with names that it cannot take over, and a look at it gives way to a query',
    async () => {
      const visitor = createVisitor(program.url)
      const page = await (await visitor.get(`/exercises/${writing}`)).text()
      const attempt = /data-attempt="([^"]+)"/.exec(page)?.[1]
      const run = async (sql: string) => {
        const answer = await visitor.api('POST', '/api/execute', { exercise: writing, sql })
        return Object(await answer.json()).end
      }
      const shadows = `create table public.pg_class (relname text); create schema aside; create table aside.bare ();
        create function public.format_type(oid, int) returns text language sql as $f$ select 'taken over' $f$;
        create view slow as select pg_sleep(20)::text as nap; create table "odd ""name" (n int)`
      expect(await run(shadows)).toBe('completed')
      const schema = await (await visitor.get(`/attempts/${attempt}/schema`)).text()
      for (const name of ['"pg_class"', '"aside.bare"', '"slow"', '"customer"']) expect(schema).toContain(name)
      expect(schema).not.toContain('taken over')
      const odd = await visitor.get(`/attempts/${attempt}/tables/${encodeURIComponent('odd "name')}`)
      expect(odd.status).toBe(200)
      expect((await visitor.get(`/attempts/${attempt}/tables/nowhere`)).status).toBe(404)
      const look = visitor.get(`/attempts/${attempt}/tables/slow`)
      expect(await run('select 1')).toBe('completed')
      // The look was ended, or found the query there, or came after it and ran into its own limit.
      expect([409, 503]).toContain((await look).status)
      expect(await run('drop view slow')).toBe('completed')
      expect(await (await visitor.get(`/attempts/${attempt}/schema`)).text()).not.toContain('"slow"')
    },
    timeoutMs,
  )
})

describe('the editor', () => {
  test(
    'completes the tables and columns of the exercise',
    async () => {
      const { page, troubles } = await open()
      await writeQuery(page, 'select * from lo')
      await page.keyboard.press('Control+Space')
      await page.locator('.ace_autocomplete .ace_line').filter({ hasText: 'loan' }).first().waitFor()
      await page.keyboard.press('Escape')
      await writeQuery(page, 'select l. from loan l')
      for (let step = 0; step < ' from loan l'.length; step += 1) await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Control+Space')
      await page.locator('.ace_autocomplete .ace_line').filter({ hasText: 'member_id' }).first().waitFor()
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'goes on writing at Enter while names are offered',
    async () => {
      const { page } = await open()
      await writeQuery(page, '')
      await page.keyboard.type('select * from it')
      await page.locator('.ace_autocomplete').waitFor()
      await page.keyboard.press('Enter')
      expect(await page.locator('#sql').inputValue()).toBe('select * from it\n')
    },
    timeoutMs,
  )

  test(
    'offers names however quickly keys come',
    async () => {
      const { page } = await open()
      await writeQuery(page, '')
      // All within one task: no timer of the editor gets a turn between two letters.
      await page.evaluate(() => {
        for (const letter of 'select i.name from ite') document.execCommand('insertText', false, letter)
      })
      await page.locator('.ace_autocomplete .ace_line').filter({ hasText: 'item' }).first().waitFor()
    },
    timeoutMs,
  )

  test(
    'formats, and undo brings the text back',
    async () => {
      const { page, troubles } = await open()
      await writeQuery(page, 'select id,name from item')
      await page.getByRole('button', { name: 'Format' }).click()
      await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#sql')?.value.includes('\n'))
      expect(await page.locator('#sql').inputValue()).toBe('select\n  id,\n  name\nfrom\n  item')
      await page.keyboard.press('Control+z')
      expect(await page.locator('#sql').inputValue()).toBe('select id,name from item')
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'lists its keys at ? and F1',
    async () => {
      const { page } = await open()
      // The button shows once its script listens; tabs come from another one, sooner.
      await page.getByRole('button', { name: 'Keys' }).waitFor()
      await page.getByRole('tab', { name: 'Task' }).focus()
      await page.keyboard.press('?')
      await page.getByRole('dialog').getByText('Check the answer').waitFor()
      await page.keyboard.press('Escape')
      await writeQuery(page, 'select 1')
      await page.keyboard.press('F1')
      await page.getByRole('dialog').waitFor()
      await page.getByRole('button', { name: 'Close' }).click()
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    },
    timeoutMs,
  )
})

describe('a result', () => {
  test(
    'is kept as CSV, with NULL told from empty text',
    async () => {
      const { page, troubles } = await open()
      await writeQuery(page, `select 1 as id, null as nothing, '' as blank, E'a,"b"\\nc ' as words`)
      await page.keyboard.press('Control+Enter')
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'CSV' }).click()
      const file = await (await download).path()
      expect(readFileSync(file, 'utf8')).toBe('id,nothing,blank,words\r\n1,,"","a,""b""\nc "\r\n')
      await page.getByRole('button', { name: 'Copy' }).click()
      await page.locator('#result').getByText('Copied').waitFor()
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )
})

describe('an error', () => {
  test(
    'of one statement leads to its line after a reload, and nowhere once that line is gone',
    async () => {
      const { page, troubles } = await open()
      await writeQuery(page, 'select 1;\n\nselect wrong from item')
      await page.keyboard.press('Control+Enter')
      await page.getByRole('link', { name: 'Go to line 3' }).waitFor()
      await page.locator('#saved').getByText(/saved/).waitFor()
      await page.reload()
      await page.locator('.ace-host .ace_mistake').waitFor()
      await page.getByRole('link', { name: 'Go to line 3' }).click()
      await page.locator('#caret').getByText('Line 3, column 8').waitFor()
      const saving = page.waitForResponse((response) => response.url().endsWith('/draft') && response.ok())
      await writeQuery(page, 'select 1')
      await saving
      await page.reload()
      await page.locator('#result').getByText('line 1 of what was run').waitFor()
      expect(await page.getByRole('link', { name: /Go to line/ }).count()).toBe(0)
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )
})

describe('earlier texts', () => {
  test(
    'come back from the list of kept versions',
    async () => {
      const { page, troubles } = await open()
      const saved = page.locator('#saved')
      await writeQuery(page, 'select 1 as first')
      await saved.getByText(/saved/).waitFor()
      const savedAgain = page.waitForResponse((response) => response.url().endsWith('/draft') && response.ok())
      await writeQuery(page, 'select 2 as second')
      await savedAgain
      await page.getByRole('tab', { name: 'Tries' }).click()
      await page.getByRole('link', { name: 'Earlier versions of your query' }).click()
      await page.getByRole('link', { name: 'Version 1' }).click()
      await page.getByLabel('Version 1 of the query').waitFor()
      await page.getByRole('button', { name: 'Put it into the editor' }).click()
      expect(await page.locator('#sql').inputValue()).toBe('select 1 as first')
      expect(troubles).toEqual([])
    },
    timeoutMs,
  )

  test(
    'come back without scripts, and the starter too',
    async () => {
      const { page } = await open({ javaScriptEnabled: false })
      const starter = await page.locator('#sql').inputValue()
      await page.locator('#sql').fill('select 6 as six')
      await page.getByRole('button', { name: /^Run/ }).first().click()
      await page.getByRole('button', { name: 'Start again' }).click()
      expect(await page.locator('#sql').inputValue()).toBe(starter)
      await page.getByRole('link', { name: 'Earlier versions of your query' }).click()
      await page.getByRole('link', { name: 'Version 1' }).click()
      await page.getByRole('button', { name: 'Put it into the editor' }).click()
      expect(await page.locator('#sql').inputValue()).toBe('select 6 as six')
    },
    timeoutMs,
  )

  test(
    'give way to the starter only after a question',
    async () => {
      const { page } = await open()
      const starter = await page.locator('#sql').inputValue()
      await writeQuery(page, 'select precious')
      await page.getByRole('button', { name: 'Start again' }).click()
      await page.getByRole('button', { name: 'Keep my query' }).click()
      expect(await page.locator('#sql').inputValue()).toBe('select precious')
      await page.getByRole('button', { name: 'Start again' }).click()
      await page.getByRole('button', { name: 'Go back to the starter' }).click()
      await page.waitForFunction((text) => document.querySelector<HTMLTextAreaElement>('#sql')?.value === text, starter)
    },
    timeoutMs,
  )
})

describe('what an attempt has been shown', () => {
  test(
    'is nobody else’s to see or to ask for',
    async () => {
      const [owner, other] = [createVisitor(program.url), createVisitor(program.url)]
      const page = await (await owner.get(`/exercises/${slug}`)).text()
      const attempt = /data-attempt="([^"]+)"/.exec(page)?.[1]
      await other.get(`/exercises/${slug}`)
      await owner.api('PUT', `/attempts/${attempt}/draft`, { text: 'select secret', version: 0 })
      for (const path of ['schema', 'tables/item', 'drafts', 'drafts/1']) {
        expect([path, (await other.get(`/attempts/${attempt}/${path}`)).status]).toEqual([path, 404])
        expect([path, (await owner.get(`/attempts/${attempt}/${path}`)).status]).toEqual([path, 200])
      }
      const fields = { number: '1', confirmed: 'yes', sql: 'select 1' }
      for (const path of ['hints', 'solutions', 'explanations', 'starters', 'drafts/1/restorations']) {
        expect([path, (await other.post(`/attempts/${attempt}/${path}`, fields)).status]).toEqual([path, 404])
      }
      const after = await (await owner.get(`/exercises/${slug}`)).text()
      expect(after).not.toContain(firstHint)
      expect(after).not.toContain('Reference solution')
    },
    timeoutMs,
  )

  test(
    'comes one by one: what is out of turn or never was is refused',
    async () => {
      const visitor = createVisitor(program.url)
      const page = await (await visitor.get(`/exercises/${slug}`)).text()
      const attempt = /data-attempt="([^"]+)"/.exec(page)?.[1]
      const ask = async (number: string) => (await visitor.post(`/attempts/${attempt}/hints`, { number })).status
      for (const number of ['2', '0', '-1', '1.5', 'x', '1e9'])
        expect([number, await ask(number)]).toEqual([number, 422])
      for (const version of ['0', '-1', '1.5', '99999999999', '1e400']) {
        const answer = await visitor.get(`/attempts/${attempt}/drafts/${version}`)
        expect([version, [404, 422].includes(answer.status)]).toEqual([version, true])
      }
      expect([await ask('1'), await ask('1'), await ask('3'), await ask('2')]).toEqual([303, 303, 422, 303])
    },
    timeoutMs,
  )
})

describe('no violation is found by axe', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(
      `in hints, solution, rows, plan, versions and keys, in ${colorScheme}`,
      async () => {
        const { page } = await open({ colorScheme })
        const expectNone = async (where: string) =>
          expect({ where, found: await violations(page) }).toEqual({ where, found: [] })
        const openTab = async (name: RegExp) => await page.getByRole('tab', { name }).click()
        await openTab(/Hints/)
        await page.getByRole('button', { name: 'Show hint 1' }).click()
        await page.getByText(firstHint).waitFor()
        await expectNone('hints')
        await openTab(/Solution/)
        await page.getByRole('button', { name: 'Give up and show it' }).click()
        await page.getByRole('button', { name: 'Show the solution' }).click()
        await page.getByLabel('Reference solution').waitFor()
        await expectNone('solution')
        await openTab(/Tables/)
        await page.getByRole('link', { name: 'First rows of loan' }).click()
        await page.locator('.first-rows tbody tr').first().waitFor()
        await writeQuery(
          page,
          'select i.name, count(*) from item i left join loan l on l.item_id = i.id group by i.name',
        )
        await page.getByRole('button', { name: 'Explain' }).click()
        await page.locator('#result .plan .node').first().waitFor()
        await expectNone('rows and plan')
        await page.locator('#saved').getByText(/saved/).waitFor()
        await openTab(/Tries/)
        await page.getByRole('link', { name: 'Earlier versions of your query' }).click()
        await page.getByRole('link', { name: 'Version 1' }).waitFor()
        await expectNone('versions')
        await page.getByRole('link', { name: 'Version 1' }).click()
        await page.getByLabel('Version 1 of the query').waitFor()
        await expectNone('one version')
        await page.getByRole('button', { name: 'Keys' }).click()
        await expectNone('keys')
      },
      timeoutMs,
    )
  }
})
