import { describe, expect, test } from 'bun:test'
import { sampleFragments, samplePages } from './samples.ts'

/** An element as the browser's parser sees it. */
interface Seen {
  tag: string
  attributes: Map<string, string>
}

/** Reads markup with a real HTML parser, so that what is found is what a browser would find. */
async function elementsOf(html: string): Promise<Seen[]> {
  const seen: Seen[] = []
  const reader = new HTMLRewriter().on('*', {
    element({ tagName, attributes }) {
      seen.push({ tag: tagName, attributes: new Map([...attributes].map(([name, value]) => [name, value ?? ''])) })
    },
  })
  await reader.transform(new Response(html)).text()
  return seen
}

const payloads = [
  `"><img src=x onerror=alert(1)><script>alert(1)</script>`,
  `' onmouseover='alert(1)' x='</textarea><svg onload=alert(1)>`,
  'javascript:alert(1)',
  '</title></script></template><iframe srcdoc="x">',
]

describe('a hostile string', () => {
  for (const payload of payloads) {
    test(`stays text in every page and fragment: ${payload.slice(0, 24)}`, async () => {
      const all = { ...samplePages(payload), ...prefixed('fragment ', sampleFragments(payload)) }
      const plain = { ...samplePages('plain'), ...prefixed('fragment ', sampleFragments('plain')) }
      for (const [name, html] of Object.entries(all)) {
        const elements = await elementsOf(html)
        const expected = await elementsOf(plain[name] ?? '')
        for (const { tag, attributes } of elements) {
          expect(['img', 'iframe', 'object', 'embed', 'base']).not.toContain(tag)
          if (tag === 'script') expect(attributes.get('src')).toStartWith('/static/')
          for (const [attribute, value] of attributes) {
            expect(`${name}: ${attribute}`).not.toMatch(/: (on|style$|srcdoc$)/)
            if (/^(href|src|action|formaction|hx-post|hx-get)$/.test(attribute))
              expect(value).not.toMatch(/^\s*javascript:/i)
          }
        }
        // The same elements as with a harmless word, but for pieces of coloured code: nothing was opened or closed.
        expect(`${name}: ${tagsOf(elements)}`).toBe(`${name}: ${tagsOf(expected)}`)
      }
    })
  }
})

function prefixed(prefix: string, record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [prefix + name, value]))
}

/** Tags in order. Long cells fold by length, code is coloured by its words and long names may break, so those differ with the text itself. */
function tagsOf(elements: Seen[]): string {
  return elements
    .map(({ tag }) => tag)
    .filter((tag) => !['span', 'details', 'summary', 'pre', 'i', 'wbr'].includes(tag))
    .join(' ')
}

describe('every page', () => {
  const pages = Object.entries(samplePages('plain'))
  for (const [name, html] of pages) {
    test(`${name}: has a language, a title, one main part, one first heading and a skip link`, async () => {
      const elements = await elementsOf(html)
      const tags = elements.map(({ tag }) => tag)
      expect(html).toStartWith('<!doctype html><html lang="en">')
      expect(tags.filter((tag) => tag === 'main')).toHaveLength(1)
      expect(tags.filter((tag) => tag === 'h1')).toHaveLength(1)
      expect(elements.find(({ tag }) => tag === 'a')?.attributes.get('href')).toBe('#main')
    })
    test(`${name}: ids are unique, labels and descriptions point to something`, async () => {
      const elements = await elementsOf(html)
      const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? [])
      expect(ids).toEqual([...new Set(ids)])
      for (const { attributes } of elements) {
        for (const name of ['for', 'aria-describedby', 'form']) {
          for (const id of attributes.get(name)?.split(' ') ?? []) expect(ids).toContain(id)
        }
        const target = attributes.get('href') ?? attributes.get('hx-target') ?? ''
        if (target.startsWith('#') && !/^#[iv]-/.test(target)) expect(ids).toContain(target.slice(1))
      }
    })
    test(`${name}: every icon it uses is in its sprite`, async () => {
      const elements = await elementsOf(html)
      const symbols = elements.filter(({ tag }) => tag === 'symbol').map(({ attributes }) => `#${attributes.get('id')}`)
      for (const { tag, attributes } of elements) {
        if (tag === 'use') expect(symbols).toContain(attributes.get('href') ?? '')
      }
    })
    test(`${name}: forms that change something carry the token, buttons have a type`, async () => {
      const forms = html.match(/<form [^>]*method="post"[\s\S]*?<\/form>/g) ?? []
      for (const form of forms) expect(form).toContain('name="csrf" value="plain"')
      for (const { tag, attributes } of await elementsOf(html)) {
        if (tag === 'button') expect(['submit', 'button']).toContain(attributes.get('type') ?? 'none')
      }
    })
  }
  test('has at most one yellow key in view', async () => {
    for (const [name, html] of pages) {
      const keys = (await elementsOf(html)).filter(({ attributes }) => /\bkey\b/.test(attributes.get('class') ?? ''))
      // A passed check brings its own key; a rule of the sheet then takes the colour from the editor's.
      expect(`${name}: ${keys.length}`).toBe(`${name}: ${expectedKeys(name)}`)
    }
  })
})

function expectedKeys(name: string): number {
  if (
    name === 'catalogue' ||
    name === 'api' ||
    name === 'leaderboard' ||
    name.startsWith('smallest case') ||
    (name.startsWith('admin ') && name !== 'admin ending') ||
    name === 'workbench, unavailable' ||
    name === 'code, unavailable'
  )
    return 0
  return name === 'workbench, passed' || name === 'code, program passed' ? 2 : 1
}
