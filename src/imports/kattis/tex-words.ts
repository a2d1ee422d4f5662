/** What the commands of TeX mean that statements use. */

/** Commands whose argument gets marks around it. */
export const marks: Readonly<Record<string, string>> = {
  ...{ emph: '*', textit: '*', textsl: '*', textbf: '**', sout: '~~' },
  ...{ it: '*', em: '*', sl: '*', bf: '**', itshape: '*', bfseries: '**' },
}
/** Commands whose argument is code. */
export const code = new Set(['texttt', 't', 'tt', 'ttfamily', 'code', 'lstinline', 'path'])
/** Marks of headings. */
export const headings: Readonly<Record<string, string>> = {
  chapter: '#',
  section: '##',
  subsection: '###',
  subsubsection: '####',
}
/** Commands about looks, with how many arguments each has that are no text. */
export const silent: Readonly<Record<string, number>> = {
  ...{
    noindent: 0,
    centering: 0,
    hline: 0,
    toprule: 0,
    midrule: 0,
    bottomrule: 0,
    medskip: 0,
    bigskip: 0,
    smallskip: 0,
  },
  ...{
    newpage: 0,
    clearpage: 0,
    pagebreak: 0,
    small: 0,
    footnotesize: 0,
    scriptsize: 0,
    tiny: 0,
    large: 0,
    Large: 0,
    LARGE: 0,
    huge: 0,
    Huge: 0,
  },
  ...{ normalsize: 0, raggedright: 0, sloppy: 0, par: 0, maketitle: 0, null: 0, leavevmode: 0, indent: 0, hfill: 0 },
  ...{
    vfill: 0,
    nextsample: 0,
    remainingsamples: 0,
    rm: 0,
    upshape: 0,
    mdseries: 0,
    rmfamily: 0,
    protect: 0,
    strut: 0,
  },
  ...{ label: 1, vspace: 1, hspace: 1, cline: 1, usepackage: 1, input: 1, setlength: 2, addtolength: 2, cmidrule: 1 },
  ...{ setcounter: 2, color: 1, pagestyle: 1, thispagestyle: 1, documentclass: 1 },
}
/** Commands that stand for characters. */
export const characters: Readonly<Record<string, string>> = {
  ...{ ldots: '…', dots: '…', textellipsis: '…', textbackslash: '\\\\', textasciitilde: '~', textasciicircum: '^' },
  ...{ textless: '\\<', textgreater: '\\>', textbar: '|', textquotedbl: '"', textdegree: '°', copyright: '©', S: '§' },
  ...{ ss: 'ß', ae: 'æ', AE: 'Æ', oe: 'œ', OE: 'Œ', aa: 'å', AA: 'Å', o: 'ø', O: 'Ø', l: 'ł', L: 'Ł', i: 'ı' },
  ...{ LaTeX: 'LaTeX', TeX: 'TeX', quad: ' ', qquad: ' ', enspace: ' ', newline: '\u0001\n', euro: '€', pounds: '£' },
}
/** Commands that put a mark on a letter. */
export const accents: Readonly<Record<string, string>> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '"': '\u0308',
  '~': '\u0303',
  c: '\u0327',
  v: '\u030c',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  H: '\u030b',
  r: '\u030a',
}
