/** Who sends the fuzzer's requests, each with what lets them in. */
import { createVisitor, type Program, runCommand } from '../program.ts'

/** The password of everybody who has one. */
export const password = 'nine patient herons'

/** Somebody who asks. */
export interface Person {
  /** Says the role; members sign in by it. */
  name: string
  hasAccount: boolean
  /** What lets them in; a change by cookie needs the page's token too. */
  credentials(isChange: boolean): Record<string, string>
  /** Takes the cookie that an answer sets, as a browser does. */
  receive(response: Response): Promise<void>
}

interface Pass {
  cookie: string
  csrf: string
}

/** A visitor, two guests, and a learner, an author and an administrator, each of them with a cookie and with a token. */
export async function gatherPeople(program: Program): Promise<Person[]> {
  const visitor: Person = {
    name: 'visitor',
    hasAccount: false,
    credentials: () => ({}),
    receive: async () => undefined,
  }
  const people = [visitor, await guestOf(program), await guestOf(program)]
  for (const role of ['learner', 'author', 'admin'] as const) people.push(...(await membersOf(program, role)))
  return people
}

/** Whoever registers or signs in is a guest no longer: another one comes. */
async function guestOf({ url }: Program): Promise<Person> {
  const welcome = async (): Promise<Pass> => {
    const guest = createVisitor(url)
    const page = await (await guest.get('/exercises/whole-shelf')).text()
    return { cookie: guest.cookies(), csrf: /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '' }
  }
  let pass = await welcome()
  return {
    name: 'guest',
    hasAccount: false,
    credentials: (isChange) => headersOf(pass, isChange),
    receive: async (response) => {
      if (response.headers.getSetCookie().length > 0) pass = await welcome()
    },
  }
}

/** The same person twice: with a cookie and with a token. */
async function membersOf({ dataDir, url }: Program, role: string): Promise<Person[]> {
  const added = await runCommand(dataDir, ['user', 'add', role, '--role', role], password)
  const made = await runCommand(dataDir, ['user', 'token', role])
  const token = made.stdout.trim()
  if (added.code !== 0 || made.code !== 0) throw new Error(`no ${role}: ${added.stderr}${made.stderr}`)
  const browser = createVisitor(url)
  await browser.api('POST', '/api/users/login', { name: role, password })
  let pass = await passOf(url, browser.cookies())
  const byCookie: Person = {
    name: role,
    hasAccount: true,
    credentials: (isChange) => headersOf(pass, isChange),
    receive: async (response) => {
      const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
      if (cookie !== undefined) pass = await passOf(url, cookie)
    },
  }
  const credentials = () => ({ authorization: `Bearer ${token}` })
  return [byCookie, { name: `${role} by token`, hasAccount: true, credentials, receive: async () => undefined }]
}

function headersOf({ cookie, csrf }: Pass, isChange: boolean): Record<string, string> {
  return isChange ? { cookie, 'x-csrf': csrf } : { cookie }
}

async function passOf(url: string, cookie: string): Promise<Pass> {
  const me = Object(await (await fetch(`${url}/api/users/me`, { headers: { cookie } })).json())
  return { cookie, csrf: String(me.csrf) }
}
