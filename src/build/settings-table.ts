/** `bun src/build/settings-table.ts` brings README.md's table of settings to the present. */
import { join } from 'node:path'
import { withSettingsTable } from '../config/settings-table.ts'

const readme = join(import.meta.dir, '../../README.md')
await Bun.write(readme, withSettingsTable(await Bun.file(readme).text()))
