/** All measures, in the order in which they are taken: the one that needs most memory last. */
import type { Measure } from './measure.ts'
import { autosave } from './measures/autosave.ts'
import { burst } from './measures/burst.ts'
import { cataloguePage } from './measures/catalogue-page.ts'
import { check } from './measures/check.ts'
import { claimsDuringRefill } from './measures/claims-during-refill.ts'
import { codeMemory } from './measures/code-memory.ts'
import { codeAtOnce, codeHello, codeSubmission } from './measures/code-runs.ts'
import { emptyPool } from './measures/empty-pool.ts'
import { firstUse } from './measures/first-use.ts'
import { handOut } from './measures/hand-out.ts'
import { idlePeople } from './measures/idle-people.ts'
import { manyLive } from './measures/many-live.ts'
import { memoryUse } from './measures/memory-use.ts'
import { executeOverHttp, firstRowOverHttp, submissionOverHttp } from './measures/over-http.ts'
import { refill } from './measures/refill.ts'
import { starts } from './measures/starts.ts'

/** See above. */
export const measures: readonly Measure[] = [
  starts,
  handOut,
  firstRowOverHttp,
  executeOverHttp,
  submissionOverHttp,
  codeHello,
  codeAtOnce,
  codeSubmission,
  codeMemory,
  cataloguePage,
  autosave,
  idlePeople,
  emptyPool,
  firstUse,
  check,
  refill,
  claimsDuringRefill,
  burst,
  memoryUse,
  manyLive,
]
