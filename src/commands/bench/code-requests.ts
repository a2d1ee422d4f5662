/** Programs over HTTP, as a script runs them and hands them in. */
import { casesProgram, casesSlug, greeting, type Hello, helloSlug } from './code-content.ts'
import type { Site } from './site.ts'

/** Runs hello as the person with that token. Throws where the greeting does not come. */
export async function runHello(site: Site, token: string, { language, entry, text }: Hello): Promise<void> {
  const answer = await post(site, token, '/api/execute', { exercise: helloSlug(language), files: { [entry]: text } })
  const { program }: { program?: { stdout?: unknown } } = Object(answer)
  if (program?.stdout !== greeting) throw new Error(`wrong answer: ${JSON.stringify(answer).slice(0, 200)}`)
}

/** Hands in the right answer to the exercise with cases. Throws where it is not accepted. */
export async function submitCases(site: Site, token: string): Promise<void> {
  const files = { [casesProgram.entry]: casesProgram.text }
  const answer = await post(site, token, '/api/submissions', { exercise: casesSlug, files })
  const { is_correct: isCorrect }: { is_correct?: unknown } = Object(answer)
  if (isCorrect !== true) throw new Error(`not accepted: ${JSON.stringify(answer).slice(0, 200)}`)
}

async function post({ program }: Site, token: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(program.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${(await response.text()).slice(0, 200)}`)
  return await response.json()
}
