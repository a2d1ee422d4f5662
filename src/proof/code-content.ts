/** A folder with one track of code exercises that are quick to fail in every way, for proofs of their page. */
import { join } from 'node:path'
import { scratchDirectory } from './program.ts'

/** What only the hidden tests and cases say. */
export const hiddenWords = 'nobody-may-read-this'

/** An answer to `square-it` that is worth three quarters. */
export const partlyRight = 'n = int(input())\nprint(n * abs(n))\n'

const about = 'difficulty: easy\nminutes: 5\ntopics: [proofs]\npoints: 10\n'

const files: Readonly<Record<string, string>> = {
  'bench/track.yaml': 'title: Bench\ndescription: Programs to be proven.\n',

  'bench/add-up/exercise.yaml': `title: Add up\nkind: code\nlanguage: python\n${about}hints: [Read two numbers.]\nlimits: { seconds: 1, memory_mb: 64, output_kb: 16 }\ngrading: { compare: io }\n`,
  'bench/add-up/description.md': 'Read two numbers, a line each, and print their sum.\n',
  'bench/add-up/starter/main.py': 'print(0)\n',
  'bench/add-up/solution/main.py': 'print(int(input()) + int(input()))\n',
  'bench/add-up/data/sample/1.in': '1\n2\n',
  'bench/add-up/data/sample/1.ans': '3\n',
  'bench/add-up/data/secret/big.in': '40\n71\n',
  'bench/add-up/data/secret/big.ans': '111\n',

  'bench/square-it/exercise.yaml': `title: Square it\nkind: code\nlanguage: python\n${about}hints: [Think of numbers below zero., Multiply.]\ngrading: { compare: io, weights: { "sample/*": 0, "secret/above": 3, "secret/below": 1 } }\n`,
  'bench/square-it/description.md': 'Read a number and print its square.\n',
  'bench/square-it/starter/main.py': 'print(0)\n',
  'bench/square-it/solution/main.py': 'n = int(input())\nprint(n * n)\n',
  'bench/square-it/data/sample/1.in': '2\n',
  'bench/square-it/data/sample/1.ans': '4\n',
  'bench/square-it/data/secret/above.in': '12\n',
  'bench/square-it/data/secret/above.ans': '144\n',
  'bench/square-it/data/secret/below.in': '-12\n',
  'bench/square-it/data/secret/below.ans': '144\n',

  'bench/greet/exercise.yaml': `title: Greet\nkind: code\nlanguage: python\nentry: greet.py\n${about}files: { read: [names.txt] }\ngrading: { compare: tests, framework: unittest }\n`,
  'bench/greet/description.md': 'Write greet(name).\n',
  'bench/greet/starter/greet.py': 'def greet(name):\n    return name\n',
  'bench/greet/starter/names.txt': 'Ada\nGrace\n',
  'bench/greet/solution/greet.py': "def greet(name):\n    return f'Hello {name}'\n",
  'bench/greet/tests/visible/test_greet.py':
    "import unittest\nfrom greet import greet\n\nclass Greets(unittest.TestCase):\n    def test_ada(self):\n        self.assertEqual(greet('Ada'), 'Hello Ada')\n",
  'bench/greet/tests/hidden/test_more.py': `import unittest\nfrom greet import greet\n\nclass More(unittest.TestCase):\n    def test_other(self):\n        self.assertEqual(greet('${hiddenWords}'), 'Hello ${hiddenWords}')\n`,
}

/** Writes the folder and returns its path, for EXERCISES_DIR. */
export async function writeCodeContent(): Promise<string> {
  const directory = await scratchDirectory()
  for (const [path, text] of Object.entries(files)) await Bun.write(join(directory, path), text)
  return directory
}
