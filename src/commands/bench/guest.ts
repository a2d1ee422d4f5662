/** A guest with a browser's cookies and no scripts, who opens an exercise and runs something. */

const slug = 'whole-shelf'

/** Opens the exercise and runs a query. Throws where its row is not on the page. */
export async function firstResultOfGuest(url: string): Promise<void> {
  const page = await fetch(`${url}/exercises/${slug}`)
  const text = await page.text()
  const attempt = /data-attempt="([^"]+)"/.exec(text)?.[1]
  const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1]
  if (attempt === undefined || csrf === undefined) throw new Error(`no attempt on the page (${page.status})`)
  const cookie = page.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const answer = await fetch(`${url}/attempts/${attempt}/runs`, {
    method: 'POST',
    headers: { cookie, 'hx-request': 'true', origin: url },
    body: new URLSearchParams({ sql: "select 'it ' || 'works' as answer", csrf }),
  })
  const result = await answer.text()
  if (!result.includes('it works')) throw new Error(`no row came (${answer.status}): ${result.slice(0, 200)}`)
}
