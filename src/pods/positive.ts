/** The one rule for limits, wherever they come from: nothing means "unlimited", neither zero nor a number that is none. */
import { Failure } from '../failure.ts'

/** Throws `Failure('invalid')` with the name of the first limit that is not positive and finite. */
export function requirePositive<Limits extends { [Name in keyof Limits]: number }>(limits: Limits): void {
  for (const [name, value] of Object.entries<number>(limits)) {
    if (!Number.isFinite(value) || value <= 0) throw new Failure('invalid', `${name} is ${value}; it must be positive`)
  }
}
