export async function* allItems(fetchPage) {
  let mark = null
  do {
    const page = await fetchPage(mark)
    yield* page.items
    mark = page.next
  } while (mark !== null)
}
