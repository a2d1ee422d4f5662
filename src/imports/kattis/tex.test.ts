import { expect, test } from 'bun:test'
import { texToMarkdown } from './tex.ts'
import { mathToText } from './tex-math.ts'

const cases: Record<string, [tex: string, markdown: string]> = {
  'words with marks': ['\\emph{a} \\textbf{b} {\\bf c} \\texttt{d\\_e} {\\tt f}', '*a* **b** **c** `d_e` `f`'],
  'sections and paragraphs': [
    '\\section*{Input}\nOne.\n\n\\paragraph{Note} Two.',
    '## Input\n\nOne.\n\n**Note**  Two.',
  ],
  'quotes, dashes and special characters': ["``a'' -- 5\\,\\% \\& \\$1~000 --- it's", '“a” – 5 % & $1 000 — it’s'],
  comments: ['one % not this\ntwo 5\\% % nor this', 'one two 5%'],
  'lists in lists': [
    '\\begin{enumerate}\n\\item One\n\\begin{itemize}\n\\item deep\n\\end{itemize}\n\\item[x] Two\n\\end{enumerate}',
    '1. One\n\n   - deep\n2. **x** Two',
  ],
  tables: [
    '\\begin{tabular}{|l|r|}\\hline A & $n^2$ \\\\ \\hline b|c & \\multicolumn{1}{l}{2} \\\\ \\end{tabular}',
    '| A | n² |\n| --- | --- |\n| b\\|c | 2 |',
  ],
  'program texts as they are': ['\\begin{verbatim}\n% a_b \\emph{}\n\\end{verbatim}', '```\n% a_b \\emph{}\n```'],
  macros: ['\\newcommand{\\maxn}{10^5}\\newcommand{\\pair}[2]{(#1, #2)}$n \\le \\maxn$ \\pair{a}{b}', 'n ≤ 10⁵ (a, b)'],
  accents: ['Erd\\H{o}s, \\\'Alvarez, \\"{o}, \\c{c}', 'Erdős, Álvarez, ö, ç'],
  'what Markdown would read as marks': ['a_b*c [d] <e>\n\\# f\n- g', 'a\\_b\\*c \\[d\\] \\<e>\n# f\n\\- g'],
  'displayed formulas': ['\\[ x = \\frac{a+b}{2} \\] $$y$$', 'x = (a+b)/2\n\n*y*'],
  links: [
    '\\url{https://example.org/a_b} \\href{https://example.org}{here}',
    '<https://example.org/a_b> [here](https://example.org)',
  ],
}

test.each(Object.entries(cases))('statements in TeX: %s', (_, [tex, markdown]) => {
  const made = texToMarkdown(tex)
  expect(made.markdown.replaceAll(/^ +(?=\w)/gm, '').replaceAll(/ +$/gm, '')).toBe(markdown)
  expect(made.unknown).toEqual([])
})

test('what is not understood is named, and its words stay', () => {
  const { markdown, unknown, images, title } = texToMarkdown(
    '\\problemname{A \\& B}\\strange{word} \\begin{odd}inside\\end{odd} $\\weird x$ \\includegraphics[width=3cm]{cat.png}',
  )
  expect(title).toBe('A & B')
  expect(unknown).toEqual(['\\begin{odd}', '\\strange', '\\weird'])
  expect(images).toEqual(['cat.png'])
  expect(markdown).toContain('word')
  expect(markdown).toContain('inside')
})

test.each([
  ['1 \\le n \\leq 10^{18}', '1 ≤ n ≤ 10¹⁸'],
  ['a_1, \\ldots, a_{n+1}', 'a₁, …, aₙ₊₁'],
  ['x_{max}^y + z_{low}', 'xₘₐₓ^y + z_(low)'],
  ['\\sqrt{n} \\cdot \\lfloor \\frac{a}{b} \\rfloor', '√n · ⌊ a/b ⌋'],
  ['a \\equiv b \\pmod{10^9+7}', 'a ≡ b (mod 10⁹+7)'],
  ['\\{1, 2\\} \\subseteq \\mathbb{N}', '{1, 2} ⊆ N'],
])('the formula %s reads %s', (tex, text) => {
  expect(mathToText(tex, () => {})).toBe(text)
})

test.each([
  '{'.repeat(5000),
  '\\begin{a}'.repeat(300),
  '\\newcommand{\\a}{\\a\\a}\\a $\\a$',
  '$x',
  '\\',
  '\\verb',
  '\\begin{',
])('a statement that is broken ends nothing', (tex) => {
  expect(typeof texToMarkdown(tex).markdown).toBe('string')
})
