import { describe, expect, test } from 'bun:test'
import { clipboardText, csvOf } from './result-rows.ts'

const rows = [
  ['id', 'words'],
  ['1', null],
  ['2', ''],
  ['3', 'say "hi", then\ngo\tnow '],
]

describe('a result', () => {
  test('as CSV tells NULL from empty text and keeps quotes, commas and breaks', () => {
    expect(csvOf(rows)).toBe('id,words\r\n1,\r\n2,""\r\n3,"say ""hi"", then\ngo\tnow "\r\n')
  })
  test('on the clipboard keeps one row a line and one value a tab', () => {
    expect(clipboardText(rows)).toBe('id\twords\n1\t\n2\t\n3\tsay "hi", then go now ')
  })
})
