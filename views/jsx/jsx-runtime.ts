/**
 * The JSX runtime of all pages. Everything that goes into markup is escaped, unless it is `SafeHtml`: the output of
 * another element, or text that was marked with `raw`. Links to anything but web addresses are dropped, inline scripts
 * and styles are refused, so that a page can neither break out of its markup nor out of the security policy.
 */

/** Markup that needs no more escaping. Only this file makes it. */
export class SafeHtml {
  readonly #html: string
  constructor(html: string) {
    this.#html = html
  }
  toString(): string {
    return this.#html
  }
}

/** Anything that may stand between two tags. Booleans, null and undefined show nothing. */
export type Child = SafeHtml | string | number | bigint | boolean | null | undefined | readonly Child[]

/** The value of an attribute. `true` writes the bare name; `false`, null and undefined leave it out. */
export type AttributeValue = string | number | boolean | null | undefined

/** Properties of an element. */
export interface ElementProps {
  [name: string]: AttributeValue | Child
  children?: Child
}

/** A component: plain values in, markup out. */
export type Component<Props> = (props: Props) => SafeHtml

const voidElements = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const urlAttributes = new Set(['href', 'src', 'action', 'formaction', 'poster', 'cite', 'data', 'xlink:href'])
const namePattern = /^[a-zA-Z][a-zA-Z0-9:_.-]*$/
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Shows nothing. */
export const nothing = new SafeHtml('')

/** Marks text as markup. Only for text that a sanitiser made, or a constant of the program. */
export function raw(html: string): SafeHtml {
  return new SafeHtml(html)
}

/** Escapes text for an element's content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => escapes[character] ?? '') : text
}

/** Whether an address may stand in a link: relative, http, https or mailto, read as browsers read it. */
export function isSafeUrl(url: string): boolean {
  // A scheme begins with a letter; most links don't.
  if (url.startsWith('/') || url.startsWith('#')) return true
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip exactly these before and inside a scheme.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url.replace(/[\u0000-\u0020\u007f-\u00a0]/g, ''))?.[1]
  return scheme === undefined || /^(https?|mailto)$/i.test(scheme)
}

function renderChild(child: Child): string {
  if (child instanceof SafeHtml) return child.toString()
  if (typeof child === 'string') return escapeHtml(child)
  if (child === null || child === undefined || typeof child === 'boolean') return ''
  if (typeof child === 'number' || typeof child === 'bigint') return String(child)
  let html = ''
  for (const each of child) html += renderChild(each)
  return html
}

type AttributeKind = 'plain' | 'url'

/** Names that were found to be attributes, for pages have few of them thousands of times. */
const attributeKinds = new Map<string, AttributeKind>()

function attributeKind(name: string): AttributeKind {
  if (!namePattern.test(name)) throw new Error(`not an attribute name: ${JSON.stringify(name)}`)
  const plain = name.toLowerCase()
  if (plain.startsWith('on') || plain.startsWith('hx-on') || plain === 'style' || plain === 'srcdoc') {
    throw new Error(`the attribute ${name} is not allowed: the security policy forbids inline scripts and styles`)
  }
  const isUrl = urlAttributes.has(plain) || /^hx-(get|post|put|patch|delete)$/.test(plain)
  const kind = isUrl ? 'url' : 'plain'
  attributeKinds.set(name, kind)
  return kind
}

function renderAttribute(name: string, value: ElementProps[string]): string {
  if (value === false || value === null || value === undefined) return ''
  const kind = attributeKinds.get(name) ?? attributeKind(name)
  if (value === true) return ` ${name}`
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new Error(`the attribute ${name} needs a plain value`)
  const text = String(value)
  return kind === 'url' && !isSafeUrl(text) ? '' : ` ${name}="${escapeHtml(text)}"`
}

/** Makes an element, or calls a component. */
export function jsx<Props extends object>(type: string | Component<Props>, props: Props): SafeHtml {
  if (typeof type === 'function') return type(props)
  let attributes = ''
  let children: Child
  for (const [name, value] of Object.entries(props)) {
    if (name === 'children') children = value
    else attributes += renderAttribute(name, value)
  }
  if (voidElements.has(type)) return new SafeHtml(`<${type}${attributes}>`)
  if ((type === 'script' || type === 'style') && children !== undefined) {
    throw new Error(`inline ${type} is not allowed: the security policy forbids it`)
  }
  return new SafeHtml(`<${type}${attributes}>${renderChild(children)}</${type}>`)
}

/** The same for elements with several children, and for development builds. */
export { jsx as jsxDEV, jsx as jsxs }

/** Children without an element around them. */
export function Fragment({ children }: { children?: Child }): SafeHtml {
  return new SafeHtml(renderChild(children))
}

/** What TypeScript looks up for JSX. */
export namespace JSX {
  export type Element = SafeHtml
  export interface ElementChildrenAttribute {
    children: unknown
  }
  export interface IntrinsicElements {
    [name: string]: ElementProps
  }
}
