/** The programs that the bench runs: hello in each language, and an answer that is graded on twenty cases. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A language with the smallest program in it. */
export interface Hello {
  language: string
  title: string
  entry: string
  text: string
}

/** What each of them prints. */
export const greeting = 'hello\n'

/** Those that are there from the start. */
export const hellos: readonly Hello[] = [
  { language: 'python', title: 'Python', entry: 'main.py', text: 'print("hello")\n' },
  { language: 'javascript', title: 'JavaScript', entry: 'main.js', text: 'console.log("hello")\n' },
  {
    language: 'typescript',
    title: 'TypeScript',
    entry: 'main.ts',
    text: 'const word: string = "hello"\nconsole.log(word)\n',
  },
  { language: 'bash', title: 'Bash', entry: 'main.sh', text: 'echo hello\n' },
]

/** The name of the exercise that is about a language. */
export function helloSlug(language: string): string {
  return `bench-hello-${language}`
}

/** The exercise with cases. */
export const casesSlug = 'bench-cases'
/** How many. */
export const casesCount = 20
/** The right answer to it. */
export const casesProgram = { entry: 'main.py', text: 'print(2 * int(input()))\n' }

/** Writes a track with these exercises into a folder for EXERCISES_DIR. */
export async function writeCodeExercises(directory: string): Promise<void> {
  const track = join(directory, 'bench-code')
  await write(join(track, 'track.yaml'), 'title: Bench code\n')
  for (const { language, entry, text } of hellos) {
    const folder = join(track, helloSlug(language))
    await writeExercise(folder, { language, entry, text })
    await writeCase(folder, 'sample/1', '', greeting)
  }
  const folder = join(track, casesSlug)
  await writeExercise(folder, { language: 'python', ...casesProgram })
  for (let number = 1; number <= casesCount; number += 1)
    await writeCase(folder, `secret/${number}`, `${number}\n`, `${2 * number}\n`)
}

async function writeExercise(folder: string, { language, entry, text }: Omit<Hello, 'title'>): Promise<void> {
  const yaml = [
    `title: Bench ${language}`,
    'kind: code',
    `language: ${language}`,
    `entry: ${entry}`,
    'difficulty: easy',
  ]
  await write(join(folder, 'exercise.yaml'), `${yaml.join('\n')}\ngrading: { compare: io }\n`)
  await write(join(folder, 'description.md'), 'What the bench runs.\n')
  await write(join(folder, 'starter', entry), '\n')
  await write(join(folder, 'solution', entry), text)
}

async function writeCase(folder: string, name: string, input: string, expected: string): Promise<void> {
  await write(join(folder, 'data', `${name}.in`), input)
  await write(join(folder, 'data', `${name}.ans`), expected)
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
