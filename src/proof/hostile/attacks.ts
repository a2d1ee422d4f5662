/** Everything that an ordinary role tries. */
import type { Attack } from './attack.ts'
import { disk } from './disk.ts'
import { endless } from './endless.ts'
import { files } from './files.ts'
import { languages } from './languages.ts'
import { locks } from './locks.ts'
import { memory } from './memory.ts'
import { output } from './output.ts'
import { power } from './power.ts'
import { sight } from './sight.ts'
import { traps } from './traps.ts'

/** Every attack by an ordinary role. */
export const attacks: readonly Attack[] = [
  ...endless,
  ...memory,
  ...disk,
  ...output,
  ...locks,
  ...files,
  ...languages,
  ...power,
  ...sight,
  ...traps,
]
