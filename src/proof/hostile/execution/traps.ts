/**
 * What is left lying in a workspace for whoever reads or writes there afterwards: links, pipes, sockets, devices, names.
 * Judge0's three escapes began so: a link where the host would write a script (CVE-2024-28185), one where it would change
 * an owner (CVE-2024-28189), and a way to a database inside (CVE-2024-29021).
 */
import type { BoxFile } from '../../../pods/execution.ts'
import { fileOf } from '../../../pods/execution-contract.ts'
import type { Victim } from './box-arena.ts'

/** A workspace that is packed, and the job that comes after it in another box. */
export interface Trap {
  name: string
  /** Leaves the trap; the victim is in its first argument. */
  python: string
  /** Put over what was left. */
  files: readonly BoxFile[]
  /** A shell script in the second box. */
  afterwards: string
  /** What it says. */
  says: string | RegExp
}

const useMain = { files: [fileOf('main.sh', 'echo the real one')], afterwards: 'sh main.sh', says: 'the real one\n' }

/** Traps of one box for the next, or for the host between them. */
export const traps: readonly Trap[] = [
  {
    name: 'a link where a script is written next (CVE-2024-28185)',
    python: `
import json, os, sys
victim = json.loads(sys.argv[1])
os.unlink('main.py')
os.symlink(victim['file'], 'main.sh')
os.symlink(victim['file'], 'run')
os.symlink(victim['directory'], 'box')`,
    ...useMain,
  },
  {
    name: 'a link where an owner is changed next (CVE-2024-28189)',
    python: `
import json, os, sys
victim = json.loads(sys.argv[1])
for name in ('stdout', 'stderr', 'stdin', 'metadata', 'submission.zip', 'main.sh'):
    os.symlink(victim['file'], name)
os.chmod('.', 0o777)`,
    ...useMain,
  },
  {
    name: 'a way to a database inside (CVE-2024-29021)',
    python: `
import json, os, sys
victim = json.loads(sys.argv[1])
os.symlink(victim['socket'], '.s.PGSQL.5432')
os.environ['PGHOST'] = victim['directory']`,
    files: [
      fileOf(
        'main.py',
        `
import json, socket, sys
for path in ('/work/.s.PGSQL.5432', '/run/podium/.s.PGSQL.5432'):
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        print('reached')
    except OSError as error:
        print(error.strerror)`,
      ),
    ],
    afterwards: '/usr/bin/python3 main.py',
    says: 'No such file or directory\nNo such file or directory\n',
  },
  {
    name: 'a pipe that nobody ever writes to',
    python: `
import os
os.mkfifo('main.sh')
os.mkfifo('pipe')`,
    ...useMain,
  },
  {
    name: 'a socket',
    python: `
import socket
server = socket.socket(socket.AF_UNIX)
server.bind('main.sh')
server.listen()`,
    ...useMain,
  },
  {
    name: 'a hard link to a file that is put there next',
    python: `
import os
open('other', 'w').write('before')
os.link('other', 'main.sh')`,
    files: [fileOf('main.sh', 'cat other; echo; echo the real one')],
    afterwards: 'sh main.sh',
    says: 'before\nthe real one\n',
  },
  {
    name: 'folders that lead out and in circles',
    python: `
import os
os.symlink('/', 'root')
os.symlink('.', 'circle')
os.symlink('/etc', 'tests')
os.makedirs('a/b')
os.symlink('../..', 'a/b/c')`,
    files: [fileOf('main.sh', 'echo the real one'), fileOf('fresh/hidden.txt', 'hidden')],
    afterwards: 'sh main.sh; cat fresh/hidden.txt; ls -d /etc/hidden.txt 2>/dev/null',
    says: 'the real one\nhidden',
  },
  {
    name: 'files that nobody may read, folders that nobody may enter',
    python: `
import os
open('closed', 'w').write('closed')
os.chmod('closed', 0)
os.mkdir('shut')
open('shut/inside', 'w').write('inside')
os.chmod('shut', 0)
open('bits', 'w').write('bits')
os.chmod('bits', 0o6777)`,
    files: [fileOf('main.sh', 'stat -c %A bits | tr -d x; echo the real one')],
    afterwards: 'sh main.sh',
    says: /the real one\n$/,
  },
  {
    name: 'names with line breaks, quotes, invalid text and 255 bytes',
    python: `
import os
for name in (b'a\\nb', b"it's", b'"; touch owned; "', b'$(touch owned)', b'-rf', b'--checkpoint-action=exec=sh', b'\\xff\\xfe\\x80', b'x' * 255, b' ', b'\\\\', b'*', b'\\x1b[2J'):
    os.close(os.open(name, os.O_CREAT | os.O_WRONLY))
os.unlink('main.py')`,
    files: [fileOf('-n', '')],
    afterwards: 'ls -A | wc -c; ls owned 2>/dev/null',
    says: /^\d+\n$/,
  },
  {
    name: 'a place of a folder where a file is put next',
    python: `
import os
os.makedirs('main.sh/inside')
open('main.sh/inside/file', 'w').close()`,
    files: [fileOf('main.sh', 'echo the real one')],
    afterwards: 'sh main.sh',
    says: /^(the real one\n)?$/,
  },
]

/** Entries of an archive that no honest program makes, as a tar reader would take them by their word. */
export function wildArchive({ directory, file }: Victim): Uint8Array {
  const entries = [
    entry('../../../../../../../tmp/podium-escape', '0', 'escaped'),
    entry(`${directory}/escaped`, '0', 'escaped'),
    entry('/etc/podium-escape', '0', 'escaped'),
    entry('link', '2', '', file),
    entry('link', '0', 'overwritten'),
    entry('folder', '2', '', directory),
    entry('folder/escaped', '0', 'escaped'),
    entry('hard', '1', '', file),
    entry('hard-up', '1', '', '../../../../etc/passwd'),
    entry('device', '4', ''),
    entry('pipe', '6', ''),
    entry('fine', '0', 'fine'),
  ]
  return Buffer.concat([...entries, new Uint8Array(1024)])
}

function entry(name: string, type: string, content: string, target = ''): Uint8Array {
  const block = Buffer.alloc(512 + Math.ceil(content.length / 512) * 512)
  block.write(name, 0)
  block.write('0000777\0', 100)
  block.write('0000000\0', 108)
  block.write('0000000\0', 116)
  block.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  block.write('00000000000\0', 136)
  block.write('        ', 148)
  block.write(type, 156)
  block.write(target, 157)
  block.write('ustar\x0000', 257)
  block.write('0000376\0', 329)
  block.write('0000000\0', 337)
  const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  block.write(content, 512)
  return block
}
