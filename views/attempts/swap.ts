/** How the workbench's forms are answered in place. */

/** The htmx attributes of a form whose answer replaces the inside of the result pane. */
export function swap(address: string): Record<string, string> {
  return { 'hx-post': address, 'hx-target': '#result', 'hx-swap': 'innerHTML', 'hx-sync': '#query:drop' }
}
