/** Formulas of TeX as one line of text: characters of Unicode where there are some, else what people write by hand. */

const symbols: Readonly<Record<string, string>> = {
  ...{ le: '≤', leq: '≤', leqslant: '≤', ge: '≥', geq: '≥', geqslant: '≥', ne: '≠', neq: '≠', ll: '≪', gg: '≫' },
  ...{ approx: '≈', equiv: '≡', sim: '∼', propto: '∝', pm: '±', mp: '∓', times: '×', cdot: '·', div: '÷', ast: '∗' },
  ...{ star: '⋆', circ: '°', bullet: '•', oplus: '⊕', otimes: '⊗', land: '∧', wedge: '∧', lor: '∨', vee: '∨' },
  ...{ neg: '¬', lnot: '¬', forall: '∀', exists: '∃', in: '∈', notin: '∉', ni: '∋', subset: '⊂', subseteq: '⊆' },
  ...{ supset: '⊃', supseteq: '⊇', cup: '∪', cap: '∩', setminus: '∖', emptyset: '∅', varnothing: '∅' },
  ...{ infty: '∞', partial: '∂', nabla: '∇', sum: '∑', prod: '∏', int: '∫', angle: '∠', perp: '⊥', parallel: '∥' },
  ...{ to: '→', rightarrow: '→', longrightarrow: '→', leftarrow: '←', gets: '←', leftrightarrow: '↔', mapsto: '↦' },
  ...{ Rightarrow: '⇒', Leftarrow: '⇐', Leftrightarrow: '⇔', implies: '⇒', iff: '⇔', uparrow: '↑', downarrow: '↓' },
  ...{ ldots: '…', dots: '…', cdots: '⋯', dotsc: '…', dotsb: '⋯', vdots: '⋮', ddots: '⋱', prime: '′', ell: 'ℓ' },
  ...{ lfloor: '⌊', rfloor: '⌋', lceil: '⌈', rceil: '⌉', langle: '⟨', rangle: '⟩', vert: '|', lvert: '|', rvert: '|' },
  ...{
    mid: ' | ',
    Vert: '‖',
    backslash: '\\',
    degree: '°',
    colon: ':',
    lbrace: '{',
    rbrace: '}',
    quad: ' ',
    qquad: ' ',
  },
  ...{ alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', varepsilon: 'ε', zeta: 'ζ', eta: 'η', theta: 'θ' },
  ...{ iota: 'ι', kappa: 'κ', lambda: 'λ', mu: 'μ', nu: 'ν', xi: 'ξ', pi: 'π', rho: 'ρ', sigma: 'σ', tau: 'τ' },
  ...{ phi: 'φ', varphi: 'φ', chi: 'χ', psi: 'ψ', omega: 'ω', Gamma: 'Γ', Delta: 'Δ', Theta: 'Θ', Lambda: 'Λ' },
  ...{ Xi: 'Ξ', Pi: 'Π', Sigma: 'Σ', Phi: 'Φ', Psi: 'Ψ', Omega: 'Ω' },
}

const words = new Set([
  'max',
  'min',
  'log',
  'ln',
  'lg',
  'gcd',
  'lcm',
  'exp',
  'sin',
  'cos',
  'tan',
  'lim',
  'det',
  'deg',
  'mod',
  'dim',
  'arg',
  'sup',
  'inf',
  'Pr',
])
/** Commands that leave their argument as it is. */
const plain = new Set([
  'text',
  'textrm',
  'textit',
  'textbf',
  'texttt',
  'textsf',
  'mathrm',
  'mathit',
  'mathbf',
  'mathtt',
  'mathsf',
  'mathcal',
  'mathbb',
  'operatorname',
  'mbox',
  'hbox',
  'emph',
  'boldsymbol',
  'ensuremath',
  'vec',
  'hat',
  'bar',
  'overline',
  'underline',
  'tilde',
])
/** Commands about looks. */
const silent = new Set([
  'left',
  'right',
  'big',
  'Big',
  'bigl',
  'bigr',
  'Bigl',
  'Bigr',
  'bigg',
  'limits',
  'nolimits',
  'displaystyle',
  'textstyle',
  'nonumber',
  'rm',
  'it',
  'bf',
  'tt',
])

const superscripts: Readonly<Record<string, string>> = {
  ...{ '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹' },
  ...{ '+': '⁺', '-': '⁻', '−': '⁻', '(': '⁽', ')': '⁾', n: 'ⁿ', i: 'ⁱ', k: 'ᵏ', t: 'ᵗ', T: 'ᵀ', '°': '°', '′': '′' },
}
const subscripts: Readonly<Record<string, string>> = {
  ...{ '0': '₀', '1': '₁', '2': '₂', '3': '₃', '4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈', '9': '₉' },
  ...{
    '+': '₊',
    '-': '₋',
    '−': '₋',
    '(': '₍',
    ')': '₎',
    i: 'ᵢ',
    j: 'ⱼ',
    k: 'ₖ',
    n: 'ₙ',
    m: 'ₘ',
    x: 'ₓ',
    a: 'ₐ',
    t: 'ₜ',
  },
}

/** How deep groups may be in each other. */
const depthMax = 40

/** The text of a formula; commands that nobody knows are told to `unknown`, and stay as they are called. */
export function mathToText(source: string, unknown: (command: string) => void, depth = 0): string {
  if (depth > depthMax) return source
  const inner = (text: string) => mathToText(text, unknown, depth + 1)
  let out = ''
  let at = 0
  while (at < source.length) {
    const char = source[at] ?? ''
    if (char === '{') {
      const group = argumentAt(source, at)
      out += inner(group.text)
      at = group.end
    } else if (char === '^' || char === '_') {
      const group = argumentAt(source, at + 1)
      out += script(inner(group.text), char)
      at = group.end
    } else if (char === '\\') {
      const command = commandAt(source, at)
      const made = commandText(source, command, inner, unknown)
      out += made.text
      at = made.end
    } else {
      out += char === '~' || char === '\n' || char === '&' ? ' ' : char === "'" ? '′' : char
      at += 1
    }
  }
  return depth > 0 ? out : out.replaceAll(/\s+/g, ' ').trim()
}

function script(text: string, mark: '^' | '_'): string {
  const known = mark === '^' ? superscripts : subscripts
  const made = [...text].map((char) => known[char])
  if (text !== '' && made.every((char) => char !== undefined)) return made.join('')
  return [...text].length === 1 ? `${mark}${text}` : `${mark}(${text})`
}

interface Found {
  text: string
  /** Behind it. */
  end: number
}

/** The name of the command at a backslash. */
export function commandAt(source: string, at: number): Found {
  const name = /^\\([A-Za-z]+)\*?/.exec(source.slice(at, at + 60))
  if (name === null) return { text: source[at + 1] ?? '', end: Math.min(source.length, at + 2) }
  return { text: name[1] ?? '', end: at + name[0].length }
}

/** The argument at a place: a group in braces, a command, or one character. Braces that are never closed end with the text. */
export function argumentAt(source: string, from: number): Found {
  let at = from
  while (/\s/.test(source[at] ?? '')) at += 1
  if (source[at] === '\\') {
    const { end } = commandAt(source, at)
    return { text: source.slice(at, end), end }
  }
  if (source[at] !== '{') return { text: source[at] ?? '', end: Math.min(source.length, at + 1) }
  let depth = 0
  for (let end = at; end < source.length; end += 1) {
    if (source[end] === '\\') end += 1
    else if (source[end] === '{') depth += 1
    else if (source[end] === '}') depth -= 1
    if (depth === 0) return { text: source.slice(at + 1, end), end: end + 1 }
  }
  return { text: source.slice(at + 1), end: source.length }
}

function commandText(
  source: string,
  { text: name, end }: Found,
  inner: (text: string) => string,
  unknown: (command: string) => void,
): Found {
  const symbol = symbols[name]
  if (symbol !== undefined) return { text: symbol, end }
  if (words.has(name)) return { text: ` ${name} `, end }
  if (silent.has(name)) return { text: '', end: source[end] === '.' ? end + 1 : end }
  if (name === 'bmod') return { text: ' mod ', end }
  if (plain.has(name) || name === 'pmod' || name === 'sqrt') {
    const group = argumentAt(source, end)
    const text = inner(group.text)
    if (name === 'pmod') return { text: ` (mod ${text})`, end: group.end }
    return { text: name === 'sqrt' ? `√${bracketed(text)}` : text, end: group.end }
  }
  if (/^[dt]?frac$/.test(name) || /^[dt]?binom$/.test(name)) {
    const upper = argumentAt(source, end)
    const lower = argumentAt(source, upper.end)
    const [above, below] = [inner(upper.text), inner(lower.text)]
    if (name.endsWith('binom')) return { text: `C(${above}, ${below})`, end: lower.end }
    return { text: `${bracketed(above)}/${bracketed(below)}`, end: lower.end }
  }
  if (/^[{}%$#&_]$/.test(name)) return { text: name, end }
  if (name === '|') return { text: '‖', end }
  if (/^[\s,;:!\\/]$/.test(name)) return { text: name === '!' ? '' : ' ', end }
  unknown(`\\${name}`)
  return { text: name, end }
}

function bracketed(text: string): string {
  return /^[\p{L}\p{N}.]+$/u.test(text) ? text : `(${text})`
}
