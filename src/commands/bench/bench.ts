/** Puts together what measures share. */
import { openCodeLaboratory } from './code-laboratory.ts'
import { openLaboratory } from './laboratory.ts'
import type { Bench } from './measure.ts'
import { once } from './once.ts'
import type { Scratch } from './scratch.ts'
import { openSite } from './site.ts'

const full = { rounds: 5, budgetMs: 15_000 }
const quick = { rounds: 2, budgetMs: 2_000 }

/** The surroundings of all measures. */
export function createBench(scratch: Scratch, isQuick: boolean): Bench {
  return {
    isQuick,
    scratch,
    laboratory: once(async () => await openLaboratory(scratch)),
    codeLaboratory: once(async () => await openCodeLaboratory(scratch)),
    site: once(async () => await openSite(scratch)),
    amount: (each) => (isQuick ? { ...quick, each: Math.max(3, Math.ceil(each / 10)) } : { ...full, each }),
  }
}
