/** An Exercism track checkout (Python, JavaScript, TypeScript) as a track of Podium's. */
import { Failure } from '../../failure.ts'
import { type Checkout, openCheckout } from '../checkout.ts'
import { type ImportReport, leftOut, reportOf } from '../report.ts'
import { mapOf, readJson, shortened, textIn, textsOf } from '../words.ts'
import { claimTrack, type WrittenTrack, writeTrack } from '../written-exercise.ts'
import { type TrackEntry, type TrackFacts, takeExercise } from './exercise.ts'

const languages: Readonly<Record<string, TrackFacts['language']>> = {
  python: 'python',
  javascript: 'javascript',
  typescript: 'typescript',
}

/** What to import, and where to. */
export interface ExercismImport {
  /** A checkout of a track: the folder with config.json. */
  from: string
  /** The folder that gets the track. */
  to: string
}

/**
 * Writes the track `exercism-<language>`. Throws `Failure` where the folder is no track, its language is none of the three,
 * or the place is taken.
 */
export function importExercism({ from, to }: ExercismImport): ImportReport & { track: string } {
  const checkout = openCheckout(from)
  const config = readConfig(checkout)
  const language = languages[textIn(config['slug']) ?? '']
  if (language === undefined)
    throw new Failure(
      'invalid',
      `This is a track of ${textIn(config['language']) ?? 'an unknown language'}; ${Object.keys(languages).join(', ')} can be imported`,
    )
  const slug = `exercism-${language}`
  claimTrack(to, slug)
  const facts = factsOf(checkout, language, mapOf(config['files']))
  const seen = new Set<string>()
  const taken = entriesOf(config).map((entry) => {
    const made = takeExercise(checkout, facts, entry)
    const { exercise } = made
    if (exercise !== null && seen.has(exercise.slug))
      return { item: leftOut(made.item.name, 'the track has another exercise of this name'), exercise: null }
    if (exercise !== null) seen.add(exercise.slug)
    return made
  })
  const exercises = taken.flatMap(({ exercise }) => exercise ?? [])
  const track: WrittenTrack = {
    slug,
    title: shortened(`Exercism: ${textIn(config['language']) ?? language}`, 100),
    description: shortened(textIn(config['blurb']) ?? '', 2000),
    exercises,
  }
  if (exercises.length > 0) writeTrack(to, track)
  const items = taken.map(({ item }) => ({ ...item, written: item.written.map((name) => `${slug}/${name}`) }))
  return { ...reportOf(items), track: slug }
}

function readConfig(checkout: Checkout): Record<string, unknown> {
  const text = checkout.text('config.json')
  if (text === null)
    throw new Failure('invalid', `${checkout.path} has no config.json; name the checkout of an Exercism track`)
  try {
    return mapOf(readJson(text))
  } catch {
    throw new Failure('invalid', `The config.json of ${checkout.path} can’t be read as JSON`)
  }
}

function factsOf(checkout: Checkout, language: TrackFacts['language'], files: TrackFacts['files']): TrackFacts {
  const [license] = (checkout.text('LICENSE') ?? '').trim().split('\n')
  const rights = /^Copyright.*$/m.exec(checkout.text('LICENSE') ?? '')?.[0]
  const words = [license?.trim(), rights?.trim()].filter((word) => word !== undefined && word !== '')
  return {
    language,
    files,
    url: `https://github.com/exercism/${language}/tree/main`,
    license: words.length === 0 ? null : shortened(words.join(', '), 200),
  }
}

/** Exercises in the order in which the track teaches them: concepts first, as Exercism does. */
function entriesOf(config: Record<string, unknown>): TrackEntry[] {
  const exercises = mapOf(config['exercises'])
  return (['concept', 'practice'] as const).flatMap((kind) => {
    const list = exercises[kind]
    return (Array.isArray(list) ? list : []).flatMap((each: unknown): TrackEntry[] => {
      const entry = mapOf(each)
      const slug = textIn(entry['slug'])
      if (slug === null) return []
      const topics = ['concepts', 'practices', 'topics', 'prerequisites'].flatMap((key) => textsOf(entry[key]))
      const difficulty = entry['difficulty']
      return [
        {
          ...{
            kind,
            slug,
            name: textIn(entry['name']) ?? slug,
            topics: topics.map((topic) => topic.replaceAll('_', ' ')),
          },
          difficulty: typeof difficulty === 'number' && kind === 'practice' ? difficulty : null,
          isDeprecated: entry['status'] === 'deprecated',
        },
      ]
    })
  })
}
