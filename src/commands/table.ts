/** The commands of `podium`, in the order in which help shows them. The first is the one that runs without a name. */
import { type Config, settingNames } from '../config.ts'
import type { Command, CommandFlag } from './command.ts'

const data: readonly (keyof Config)[] = ['dataDir', 'databaseUrl', 'logLevel']
const json: CommandFlag = { name: 'json', value: null, purpose: 'Print JSON.' }
const importTo: CommandFlag = {
  name: 'to',
  value: 'DIR',
  purpose: 'The folder of tracks to write into; exercises-imported unless told.',
}

export const commands: readonly [Command, ...Command[]] = [
  {
    name: 'serve',
    words: [],
    summary: 'Serve the site until Ctrl-C or SIGTERM.',
    settings: settingNames,
    flags: [],
    load: () => import('./serve.ts'),
  },
  {
    name: 'doctor',
    words: [],
    summary: 'Say what this machine can do, and the mend for each lack.',
    settings: ['dataDir', 'host', 'port', 'memoryBudgetBytes'],
    flags: [json],
    load: () => import('./doctor.ts'),
  },
  {
    name: 'config',
    words: [],
    summary: 'Show every setting, its value and where that came from; secrets are hidden.',
    settings: settingNames,
    flags: [json],
    load: () => import('./config.ts'),
  },
  {
    name: 'check',
    words: ['[DIR]'],
    summary: 'Prove exercises by running them: those of DIR, else the built-in ones.',
    settings: ['dataDir', 'logLevel'],
    flags: [
      json,
      { name: 'score', value: 'PERCENT', purpose: 'Fail where the datasets kill fewer mutants than this.' },
      { name: 'thorough', value: null, purpose: 'Also try mutants of what is built for query.sql, which takes long.' },
    ],
    load: () => import('./check.ts'),
  },
  {
    name: 'bench',
    words: [],
    summary: 'Measure how fast Podium is on this machine, beside the raw cost of what it does.',
    settings: [],
    flags: [
      json,
      { name: 'quick', value: null, purpose: 'Take few samples: a few minutes in place of about sixteen.' },
      { name: 'only', value: 'NAME', purpose: 'Take one measure, for example first-row; a wrong name lists them.' },
    ],
    load: () => import('./bench.ts'),
  },
  {
    name: 'user add',
    words: ['NAME'],
    summary: 'Add a person; the password comes from standard input, else one is made and printed.',
    settings: data,
    flags: [{ name: 'role', value: 'ROLE', purpose: 'learner (the default), author or admin.' }],
    load: () => import('./user-add.ts'),
  },
  {
    name: 'user password',
    words: ['NAME'],
    summary: 'Give a person a new password, from standard input or made and printed.',
    settings: data,
    flags: [],
    load: () => import('./user-password.ts'),
  },
  {
    name: 'user role',
    words: ['NAME', 'ROLE'],
    summary: 'Change a role to learner, author or admin.',
    settings: data,
    flags: [],
    load: () => import('./user-role.ts'),
  },
  {
    name: 'user token',
    words: ['NAME'],
    summary: 'Print a new API token of a person. It is shown once.',
    settings: data,
    flags: [
      { name: 'label', value: 'LABEL', purpose: 'What the token is for; shown in the list of tokens.' },
      { name: 'days', value: 'DAYS', purpose: 'For how long it works, 90 days unless told otherwise.' },
    ],
    load: () => import('./user-token.ts'),
  },
  {
    name: 'runtime list',
    words: [],
    summary: 'List the languages for programs, and the mend for those that are missing.',
    settings: ['dataDir', 'exercisesDirs'],
    flags: [json],
    load: () => import('./runtime-list.ts'),
  },
  {
    name: 'runtime import',
    words: ['PATH'],
    summary: 'Take languages from a root filesystem (a folder or tar) in place of this machine.',
    settings: ['dataDir', 'exercisesDirs'],
    flags: [],
    load: () => import('./runtime-import.ts'),
  },
  {
    name: 'import kattis',
    words: ['DIR'],
    summary: 'Turn a Kattis or ICPC problem package, or a folder of them, into exercises.',
    settings: ['dataDir'],
    flags: [json, importTo],
    load: () => import('./import-kattis.ts'),
  },
  {
    name: 'import exercism',
    words: ['DIR'],
    summary: 'Turn the checkout of an Exercism track into exercises.',
    settings: [],
    flags: [json, importTo],
    load: () => import('./import-exercism.ts'),
  },
  {
    name: 'backup',
    words: ['FILE'],
    summary: 'Write everything people made to one file. Podium may be running.',
    settings: data,
    flags: [],
    load: () => import('./backup.ts'),
  },
  {
    name: 'restore',
    words: ['FILE'],
    summary: 'Fill an empty data directory from such a file.',
    settings: data,
    flags: [],
    load: () => import('./restore.ts'),
  },
  {
    name: 'version',
    words: [],
    summary: 'Print the version.',
    settings: [],
    flags: [json],
    load: () => import('./version.ts'),
  },
]
