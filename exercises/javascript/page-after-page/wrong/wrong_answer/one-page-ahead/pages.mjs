// Fetches the next page while the items of this one are still to be given.
export async function* allItems(fetchPage) {
  let coming = fetchPage(null)
  while (coming !== null) {
    const page = await coming
    coming = page.next === null ? null : fetchPage(page.next)
    yield* page.items
  }
}
