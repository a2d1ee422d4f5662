/** What the build takes from here: entry points of client bundles, sheets that are served as they are, fonts to copy. */

/** Bundled one by one, for browsers, as ES modules; `theme.ts` is loaded as a classic script and has no imports. */
export const clientEntries = [
  'client/theme.ts',
  'client/page.ts',
  'client/workbench.ts',
  'client/code-bench.ts',
  'client/format.ts',
] as const

/** Served as files, minified at most; tokens.css refers to `fonts/…` beside itself. */
export const plainFiles = ['tokens.css', 'app.css', 'editor.css', 'mark.svg'] as const

/** Copied to `fonts/` under their own names. */
export const fontFiles = [
  '@fontsource-variable/schibsted-grotesk/files/schibsted-grotesk-latin-wght-normal.woff2',
  '@fontsource-variable/schibsted-grotesk/files/schibsted-grotesk-latin-ext-wght-normal.woff2',
  '@fontsource-variable/spline-sans-mono/files/spline-sans-mono-latin-wght-normal.woff2',
  '@fontsource-variable/spline-sans-mono/files/spline-sans-mono-latin-ext-wght-normal.woff2',
] as const
