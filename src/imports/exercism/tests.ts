/** Exercism's tests as Podium's frameworks run them: all of them on, without what only Exercism's own runner reads. */

/** A file of tests that was changed, or why it can't be taken. */
export type TakenTests = { text: string } | { problem: string }

/**
 * Tests for unittest. What pytest is used for in Exercism's concept exercises, numbers of tasks, is left out; whatever else
 * of pytest there is, is kept, and `framework` says which one runs it.
 */
export function takePythonTests(
  text: string,
): { text: string; framework: 'unittest' | 'pytest' } | { problem: string } {
  if (/^\s*from unittest\.mock import .*\bANY\b|\bmock\.ANY\b/m.test(text))
    return { problem: 'its tests compare with mock.ANY, and what equals everything is refused here' }
  const plain = text
    .replaceAll(/^[ \t]*@pytest\.mark\.task\([^()\n]*\)[ \t]*\n/gm, '')
    .replaceAll(/^([ \t]*)@unittest\.skip\(["']extra-credit["']\)[ \t]*\n/gm, '')
  if (/\bpytest\s*\./.test(plain.replace(/^import pytest.*$/m, ''))) return { text, framework: 'pytest' }
  return { text: plain.replaceAll(/^import pytest[ \t]*\n/gm, ''), framework: 'unittest' }
}

const plainName: Readonly<Record<string, string>> = { xtest: 'test', xit: 'it', xdescribe: 'describe' }

/**
 * Tests for Bun's runner. Learners of Exercism switch tests on one by one (`xtest`); here all are on, as in Exercism's own
 * checks of its exercises. What is `.skip` stays so, as there.
 */
export function takeScriptTests(text: string): TakenTests {
  if (/\bexpect\.extend\(/.test(text)) return { problem: 'its tests define matchers of their own (expect.extend)' }
  if (/\b(jest|vi)\.(mock|useFakeTimers|requireActual|isolateModules)\b/.test(text))
    return { problem: 'its tests replace modules or clocks by means of Jest' }
  if (/\btoMatch(Inline)?Snapshot\(/.test(text)) return { problem: 'its tests compare with snapshots' }
  const imported = text
    .replaceAll(
      /(import\s*)\{([^}]*)\}(\s*from\s*)(['"])@jest\/globals\4/g,
      (_, start: string, names: string, from: string) => `${start}{ ${enabled(names)} }${from}'bun:test'`,
    )
    .replaceAll(
      /((?:const|let|var)\s*)\{([^}]*)\}(\s*=\s*require\()(['"])@jest\/globals\4\)/g,
      (_, start: string, names: string, from: string) => `${start}{ ${enabled(names)} }${from}'bun:test')`,
    )
  const all = imported.replaceAll(/(^|[^.\w$])x(test|it|describe)(?=\s*[.(])/g, '$1$2')
  const foreign = /^(?:import\b|\})[^'"\n]*\bfrom\s*['"](?!\.|node:|bun:test)([\w@/.-]+)['"]/m.exec(withoutTypes(all))
  if (foreign !== null && !builtin.has(foreign[1] ?? '')) return { problem: `its tests need the package ${foreign[1]}` }
  return { text: all }
}

/** Types that are declared for a package are no use of it. */
function withoutTypes(text: string): string {
  return text.replaceAll(/^import type .*$/gm, '')
}

const builtin = new Set(['assert', 'child_process', 'crypto', 'events', 'fs', 'os', 'path', 'stream', 'url', 'util'])

function enabled(names: string): string {
  const given = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return [...new Set(given.map((name) => plainName[name] ?? name))].join(', ')
}
