/**
 * Grading on hidden variants of an exercise's dataset: what an answer does there is told as one item for each variant,
 * which says that it fails and never how.
 */
import { gradeOn, type Trial } from './grade-on.ts'
import { blankItem, type CodeItem, type CodeResults } from './results.ts'
import { weightOf } from './weights.ts'
import { firstBad } from './wording.ts'

/** Tries what is right so far on one variant after the other, until one tells; those after it are `not_run`. */
export async function gradeOnOtherData(
  trial: Omit<Trial, 'variant' | 'visibleOnly'>,
  { isRight }: { isRight: boolean },
): Promise<CodeItem[]> {
  const { grading, database } = trial.given.exercise
  const recipes = database?.hiddenRecipes ?? []
  const items = recipes.map((_, index) => {
    const name = `other data ${index + 1}`
    return blankItem({ name, isVisible: false, weight: weightOf(name, grading.weights) })
  })
  if (!isRight) return items
  for (const [index, recipe] of recipes.entries()) {
    const found = await gradeOn({ ...trial, visibleOnly: false, variant: { index, recipe } })
    const item = { ...blankOf(items, index), ...told(found, grading.compare) }
    items[index] = item
    if (item.outcome !== 'passed') break
  }
  return items
}

function blankOf(items: readonly CodeItem[], index: number): CodeItem {
  const blank = items[index]
  if (blank === undefined) throw new Error('There is an item for each variant')
  return blank
}

/** Which end it came to, and nothing that an answer could have put there. */
function told(
  { items, counted }: Awaited<ReturnType<typeof gradeOn>>,
  compare: CodeResults['compare'],
): Pick<CodeItem, 'outcome' | 'message' | 'limit'> {
  const sound = items.map((item) => (counted?.has(item) === false ? { ...item, outcome: 'failed' as const } : item))
  const bad = firstBad(sound, compare)
  if (bad === null) return { outcome: 'passed', message: null, limit: null }
  const outcome = bad.outcome === 'not_run' ? 'failed' : bad.outcome
  const message = bad.limit === null ? messages[outcome] : bad.message
  return { outcome, message: message ?? null, limit: bad.limit }
}

const messages: Partial<Record<CodeItem['outcome'], string>> = {
  failed: 'It is right on the data you see, and not on other data.',
  runtime_error: 'It runs on the data you see, and ends with an error on other data.',
}
