/** Which keys of exercise.yaml go with which kind of exercise; keys that are not named here go with every kind. */

/** Keys of SQL exercises. */
export const onlyWithSql = [
  'isolation',
  'grading.order',
  'grading.columns',
  'grading.tables',
  'grading.ignore_columns',
  'grading.plan',
  'grading.require',
  'grading.forbid',
  'grading.seeds',
  'grading.counterexample',
  'grading.equivalent',
] as const

/** Keys of code exercises. */
export const onlyWithCode = [
  'language',
  'entry',
  'needs',
  'files',
  'limits.cpu_seconds',
  'limits.memory_mb',
  'limits.processes',
  'limits.open_files',
  'limits.file_mb',
  'limits.disk_mb',
  'limits.output_kb',
  'grading.match',
  'grading.ignore_case',
  'grading.framework',
  'grading.judge',
  'grading.weights',
  'grading.whole',
] as const

/** Reports every key that belongs to another kind than the exercise's. */
export function reportOtherKind(
  kind: 'sql' | 'code',
  read: object,
  report: (key: string, message: string) => void,
): void {
  const other = kind === 'sql' ? 'code' : 'sql'
  for (const key of kind === 'sql' ? onlyWithCode : onlyWithSql) {
    if (has(read, key.split('.')))
      report(key, `"${key}" goes with kind: ${other}, and here it is ${kind}; remove it, or change the kind`)
  }
}

function has(value: unknown, [first = '', ...rest]: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, first)) return false
  return rest.length === 0 || has(Reflect.get(value, first), rest)
}
