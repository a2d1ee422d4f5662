// Fetches every page before it gives the first item.
export async function* allItems(fetchPage) {
  const items = []
  let mark = null
  do {
    const page = await fetchPage(mark)
    items.push(...page.items)
    mark = page.next
  } while (mark !== null)
  yield* items
}
