/** People at a code exercise, for proofs: they hand in and run programs until the program goes away under them. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createVisitor, type Visitor } from './program.ts'

const slug = 'slow-doubles'
const program = 'import time\nnumber = int(input())\ntime.sleep(0.3)\nprint(2 * number)\n'
const chatter = 'import time\nfor number in range(20):\n    print(number, flush=True)\n    time.sleep(0.05)\n'
const casesCount = 6

/** Writes a folder for EXERCISES_DIR with one exercise, whose grading takes a while and has databases. */
export async function writeSlowExercise(directory: string): Promise<void> {
  const folder = join(directory, 'slow', slug)
  const files: Record<string, string> = {
    '../track.yaml': 'title: Slow\n',
    'exercise.yaml': `title: Doubles\nkind: code\nlanguage: python\nentry: main.py\ndifficulty: easy\ngrading: { compare: io }\n`,
    'description.md': 'Twice the number.\n',
    'dataset/10-number.sql': 'CREATE TABLE number (value integer);\n',
    'starter/main.py': 'number = int(input())\n',
    'solution/main.py': program,
  }
  for (let number = 1; number <= casesCount; number += 1) {
    files[`data/secret/${number}.in`] = `${number}\n`
    files[`data/secret/${number}.ans`] = `${2 * number}\n`
  }
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
}

/** A person at work: what the program acknowledged to them is remembered. */
export interface CodeWorker {
  visitor: Visitor
  attemptId: string
  draftVersion: number
  /** Answers that were sent, with or without an answer. */
  sent: number
  /** Ids of answers that came back with their verdict. */
  judged: Map<string, string>
  /** Runs whose result came. */
  runs: number
  /** Whether output of a run has come, and its end has not. */
  isStreaming: boolean
}

/** A new guest who has opened the exercise. */
export async function openCodeWorker(url: string): Promise<CodeWorker> {
  const visitor = createVisitor(url)
  const page = await (await visitor.get(`/exercises/${slug}`)).text()
  const attemptId = /data-attempt="([^"]+)"/.exec(page)?.[1]
  if (attemptId === undefined) throw new Error(`no attempt on the page: ${page.slice(0, 500)}`)
  return { visitor, attemptId, draftVersion: 0, sent: 0, judged: new Map(), runs: 0, isStreaming: false }
}

/** Saves and hands in until a request fails. */
export async function submitUntilCut(worker: CodeWorker): Promise<void> {
  await untilCut(async () => {
    const text = `# answer ${worker.sent}\n${program}`
    if (!(await saveDraft(worker, text))) return false
    worker.sent += 1
    const response = await worker.visitor.api('POST', '/api/submissions', {
      exercise: slug,
      files: { 'main.py': text },
    })
    if (!response.ok) return false
    const { id, verdict }: { id: string; verdict: string } = Object(await response.json())
    worker.judged.set(id, verdict)
    return true
  })
}

/** Runs a program that prints for a second, again and again, and follows its output. */
export async function runUntilCut(worker: CodeWorker): Promise<void> {
  await untilCut(async () => {
    const body = { exercise: slug, files: { 'main.py': chatter } }
    const response = await worker.visitor.api('POST', '/api/execute', body, { accept: 'application/x-ndjson' })
    if (!response.ok || response.body === null) return false
    let text = ''
    try {
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
        worker.isStreaming = true
        text += chunk
      }
    } finally {
      worker.isStreaming = false
    }
    if (!text.includes('{"result":')) return false
    worker.runs += 1
    return true
  })
}

async function untilCut(step: () => Promise<boolean>): Promise<void> {
  try {
    while (await step());
  } catch {
    // The program is gone.
  }
}

async function saveDraft(worker: CodeWorker, text: string): Promise<boolean> {
  const body = { text: JSON.stringify({ 'main.py': text }), version: worker.draftVersion }
  const saved = await worker.visitor.api('PUT', `/attempts/${worker.attemptId}/draft`, body)
  if (!saved.ok) return false
  const { version }: { version: number } = Object(await saved.json())
  worker.draftVersion = version
  return true
}

/** An answer as the program has stored it. */
export interface StoredAnswer {
  id: string
  /** Null until it is graded. */
  verdict: string | null
}

/** All that the program has stored of a worker's answers; null where it does not answer. */
export async function storedAnswers({ visitor }: CodeWorker): Promise<StoredAnswer[] | null> {
  const response = await visitor.api('GET', `/api/submissions?exercise=${slug}&limit=100`).catch(() => null)
  if (response?.ok !== true) return null
  const { submissions }: { submissions: StoredAnswer[] } = Object(await response.json())
  return submissions
}

/** What the log of a worker's attempt tells. */
export interface WorkerLog {
  draftVersion: number
  runs: number
  /** Of each answer: how often the log has its verdict. */
  verdicts: Map<string, number>
}

/** Reads the whole log. Throws where the program refuses. */
export async function readLog({ visitor, attemptId }: CodeWorker): Promise<WorkerLog> {
  const log: WorkerLog = { draftVersion: 0, runs: 0, verdicts: new Map() }
  let after: number | null = 0
  while (after !== null) {
    const response: Response = await visitor.api('GET', `/api/attempts/${attemptId}?after=${after}&limit=100`)
    if (!response.ok) throw new Error(`the attempt answered ${response.status}`)
    const page: AttemptPage = Object(await response.json())
    log.draftVersion = page.draft?.version ?? 0
    for (const { kind, payload } of page.events) {
      if (kind === 'run') log.runs += 1
      const id = String(payload['submission'])
      if (kind === 'verdict') log.verdicts.set(id, (log.verdicts.get(id) ?? 0) + 1)
    }
    after = page.next
  }
  return log
}

interface AttemptPage {
  draft: { version: number } | null
  events: { kind: string; payload: Record<string, unknown> }[]
  next: number | null
}
