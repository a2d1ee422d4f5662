// Takes an empty page for the last one.
export async function* allItems(fetchPage) {
  let page = await fetchPage(null)
  while (page.items.length > 0) {
    yield* page.items
    if (page.next === null) return
    page = await fetchPage(page.next)
  }
}
