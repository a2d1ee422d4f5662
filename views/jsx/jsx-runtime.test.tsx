import { describe, expect, test } from 'bun:test'
import { type Child, Fragment, isSafeUrl, jsx, raw } from '#jsx/jsx-runtime'

const hostile = `"><script>alert(1)</script>'&`
const escaped = '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;'

describe('what stands between tags', () => {
  test('is escaped wherever it comes from', () => {
    const Card = ({ children }: { children: Child }) => <div>{children}</div>
    expect(String(<p>{hostile}</p>)).toBe(`<p>${escaped}</p>`)
    expect(String(<Card>{[hostile, [hostile]]}</Card>)).toBe(`<div>${escaped}${escaped}</div>`)
    expect(String(Fragment({ children: hostile }))).toBe(escaped)
    expect(String(<title>{hostile}</title>)).toBe(`<title>${escaped}</title>`)
  })
  test('is markup only where it was marked', () => {
    expect(String(<p>{raw('<b>1</b>')}</p>)).toBe('<p><b>1</b></p>')
    expect(String(<p>{String(<b>1</b>)}</p>)).toBe('<p>&lt;b&gt;1&lt;/b&gt;</p>')
  })
  test('shows numbers, zero too, and nothing for booleans and absent values', () => {
    expect(String(<p>{[0, 1n, true, false, null, undefined]}</p>)).toBe('<p>01</p>')
  })
})

describe('attributes', () => {
  test('are escaped and quoted', () => {
    expect(String(<input value={hostile} />)).toBe(`<input value="${escaped}">`)
  })
  test('that are true stand bare, those that are false or absent are left out', () => {
    expect(String(<input required checked={false} value={null} max={undefined} min={0} />)).toBe(
      '<input required min="0">',
    )
  })
  test('with a name that could break out of the tag are refused', () => {
    expect(() => jsx('p', { 'a onclick=alert(1)': '1' })).toThrow('not an attribute name')
  })
  test('that would run a script or carry a style are refused', () => {
    for (const name of ['onclick', 'ONCLICK', 'hx-on:click', 'hx-on::load', 'style', 'srcdoc']) {
      expect(() => jsx('p', { [name]: 'x' })).toThrow('not allowed')
    }
    expect(() => <script>{'alert(1)'}</script>).toThrow('not allowed')
    expect(() => <style>{'p { color: red }'}</style>).toThrow('not allowed')
  })
  test('that lead to anything but the web are dropped', () => {
    for (const url of [
      'javascript:alert(1)',
      ' \tJaVa\nScript:alert(1)',
      '\u0000javascript:x',
      'data:text/html,x',
      'vbscript:x',
    ]) {
      expect(String(<a href={url}>x</a>)).toBe('<a>x</a>')
      expect(String(<form action={url} hx-post={url} />)).toBe('<form></form>')
    }
    expect(String(<a href="/exercises?q=a:b">x</a>)).toBe('<a href="/exercises?q=a:b">x</a>')
    expect(isSafeUrl('https://example.org/')).toBe(true)
    expect(isSafeUrl('//example.org/')).toBe(true)
    expect(isSafeUrl('a/b:c')).toBe(true)
  })
})
