/**
 * What a runtime is: a language in which programs can be written and run here. A runtime is data, a small file each
 * (`exercises/runtimes/*.yaml`); this machine, or an imported root filesystem, has it or has it not. Nothing in this
 * folder knows what an exercise is.
 */
import type { BoxRuntime, ExecutionLimits } from '../pods/execution.ts'
import type { YamlProblem } from '../yaml/yaml-reader.ts'

/** A runtime as everybody may see it. */
export interface Runtime {
  /** What `language:` of an exercise names, for example `python`. */
  name: string
  /** What people read, for example `Python`. */
  title: string
  /** For example `3.11.2`, or `Node 20.20.2` where that is not the language's own; null where it is not available. */
  version: string | null
  /** Why its programs can't run here, as a sentence with the mend; null where they can. */
  problem: string | null
  /** The command that installs it, on each family of systems; null where there is nothing to install. */
  install: RuntimeInstall | null
  /** The mode of the Ace editor, for example `python` or `c_cpp`. */
  editorMode: string
  /** Endings of its files without the dot, the usual one first. */
  endings: readonly string[]
  /** The file that is run unless an exercise says otherwise, for example `main.py`. */
  entry: string
  /** Whether a program is compiled before it runs (`RuntimeCommands.compile`). */
  isCompiled: boolean
  /** Test frameworks that can be used with it, for example `pytest`; whether one is here, `missing` says. */
  frameworks: readonly Framework[]
  /** What its runs may take where neither the exercise nor the settings say otherwise. */
  limits: Partial<ExecutionLimits>
  /** The same for compiling. */
  compileLimits: Partial<ExecutionLimits>
}

/** Names of packages, on each family of systems. */
export interface RuntimeInstall {
  debian: string
  fedora: string
  arch: string
}

/** A test framework of a runtime. */
export interface Framework {
  /** For example `pytest`. */
  name: string
  /** Modules that must be there for it; empty where it is part of the runtime. */
  needs: readonly string[]
}

/** A program as commands are made for it. Paths are below the workspace. */
export interface Program {
  /** The file that is run or compiled. */
  entry: string
  /** All files of the program; those with one of the runtime's endings are compiled together. */
  files: readonly string[]
}

/** The commands of a program: argv, never a shell line. They run in the workspace. */
export interface RuntimeCommands {
  /** Runs once, before; its workspace afterwards (`ExecutionResult.archive`) is where `run` runs. Null: nothing to do. */
  compile: readonly string[] | null
  run: readonly string[]
}

/** A runtime that is available, ready to make boxes. */
export interface OpenRuntime {
  runtime: Runtime
  box: BoxRuntime
  /** Absolute paths inside the box by name, for example `python` → `/usr/bin/python3`. */
  programs: Readonly<Record<string, string>>
  commands(program: Program): RuntimeCommands
  /**
   * The box that compiles: with what would be compiled anew each time, where the language has such. The first call on a
   * machine makes that, which may take a minute. Never rejects: without it compiling is slower.
   */
  compileBox(): Promise<BoxRuntime>
}

/** All runtimes that are known. */
export interface Runtimes {
  /** By title; those that are not available here, too. */
  readonly list: readonly Runtime[]
  /** What is wrong in the runtimes' files. */
  readonly problems: readonly YamlProblem[]
  /** A runtime by its name; null where none is called so. */
  find(name: string): Runtime | null
  /**
   * Makes a runtime ready, which costs nothing after the first time. Throws `Failure('missing')` (`runtime_unknown`) and
   * `Failure('unavailable')` (`runtime_missing`) with the reason.
   */
  open(name: string): Promise<OpenRuntime>
  /**
   * Which of these modules (what an exercise `needs`, for example `numpy`) a runtime does not have; asked once of each.
   * Throws as `open`.
   */
  missing(name: string, modules: readonly string[]): Promise<string[]>
}
