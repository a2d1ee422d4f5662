/**
 * Reads YAML strictly: every key is declared once, with its JSON Schema, and whatever does not fit is a problem that names
 * line and key and says how to mend it. One declaration gives both the reader and the published schema.
 */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/** Something that is wrong with a file. */
export interface YamlProblem {
  file: string
  line: number | null
  /** Dotted path of the key, for example `grading.order`; null where it is the file as a whole. */
  key: string | null
  /** A sentence that says how to mend it. */
  message: string
}

/** Where the reader is, and where problems go. */
export interface ReadContext {
  /** Dotted path of the key being read, for example `grading.order`. */
  key: string
  report(node: Node | null, key: string, message: string): void
}

/** A kind of value: how it is read (undefined: a problem was reported) and its JSON Schema. */
export interface Field<T> {
  read(node: Node, context: ReadContext): T | undefined
  schema: Record<string, unknown>
}

/** Fields of a map by key. */
type Fields = Record<string, Field<unknown>>

/** What a map of fields reads as: keys may be absent unless required. */
export type Read<F extends Fields> = { [K in keyof F]?: F[K] extends Field<infer T> ? T : never }

/** Adds the sentence that editors show for a key. */
export function describe<T>(description: string, field: Field<T>): Field<T> {
  return { ...field, schema: { description, ...field.schema } }
}

/** A text on which nothing is judged but its length. */
export function text({
  lengthMax,
  pattern,
  form,
  example,
}: {
  lengthMax: number
  pattern?: RegExp
  /** The pattern in words. */
  form?: string
  example?: string
}): Field<string> {
  const hint = example === undefined ? '' : `, for example ${example}`
  return {
    schema: { type: 'string', minLength: 1, maxLength: lengthMax, ...(pattern && { pattern: pattern.source }) },
    read(node, context) {
      const value = scalarText(node)
      if (value === undefined || value.trim() === '')
        return refuse(context, node, `is a text${hint}; quote it where it looks like something else`)
      if (value.length > lengthMax)
        return refuse(context, node, `is at most ${lengthMax} characters; here are ${value.length}`)
      if (pattern && !pattern.test(value))
        return refuse(context, node, `is ${form ?? `like ${pattern.source}`}${hint}; here is "${value}"`)
      return value
    },
  }
}

/** A number between two bounds, whole where `isWhole`. */
export function number({ min, max, isWhole }: { min: number; max: number; isWhole: boolean }): Field<number> {
  const what = isWhole ? 'a whole number' : 'a number'
  return {
    schema: { type: isWhole ? 'integer' : 'number', minimum: min, maximum: max },
    read(node, context) {
      const value = isScalar(node) ? node.value : undefined
      if (typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value)))
        return value
      return refuse(context, node, `is ${what} from ${min} to ${max}`)
    },
  }
}

/** true or false. */
export function truth(): Field<boolean> {
  return {
    schema: { type: 'boolean' },
    read(node, context) {
      const value = isScalar(node) ? node.value : undefined
      return typeof value === 'boolean' ? value : refuse(context, node, 'is true or false')
    },
  }
}

/** One word of a list of words. */
export function choice<const W extends string>(words: readonly W[]): Field<W> {
  return {
    schema: { enum: [...words] },
    read(node, context) {
      const value = scalarText(node)
      const found = words.find((word) => word === value)
      return found ?? refuse(context, node, `is one of ${words.join(', ')}`)
    },
  }
}

/** A list of equal things. */
export function list<T>(item: Field<T>, { max, min = 0 }: { max: number; min?: number }): Field<T[]> {
  return {
    schema: { type: 'array', items: item.schema, minItems: min, maxItems: max },
    read(node, context) {
      if (!isSeq<Node>(node)) return refuse(context, node, 'is a list: one item a line, each after "- "')
      if (node.items.length < min || node.items.length > max)
        return refuse(context, node, `has ${min} to ${max} items; here are ${node.items.length}`)
      const read = node.items.map((entry, index) => item.read(entry, { ...context, key: `${context.key}[${index}]` }))
      return read.every((value) => value !== undefined) ? read : undefined
    },
  }
}

/** A scalar where it is one, else a list or map: the first for what is short, the second for the rest. */
export function either<A, B>(short: Field<A>, long: Field<B>): Field<A | B> {
  return {
    schema: { anyOf: [short.schema, long.schema] },
    read: (node, context) => (isScalar(node) ? short.read(node, context) : long.read(node, context)),
  }
}

/** A map of declared keys; any other key is a problem. */
export function map<F extends Fields>(fields: F, required: readonly (keyof F & string)[] = []): Field<Read<F>> {
  const names = Object.keys(fields)
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, fields[name]?.schema])),
      required: [...required],
      additionalProperties: false,
    },
    read(node, context) {
      if (!isMap<Node, Node | null>(node)) return refuse(context, node, `has keys: ${names.join(', ')}`)
      const read: Record<string, unknown> = {}
      for (const { key: keyNode, value } of node.items) {
        const name = String(isScalar(keyNode) ? keyNode.value : keyNode)
        const key = context.key === '' ? name : `${context.key}.${name}`
        const field = Object.hasOwn(fields, name) ? fields[name] : undefined
        if (field === undefined) context.report(keyNode, key, `There is no key "${name}" here; ${suggest(name, names)}`)
        else if (value === null || (isScalar(value) && value.value === null))
          context.report(keyNode, key, `"${key}" has no value; give it one or remove the key`)
        else read[name] = field.read(value, { ...context, key })
      }
      for (const name of required) {
        const key = context.key === '' ? name : `${context.key}.${name}`
        if (!node.has(name)) context.report(node, key, `"${key}" is missing; add it`)
      }
      // Each value was read by the field of its own key, so the map has the type that the fields say.
      return read as Read<F>
    },
  }
}

/** A map whose keys are free names of one form, with equal values. */
export function record<T>(
  value: Field<T>,
  { names, form, max }: { names: RegExp; form: string; max: number },
): Field<Record<string, T>> {
  return {
    schema: {
      type: 'object',
      additionalProperties: value.schema,
      propertyNames: { pattern: names.source },
      maxProperties: max,
    },
    read(node, context) {
      if (!isMap<Node, Node | null>(node)) return refuse(context, node, 'is a map: a name, a colon and a value a line')
      if (node.items.length > max)
        return refuse(context, node, `has at most ${max} names; here are ${node.items.length}`)
      const read: Record<string, T> = {}
      for (const { key: keyNode, value: valueNode } of node.items) {
        const name = String(isScalar(keyNode) ? keyNode.value : keyNode)
        const key = context.key === '' ? name : `${context.key}.${name}`
        if (!names.test(name)) context.report(keyNode, key, `"${name}" can't be a name here; names are ${form}`)
        else if (valueNode === null)
          context.report(keyNode, key, `"${key}" has no value; give it one or remove the key`)
        else {
          const one = value.read(valueNode, { ...context, key })
          if (one !== undefined) read[name] = one
        }
      }
      return read
    },
  }
}

/** What a whole file reads as. */
export interface ReadFile<T> {
  /** Undefined where the file is no map at all. */
  value: T | undefined
  problems: YamlProblem[]
  /** The line on which a key such as `grading.plan[1]` stands, or what would hold it. */
  lineOf(key: string): number
}

/** Reads a whole file; every problem is in `problems`. */
export function readYaml<T>(source: string, file: string, field: Field<T>): ReadFile<T> {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false })
  const problems: YamlProblem[] = document.errors.map((error) => ({
    file,
    line: lines.linePos(error.pos[0]).line,
    key: null,
    message: `This is no valid YAML: ${error.message}. Mind the indentation, and quote a text that holds ": " or " #"`,
  }))
  if (problems.length > 0) return { value: undefined, problems, lineOf: () => 1 }
  const lineOf = (key: string): number => {
    for (let path = pathOf(key); path.length > 0; path = path.slice(0, -1)) {
      const start = startOf(document, path)
      if (start !== null) return lines.linePos(start).line
    }
    return 1
  }
  const report: ReadContext['report'] = (node, key, message) => {
    const start = node?.range?.[0]
    problems.push({ file, line: start === undefined ? 1 : lines.linePos(start).line, key, message })
  }
  if (document.contents === null) {
    report(null, '', 'The file is empty')
    return { value: undefined, problems, lineOf }
  }
  return { value: field.read(document.contents, { key: '', report }), problems, lineOf }
}

function pathOf(key: string): (string | number)[] {
  return (key.match(/[^.[\]]+/g) ?? []).map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** Where a key begins, for the value may begin a line below; an item of a list has none and begins by itself. */
function startOf(document: Document, path: readonly (string | number)[]): number | null {
  const holder: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const last = path.at(-1)
  if (isMap(holder)) {
    const key = holder.items.map((pair) => pair.key).find((node) => isScalar(node) && node.value === last)
    return isScalar(key) ? (key.range?.[0] ?? null) : null
  }
  const item = isSeq(holder) && typeof last === 'number' ? holder.items[last] : undefined
  return isNode(item) ? (item.range?.[0] ?? null) : null
}

function scalarText(node: Node): string | undefined {
  if (!isScalar(node)) return undefined
  return typeof node.value === 'string' ? node.value : undefined
}

function refuse(context: ReadContext, node: Node, what: string): undefined {
  const reason = isAlias(node) ? 'is an alias; write the value itself' : what
  context.report(node, context.key, `"${context.key}" ${reason}`)
}

/** The nearest known key where there is one within two letters, else all of them. */
function suggest(name: string, names: readonly string[]): string {
  const near = names.find((known) => letterDistance(known, name) <= 2)
  return near === undefined ? `known keys are ${names.join(', ')}` : `"${near}" may be meant`
}

function letterDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
