/** Constants of a package: `{{name}}`, in TeX also `\constant{name}`, in its statement, its programs and the settings of its groups. */
import { type Checkout, textOf } from '../checkout.ts'

/** Where they are put in; cases stay as they are. */
const replacedIn =
  /^(statement|problem_statement|output_validators?|include|submissions)\/|(^|\/)(test_group|testdata)\.yaml$/

/** The same checkout with values in their places. */
export function withConstants(checkout: Checkout, constants: ReadonlyMap<string, string>, folder = ''): Checkout {
  if (constants.size === 0) return checkout
  const bytes = (name: string) => {
    const content = checkout.bytes(name)
    if (content === null || !replacedIn.test(`${folder}${name}`)) return content
    try {
      const text = textOf(name, content)
      return new TextEncoder().encode(
        text.replaceAll(
          /\{\{(\w+(?:\.\w+)?)\}\}|\\constant\{(\w+(?:\.\w+)?)\}/g,
          (whole, one?: string, other?: string) => constants.get(one ?? other ?? '') ?? whole,
        ),
      )
    } catch {
      // A picture, or whatever else is no text, has no constants.
      return content
    }
  }
  return {
    ...checkout,
    bytes,
    text: (name) => {
      const content = bytes(name)
      return content === null ? null : textOf(name, content)
    },
    below: (name) => withConstants(checkout.below(name), constants, `${folder}${name}/`),
  }
}
