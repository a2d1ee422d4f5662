import { describe, expect, test } from 'bun:test'
import { languageOf, linesOf, piecesOf } from './code-colours.ts'
import { grammars } from './code-grammars.ts'

/** Coloured pieces as `k:def`, plain ones left out. */
function colours(text: string, language: string | null): string[] {
  return piecesOf(text, language).flatMap(({ colour, text: piece }) => (colour === '' ? [] : [`${colour}:${piece}`]))
}

describe('colours of programs', () => {
  test('Python: keywords, calls, numbers, texts of any quotes and comments', () => {
    expect(colours('def f(a):\n    return f"x{a}" + len("""b\nc""") * 1.5  # if\n', 'py')).toEqual([
      ...['k:def', 'f:f', 'k:return', 's:f"x{a}"', 'f:len', 's:"""b\nc"""', 'd:1.5', 'c:# if'],
    ])
  })

  test('JavaScript: a slash begins a pattern only where a value may begin, and what a dot leads to is a name', () => {
    expect(colours("const r = /['\"]/g.test(a / b) // '", 'ts')).toEqual(['k:const', 's:/[\'"]/g', 'f:test', "c:// '"])
    expect(colours('Array.from(x)', 'js')).toEqual(['f:from'])
  })

  test('Bash: variables stand out, and a sharp inside a word is no comment', () => {
    expect(colours('echo "$x" $1 a#b # c', 'sh')).toEqual(['s:"$x"', 'd:$1', 'c:# c'])
  })

  test('a query follows the editor: a column called first is no keyword', () => {
    expect(colours("SELECT first FROM t WHERE a = 'b'", 'sql')).toEqual(['k:SELECT', 'k:FROM', 'k:WHERE', "s:'b'"])
  })

  test('a sentence in a comment does not make the next word a column', () => {
    expect(colours("-- Ends here.\nSELECT '--.' FROM t", 'sql')).toEqual([
      ...['c:-- Ends here.', 'k:SELECT', "s:'--.'", 'k:FROM'],
    ])
  })

  test('the language is told by the ending of a name; of others nothing is coloured', () => {
    expect([null, 'lib/a.test.mjs', 'b.PY', 'notes.txt', 'Makefile'].map(languageOf)).toEqual([
      ...['sql', 'mjs', 'py', 'txt', null],
    ])
    expect(piecesOf('def f():', 'txt')).toEqual([{ colour: '', text: 'def f():' }])
    expect(piecesOf('def f():', 'constructor')).toEqual([{ colour: '', text: 'def f():' }])
  })

  test('a text over several lines keeps its colour in each', () => {
    expect(linesOf('a = """b\n\nc"""', 'py')).toEqual([
      [
        { colour: '', text: 'a = ' },
        { colour: 's', text: '"""b' },
      ],
      [],
      [{ colour: 's', text: 'c"""' }],
    ])
  })

  test('whatever is open, cut off or mad, the pieces are the text', () => {
    const texts = ['"', "'a\n'", '/*', '"""', '`${', '= /[', '\\', '$', '0x', '# ', '--', '$$', 'é(ü'].flatMap(
      (text) => [text, text.repeat(500)],
    )
    for (const language of ['sql', ...grammars.keys()]) {
      for (const text of texts) {
        expect(
          piecesOf(text, language)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }
    }
  })
})
