/**
 * The life of an account, from a guest's first draft to a changed password, as far as Podium acknowledged it; and what
 * must be so after a crash, whatever was under way.
 */
import { expect } from 'bun:test'
import { createVisitor, type Visitor } from './program.ts'

const slug = 'whole-shelf'

/** What was acknowledged, and what was asked for last: that may have come to be, or not. */
export interface Life {
  name: string
  address: string
  attemptId: string
  draft: { text: string; version: number }
  isRegistered: boolean
  /** The password that counts; another one while a change is under way. */
  password: string
  nextPassword: string | null
  oldPasswords: string[]
  tokens: string[]
  /** Tokens that went with an old password. */
  endedTokens: string[]
  /** Cookies that were signed out. */
  endedCookies: string[]
  /** Steps that were acknowledged. */
  steps: number
  browser: Visitor
}

let lives = 0

/** Begins one; nothing is sent yet. */
export function newLife(url: string): Life {
  lives += 1
  // An address of one's own: registering is limited by address.
  const address = `10.1.${lives >> 8}.${lives & 255}`
  return {
    name: `life-${lives}`,
    address,
    attemptId: '',
    draft: { text: '', version: 0 },
    isRegistered: false,
    password: `seven quiet snails ${lives}`,
    nextPassword: null,
    oldPasswords: [],
    tokens: [],
    endedTokens: [],
    endedCookies: [],
    steps: 0,
    browser: visitorFrom(url, address),
  }
}

/** A request that gets no answer is not acknowledged; the crash must not be waited for for ever. */
const answerTimeoutMs = 20_000

function visitorFrom(url: string, address: string): Visitor {
  return createVisitor(url, async (request) => {
    request.headers.set('x-forwarded-for', address)
    return await fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(answerTimeoutMs) })
  })
}

/** Lives until something is not acknowledged (false) or the life is full (true). */
export async function live(url: string, life: Life): Promise<boolean> {
  const steps = [openExercise, saveNext, saveNext, register, makeToken, saveNext, signOutElsewhere, changePassword]
  try {
    for (const step of [...steps, saveNext, makeToken, saveNext]) {
      if (!(await step(life, url))) return false
      life.steps += 1
    }
    return true
  } catch {
    return false
  }
}

async function openExercise(life: Life): Promise<boolean> {
  const page = await life.browser.get(`/exercises/${slug}`)
  life.attemptId = /data-attempt="([^"]+)"/.exec(await page.text())?.[1] ?? ''
  return page.ok
}

async function saveNext(life: Life): Promise<boolean> {
  const { attemptId, draft, browser } = life
  const text = `-- ${life.name}, ${draft.version + 1}`
  const answer = await browser.api('PUT', `/attempts/${attemptId}/draft`, { text, version: draft.version })
  if (answer.ok) life.draft = { text, version: Object(await answer.json()).version }
  return answer.ok
}

async function register(life: Life): Promise<boolean> {
  const { name, password, browser } = life
  const answer = await browser.api('POST', '/api/users/register', { name, password })
  life.isRegistered = answer.status === 201
  // The page's token belongs to the session, which is a new one.
  return life.isRegistered && (await browser.get('/account')).ok
}

async function makeToken({ browser, tokens }: Life): Promise<boolean> {
  const answer = await browser.post('/account/tokens', { label: 'life', days: '7' })
  const token = /pod_[\w-]{20,}/.exec(await answer.text())?.[0]
  if (token !== undefined) tokens.push(token)
  return token !== undefined
}

async function signOutElsewhere({ name, password, address, endedCookies }: Life, url: string): Promise<boolean> {
  const other = visitorFrom(url, address)
  const entered = await other.api('POST', '/api/users/login', { name, password })
  const cookie = other.cookies()
  if (!entered.ok || !(await other.get('/account')).ok) return false
  const left = await other.post('/sign-out', {})
  if (left.status === 303) endedCookies.push(cookie)
  return left.status === 303
}

async function changePassword(life: Life): Promise<boolean> {
  const next = `${life.password} again`
  life.nextPassword = next
  const answer = await life.browser.post('/account/password', { current: life.password, next })
  if (answer.status !== 303) return false
  life.oldPasswords.push(life.password)
  // A new password revokes what the old one let in.
  life.endedTokens.push(...life.tokens.splice(0))
  life.password = next
  life.nextPassword = null
  return true
}

/** After the crash: nothing acknowledged is lost, nothing is half-made, what was ended stays ended. */
export async function expectWholeLife(url: string, life: Life): Promise<void> {
  const owner = await ownerOf(url, life)
  if (life.isRegistered) expect(`${life.name}: ${owner.password}`).not.toBe(`${life.name}: null`)
  // The new password and the end of the tokens are one change.
  const isChanged = life.nextPassword !== null && owner.password === life.nextPassword
  for (const token of life.tokens) expect(await whoHas(url, token)).toBe(isChanged ? null : life.name)
  for (const token of life.endedTokens) expect(await whoHas(url, token)).toBeNull()
  for (const cookie of life.endedCookies) expect(await whoIs(url, { cookie })).toBeNull()
  for (const password of life.oldPasswords) expect((await signIn(url, life, password)).status).toBe(403)
  if (life.attemptId !== '') await expectDraft(owner.visitor, life)
}

/** What was not acknowledged any more may have been saved all the same. */
async function expectDraft(owner: Visitor, { name, attemptId, draft }: Life): Promise<void> {
  const found = await again(async () => await owner.api('GET', `/api/attempts/${attemptId}`))
  expect(`${name}: ${found.status}`).toBe(`${name}: 200`)
  const kept = Object(await found.json()).draft
  const version = kept?.version ?? 0
  expect(version).toBeGreaterThanOrEqual(draft.version)
  if (version > 0 && version === draft.version) expect(kept.text).toBe(draft.text)
}

/** Whoever the attempt must belong to: the account where there is one, with its password, else the guest. */
async function ownerOf(url: string, life: Life): Promise<{ visitor: Visitor; password: string | null }> {
  const entered: { visitor: Visitor; password: string }[] = []
  for (const password of [life.password, life.nextPassword]) {
    if (password === null) continue
    const { status, visitor } = await signIn(url, life, password)
    if (status === 200) entered.push({ visitor, password })
  }
  expect(entered.length).toBeLessThanOrEqual(1)
  return entered[0] ?? { visitor: life.browser, password: null }
}

async function signIn(
  url: string,
  { name, address }: Life,
  password: string,
): Promise<{ status: number; visitor: Visitor }> {
  const visitor = visitorFrom(url, address)
  const answer = await again(async () => await visitor.api('POST', '/api/users/login', { name, password }))
  await answer.text()
  return { status: answer.status, visitor }
}

async function whoHas(url: string, token: string): Promise<string | null> {
  return await whoIs(url, { authorization: `Bearer ${token}` })
}

/** The name of whoever these headers let in; null where they let in nobody. */
async function whoIs(url: string, headers: Record<string, string>): Promise<string | null> {
  const answer = await again(
    async () => await fetch(`${url}/api/users/me`, { headers, signal: AbortSignal.timeout(answerTimeoutMs) }),
  )
  if (answer.status === 401) return null
  return String(Object(await answer.json()).name)
}

/** While the control plane comes back, Podium says when to try again. */
async function again(ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await ask()
    if (answer.status !== 503) return answer
    expect(answer.headers.get('retry-after')).toBe('1')
    await Bun.sleep(200)
  }
}
