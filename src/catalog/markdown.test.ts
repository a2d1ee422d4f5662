import { expect, test } from 'bun:test'
import { renderMarkdown } from './markdown.ts'

test('a picture is told by its words, and is a click away where it has an address', () => {
  expect(renderMarkdown('![Two halls](halls.png)')).toBe('<p><em>Picture: Two halls</em></p>\n')
  const linked = renderMarkdown('![Two "halls" <b>](https://example.org/halls.png)')
  expect(linked).toContain('href="https://example.org/halls.png"')
  expect(linked).toContain('Picture: Two "halls" &lt;b&gt;</a>')
  expect(linked).not.toContain('<img')
  expect(renderMarkdown('![](halls.png)')).toContain('Picture: without a description')
  expect(renderMarkdown('[![Halls](https://example.org/a.png)](https://example.org/)').match(/<a /g)).toHaveLength(1)
  expect(renderMarkdown('![x](javascript:alert(1))')).not.toContain('href')
})
