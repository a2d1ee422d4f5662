/** Samples of every page and of every state of the result pane, for the tests beside them. All free text is `text`. */
import type { CodeRunResult } from '../src/attempts/code-run.ts'
import type { CodeItem, CodeResults } from '../src/grading/code/results.ts'
import type { Verdict } from '../src/grading/verdict.ts'
import type { RunResult, SqlError, StatementResult } from '../src/pods/run.ts'
import { AccountPage } from './accounts/account.tsx'
import { DeletionPage } from './accounts/deletion.tsx'
import { LinkPage } from './accounts/link.tsx'
import { SignInPage } from './accounts/sign-in.tsx'
import { AuditPage } from './admin/audit.tsx'
import { HealthPage, type HealthProps } from './admin/health.tsx'
import { PeoplePage } from './admin/people.tsx'
import { ProblemsPage } from './admin/problems.tsx'
import { EndingPage, SandboxesPage } from './admin/sandboxes.tsx'
import { CodeBenchPage, type CodeBenchProps } from './attempts/code-workbench.tsx'
import { CasePage, type CaseProps } from './attempts/counterexample.tsx'
import { HelpFragment, type HelpProps } from './attempts/help.tsx'
import type { ResultProps } from './attempts/result-pane.tsx'
import { ResultFragment, WorkbenchPage, type WorkbenchProps } from './attempts/workbench.tsx'
import { CataloguePage, type CatalogueRow } from './catalog/catalogue.tsx'
import { DocsPage } from './docs/docs.tsx'
import { ErrorFragment, ErrorPage } from './error.tsx'
import { HomePage } from './home.tsx'
import type { PageProps } from './layout.tsx'
import { LeaderboardPage } from './leaderboard.tsx'

const at = '2026-03-01T12:03:21.000Z'

/** What every page is given. */
export function samplePage(text: string): PageProps {
  return {
    assets: {
      'tokens.css': '/static/tokens.css',
      'app.css': '/static/app.css',
      'editor.css': '/static/editor.css',
      'mark.svg': '/static/mark.svg',
      'theme.js': '/static/theme.js',
      'page.js': '/static/page.js',
      'workbench.js': '/static/workbench.js',
      'code-bench.js': '/static/code-bench.js',
      'format.js': '/static/format.js',
    },
    nonce: 'n0nce',
    csrf: text,
    viewer: { name: text, role: 'admin' },
    path: `/${text}`,
    healthPath: '/health',
  }
}

function sampleError(text: string): SqlError {
  return { code: '42703', message: text, detail: text, hint: text, position: 3 }
}

/** A statement with every kind of value, a notice, and a cut. */
export function sampleStatement(text: string, change: Partial<StatementResult> = {}): StatementResult {
  return {
    text,
    offset: 0,
    command: 'SELECT',
    columns: [
      { name: text, type: text },
      { name: 'n', type: 'int8' },
    ],
    rows: [
      [text, '1'],
      [null, ''],
      [`${text}${'long '.repeat(40)}`, ' 2\n'],
    ],
    rowCount: 7,
    truncatedBy: 'rows',
    notices: [{ severity: text, message: text, detail: text, hint: text }],
    durationMs: 1.5,
    error: null,
    ...change,
  }
}

/** A pane after a run. */
export function sampleRun(text: string, change: Partial<RunResult> = {}): Extract<ResultProps, { kind: 'run' }> {
  const result: RunResult = {
    statements: [sampleStatement(text)],
    end: 'completed',
    isRolledBack: true,
    durationMs: 2,
    ...change,
  }
  return { kind: 'run', sql: text, result, lost: { attemptId: 'a1', csrf: text, reason: text, replayStatements: 2 } }
}

/** A pane after a check. */
export function sampleVerdict(text: string, change: Partial<Verdict> = {}): Extract<ResultProps, { kind: 'verdict' }> {
  const verdict: Verdict = {
    kind: 'wrong_answer',
    isNearly: true,
    summary: text,
    help: text,
    difference: {
      columns: [{ name: text, type: text }],
      columnsMissing: [text],
      columnsExtra: [text],
      columnsMistyped: [{ name: text, expected: text, given: text }],
      columnsExpected: [text],
      columnsGiven: [text],
      rowsMissing: 1,
      rowsExtra: 1,
      rowsDiffering: 1,
      orderBy: [text],
      rowsExpected: 3,
      rowsGiven: 3,
      rows: [
        { state: 'missing', number: null, cells: [{ value: text }] },
        { state: 'extra', number: 1, cells: [{ value: null }] },
        { state: 'differs', number: 2, cells: [{ value: text, expected: text }] },
        { state: 'same', number: 3, cells: [{ value: '' }] },
      ],
    },
    error: sampleError(text),
    datasetsPassed: 0,
    datasetsGraded: 2,
    durationMs: 3,
    ...change,
  }
  return {
    kind: 'verdict',
    sql: text,
    verdict,
    number: 2,
    at,
    next: { slug: text, title: text },
    part: null,
    code: text,
    caseAddress: '/attempts/a1/submissions/s1/counterexample',
  }
}

/** Tests of a program in every outcome. */
function sampleTests(text: string): CodeResults {
  const item = (outcome: CodeItem['outcome'], isVisible: boolean): CodeItem => ({
    ...{ name: text, isVisible, outcome, message: text, limit: null, weight: 1 },
    ...{
      input: text,
      expected: `${text}\nsame`,
      actual: `other\nsame`,
      output: `File "/work/main.py", line 3\n${text}`,
    },
    ...{ place: { path: text, line: 3 }, durationMs: 3.5, cpuMs: 2, memoryBytes: 9e6 },
  })
  return {
    ...{ compare: 'tests', compiler: text, limit: null, score: 0.5, output: text },
    items: [
      item('failed', true),
      item('passed', true),
      item('time_limit', false),
      item('memory_limit', false),
      item('output_limit', true),
      item('runtime_error', true),
      { ...item('not_run', false), message: null },
    ],
  }
}

/** Every state of a run or a check of a program. */
export function sampleCodeResults(text: string): Record<string, ResultProps> {
  const program: CodeRunResult = {
    ...{
      of: 'program',
      end: 'limit',
      exitCode: null,
      signal: null,
      problem: text,
      limit: { name: 'wallMs', value: 2000 },
    },
    ...{ compiler: null, stdout: text, stderr: `main.py:7: ${text}`, durationMs: 2000, cpuMs: 3, memoryBytes: 9e6 },
  }
  const run = (result: CodeRunResult): ResultProps => ({ kind: 'code-run', result, isOlder: true })
  const code = sampleTests(text)
  const verdict = { ...sampleVerdict(text, { difference: null, error: null }).verdict, code }
  const next = { slug: text, title: text }
  const part = { score: 0.5, points: 4, pointsMax: 8, pointsBest: 6 }
  return {
    'no program run': { kind: 'empty', of: 'code' },
    'program running': { kind: 'running', attemptId: 'a1' },
    'program at its limit': run(program),
    'program with an error': run({ ...program, end: 'exited', exitCode: 1, limit: null }),
    'program that printed nothing': run({
      ...program,
      end: 'exited',
      exitCode: 0,
      problem: null,
      stdout: '',
      stderr: '',
    }),
    'program that did not compile': run({ ...program, compiler: text, stdout: '' }),
    'program cancelled': run({ ...program, end: 'cancelled', problem: null, limit: null }),
    'tests run': run({ of: 'trial', results: { ...code, compiler: null }, durationMs: 40, isCut: true }),
    'tests cancelled': run({ of: 'trial', results: null, durationMs: 40 }),
    'program judged': {
      ...{ kind: 'code-verdict', verdict, number: 2, at, next, part, code: text },
      files: [{ path: text, text }],
    },
    'program passed': {
      ...{
        kind: 'code-verdict',
        verdict: { ...verdict, kind: 'accepted' },
        number: 2,
        at,
        next,
        part: null,
        code: null,
      },
      files: [{ path: text, text }],
    },
  }
}

/** The page of a code exercise with everything in it. */
export function sampleCodeBench(text: string, change: Partial<CodeBenchProps> = {}): CodeBenchProps {
  const { schema, server: _, ...common } = sampleWorkbench(text)
  return {
    ...common,
    files: [
      { path: text, text, isReadOnly: false, isEntry: true },
      { path: `${text}2`, text, isReadOnly: true, isEntry: false },
    ],
    ...{ language: text, mode: text, trial: text },
    samples: [{ name: text, input: text, expected: text, isWhole: true }],
    database: { schema: schema && { ...schema, isOwn: false }, writes: true },
    ...change,
  }
}

/** Every state of the result pane, by a name for messages. */
export function sampleResults(text: string): Record<string, ResultProps> {
  const ids = { attemptId: 'a1', csrf: text }
  return {
    empty: { kind: 'empty', of: 'sql' },
    rows: sampleRun(text),
    'several statements': sampleRun(text, {
      statements: [
        sampleStatement(text),
        sampleStatement(text, { command: text, columns: [], rows: [], truncatedBy: null }),
        sampleStatement(text, { columns: [{ name: 'QUERY PLAN', type: 'text' }], rows: [[text]] }),
      ],
    }),
    plan: sampleRun(text, {
      statements: [
        sampleStatement(text, {
          columns: [{ name: 'QUERY PLAN', type: 'json' }],
          rows: [[JSON.stringify([{ Plan: { 'Node Type': text, Filter: text, Plans: [{ 'Node Type': text }] } }])]],
        }),
      ],
    }),
    error: sampleRun(text, {
      statements: [sampleStatement(text, { columns: [], rows: [], rowCount: null, error: sampleError(text) })],
      end: 'error',
    }),
    'time limit': sampleRun(text, { end: 'time_limit' }),
    'sandbox lost while running': sampleRun(text, { statements: [], end: 'lost' }),
    nearly: sampleVerdict(text),
    passed: sampleVerdict(text, { kind: 'accepted', difference: null, error: null }),
    'own fault': sampleVerdict(text, { kind: 'internal_error', difference: null, error: null }),
    'reset question': { kind: 'reset-question', ...ids },
    'reset done': { kind: 'reset-done', ...ids, replayStatements: 3 },
    lost: { kind: 'lost', ...ids, reason: text, replayStatements: 1 },
    replayed: { kind: 'replayed', statementsRun: 3, statementsFailed: 1, last: sampleRun(text) },
    drafts: { kind: 'drafts', attemptId: 'a1', drafts: [{ version: 3, bytes: 7, savedAt: at }] },
    draft: { kind: 'draft', ...ids, version: 3, text, sheets: [{ path: text, text }], savedAt: at },
    table: {
      ...{ kind: 'table', name: text, isOwn: true, total: 70 },
      columns: [{ name: text, type: text }],
      rows: [[text], [null]],
    },
    refused: { kind: 'refused', message: text, code: text, retryAfterSeconds: 7, at },
  }
}

/** Hints and solution, before anything was asked for. */
export function sampleHelp(text: string, change: Partial<HelpProps> = {}): HelpProps {
  return {
    attemptId: 'a1',
    csrf: text,
    hints: ['<p>Look again.</p>'],
    hintsTotal: 3,
    points: 10,
    pointsNow: 8,
    pointsAfterHint: 6,
    pointsEarned: 0,
    pointsEarnedAfterHint: 0,
    bestScore: 0,
    givesPart: false,
    isPassed: false,
    isGivenUp: false,
    isForAuthors: false,
    solution: null,
    otherSolutions: [],
    asksToGiveUp: false,
    ...change,
  }
}

/** The workbench with everything in it. */
export function sampleWorkbench(text: string, change: Partial<WorkbenchProps> = {}): WorkbenchProps {
  const tries = [
    { kind: 'answer' as const, at, text, sheets: [{ path: null, text }], outcome: text, state: 'nearly' as const },
    { kind: 'run' as const, at, text, sheets: [{ path: text, text }], outcome: text, state: null },
  ]
  return {
    page: samplePage(text),
    track: { slug: text, title: text },
    place: 2,
    placeCount: 5,
    previous: { slug: text, title: text },
    next: { slug: text, title: text },
    server: text,
    attempt: { id: 'a1', text, version: 1, savedAt: at, starter: text },
    state: 'nearly',
    result: { kind: 'empty', of: 'sql' },
    unavailable: null,
    exercise: {
      slug: text,
      title: text,
      difficulty: 'medium',
      minutes: 15,
      points: 10,
      topics: [text],
      isPublished: false,
      descriptionHtml: '<p>What the task is.</p>',
    },
    schema: {
      ...{ isOwn: true, key: text },
      tables: [
        {
          ...{ name: text, isView: false, rows: 1204 },
          columns: [
            { name: text, type: text, isNullable: true, isKey: true },
            { name: text, type: text, isNullable: true, isKey: false },
          ],
          foreignKeys: [
            { columns: [text], table: text, referenced: [text] },
            { columns: [text, text], table: text, referenced: [text, text] },
          ],
        },
      ],
      diagram: {
        ...{ width: 300, height: 200 },
        boxes: [
          {
            ...{ name: text, fullName: `${text}.`, x: 0, y: 0, width: 120, height: 60, hidden: 2 },
            lines: [{ name: text, mark: 'key' }],
          },
        ],
        lines: [{ label: text, path: text, isUpward: true }],
      },
    },
    help: sampleHelp(text),
    tries,
    ...change,
  }
}

/** An exercise in the catalogue. */
export function sampleRow(text: string): CatalogueRow {
  return {
    slug: text,
    title: text,
    summary: text,
    language: text,
    topics: [text],
    difficulty: 'hard',
    minutes: 5,
    points: 1,
    state: 'new',
    part: 0.5,
    isPublished: false,
    unavailable: text,
  }
}

function sampleCatalogue(text: string): string {
  const choice = { value: text, label: text, exercises: 1, isChosen: true }
  return CataloguePage({
    page: samplePage(text),
    filters: {
      q: text,
      tracks: [choice],
      difficulties: [choice],
      states: [choice],
      topics: [choice],
      languages: [choice],
    },
    tracks: [{ slug: text, title: text, description: text, rows: [sampleRow(text)] }],
    total: 1,
  }).toString()
}

function sampleHome(text: string): string {
  const track = { slug: text, title: text, description: text, languages: [text], exercises: 2 }
  return HomePage({
    page: samplePage(text),
    isNewcomer: false,
    goOn: {
      slug: text,
      title: text,
      summary: text,
      track: text,
      place: 1,
      placeCount: 2,
      difficulty: 'easy',
      state: 'nearly',
      said: text,
      lastRunAt: at,
      text,
      ...{ kind: 'code', language: text, file: text },
    },
    tracks: [
      { ...track, isBegun: true, passed: 1, next: { slug: text, title: text } },
      { ...track, isBegun: true, passed: 2, next: null },
      { ...track, isBegun: false, passed: 0, next: { slug: text, title: text } },
    ],
    stillOpen: [{ slug: text, title: text, state: 'wrong_answer', lastAt: at }],
    gained: { points: 11, pointsMax: 20, passed: 1, partly: { exercises: 1, points: 3 }, exercises: 2 },
    activity: [
      { day: '2026-02-28', runs: 0, submissions: 0 },
      { day: '2026-03-01', runs: 5, submissions: 1 },
    ],
  }).toString()
}

function sampleSignIn(text: string, mode: 'sign-in' | 'register'): string {
  return SignInPage({
    page: samplePage(text),
    mode,
    canRegister: true,
    canBeGuest: true,
    name: text,
    problem: { of: mode === 'sign-in' ? 'form' : 'name', message: text },
    next: text,
  }).toString()
}

function sampleAccount(text: string): string {
  const account = {
    name: text,
    displayName: text,
    email: text,
    isListed: true,
    browsers: [{ id: 's1', isCurrent: false, userAgent: text, address: text, lastSeenAt: at }],
    tokens: [{ id: 't1', label: text, beginning: text, expiresAt: at, lastUsedAt: null }],
    newToken: text,
  }
  const problem = { part: 'password', message: text } as const
  return AccountPage({ page: samplePage(text), account, canRegister: true, done: 'profile', problem }).toString()
}

/** What the health page is given. */
export function sampleHealth(text: string): HealthProps {
  return {
    page: samplePage(text),
    checkedAt: at,
    samplesEveryMs: 30_000,
    needs: [text],
    ready: 1,
    inUse: 2,
    grading: 0,
    sandboxesMax: 10,
    running: 1,
    waiting: 30,
    hitRatio: 0.9,
    disk: { freeBytes: 61e9, totalBytes: 120e9 },
    parts: [{ name: text, unit: 'time', values: [1, null, 3.5], now: 3.5, limit: 10 }],
    claims: [{ what: text, count: 1, p50Ms: 1, p95Ms: 2, p99Ms: 3 }],
    memoryBytes: 1e8,
    podDiskBytes: 1e8,
    images: { images: 1, bytes: 1e8, building: 0 },
    pods: [{ id: text, state: text, image: text, seats: 1, capacity: 8 }],
    report: text,
  }
}

function sampleAdministration(text: string): Record<string, string> {
  const page = samplePage(text)
  const person = { id: 'u1', name: text, displayName: text, email: text, role: 'author', lastSeenAt: at }
  const link = { name: text, address: text }
  const pages = { previousPath: '/admin/people', nextPath: '/admin/people' }
  const people = {
    page,
    canRegister: false,
    search: text,
    offset: 50,
    people: [person],
    ...pages,
    done: text,
    problem: text,
    link,
  }
  const sandbox = { id: 'l1', sandbox: text, pod: text, who: text, what: text, createdAt: at, expiresAt: at }
  const busy = { ...sandbox, isBusy: true }
  const row = { at, actor: text, action: text, subject: text, detail: text }
  const audit = { page, action: text, person: text, isNobody: false, rows: [row], nextPath: '/admin/audit' }
  return {
    'admin health': HealthPage(sampleHealth(text)).toString(),
    'admin catalogue': ProblemsPage({ page, problems: [{ file: text, line: 1, key: text, message: text }] }).toString(),
    'admin people': PeoplePage(people).toString(),
    'admin sandboxes': SandboxesPage({ page, ended: 'yes', sandboxes: [busy] }).toString(),
    'admin ending': EndingPage({ page, sandbox: busy }).toString(),
    'admin audit': AuditPage(audit).toString(),
  }
}

function sampleDocs(text: string): string {
  const field = { name: text, type: text, note: text, isRequired: false, depth: 1 }
  const fields = { parameters: [field], body: [field], answer: [field] }
  const operation = {
    method: text,
    path: text,
    summary: text,
    description: text,
    isOpen: true,
    status: text,
    answerNote: text,
    refusals: [{ status: 404, code: text, when: text }],
    example: text,
    ...fields,
  }
  return DocsPage({ page: samplePage(text), operations: [operation] }).toString()
}

/** A smallest case; of results where no table is judged and no check fails. */
function sampleCase(text: string, judgedTable: string | null, check: { message: string } | null = null): CaseProps {
  const small = { columns: [{ name: text, type: text }], rows: [[text], [null], ['']] }
  const marks = [
    { row: 0, state: 'differs' as const, columns: [0] },
    { row: 1, state: 'extra' as const, columns: [] },
  ]
  return {
    tables: [{ name: text, ...small }],
    ...{ judgedTable, check, expected: { ...small, rows: [], marks: [] }, given: { ...small, marks } },
  }
}

/** Every page as HTML, by its name. */
export function samplePages(text: string): Record<string, string> {
  const page = samplePage(text)
  const error = { page, message: text, code: text, retryAfterSeconds: 3 }
  const workbenches = Object.entries(sampleResults(text)).map(([name, result]) => [
    `workbench, ${name}`,
    WorkbenchPage(sampleWorkbench(text, { result })).toString(),
  ])
  const codeBenches = Object.entries(sampleCodeResults(text)).map(([name, result]) => [
    `code, ${name}`,
    CodeBenchPage(sampleCodeBench(text, { result })).toString(),
  ])
  return {
    home: sampleHome(text),
    catalogue: sampleCatalogue(text),
    'sign in': sampleSignIn(text, 'sign-in'),
    register: sampleSignIn(text, 'register'),
    ...sampleAdministration(text),
    account: sampleAccount(text),
    'account of a guest': AccountPage({ page, account: null, canRegister: true, done: null, problem: null }).toString(),
    'account deletion': DeletionPage({ page, problem: { of: 'password', message: text } }).toString(),
    api: sampleDocs(text),
    leaderboard: LeaderboardPage({
      page,
      track: text,
      tracks: [{ slug: text, title: text }],
      rows: [{ rank: 1, name: text, points: 10, solved: 1, isYou: true }],
    }).toString(),
    'administrator link': LinkPage({
      page,
      purpose: 'admin',
      key: text,
      name: text,
      problem: { of: 'name', message: text },
    }).toString(),
    'password link': LinkPage({ page, purpose: 'password', key: text, name: '', problem: null }).toString(),
    'error 404': ErrorPage({ ...error, status: 404 }).toString(),
    'error 401': ErrorPage({ ...error, status: 401 }).toString(),
    'workbench, unavailable': WorkbenchPage(sampleWorkbench(text, { unavailable: text })).toString(),
    ...Object.fromEntries(workbenches),
    ...Object.fromEntries(codeBenches),
    'code, tables read': CodeBenchPage(sampleCodeBench(text, { database: { schema: null, writes: false } })).toString(),
    ...Object.fromEntries(
      [sampleCase(text, null), sampleCase(text, text), sampleCase(text, null, { message: text }), null].map(
        (found, index) => [
          `smallest case ${index}`,
          CasePage({ page, title: text, back: '/exercises', found }).toString(),
        ],
      ),
    ),
    'code, unavailable': CodeBenchPage(sampleCodeBench(text, { unavailable: text, trial: null })).toString(),
  }
}

/** Every answer that replaces a part of a page, by its name. */
export function sampleFragments(text: string): Record<string, string> {
  const { tries } = sampleWorkbench(text)
  const results = Object.entries({ ...sampleResults(text), ...sampleCodeResults(text) }).map(([name, result]) => [
    name,
    ResultFragment({ result, tries }).toString(),
  ])
  const question = sampleHelp(text, { asksToGiveUp: true })
  return {
    ...Object.fromEntries(results),
    hints: HelpFragment({ help: sampleHelp(text), panel: 'hints' }).toString(),
    'solution, asked': HelpFragment({ help: question, panel: 'solution' }).toString(),
    solution: HelpFragment({
      help: sampleHelp(text, {
        isGivenUp: true,
        pointsNow: 0,
        solution: [{ path: null, text }],
        otherSolutions: [[{ path: text, text }]],
      }),
      panel: 'solution',
    }).toString(),
    error: ErrorFragment({ message: text, code: text }).toString(),
  }
}
