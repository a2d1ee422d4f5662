export async function* allItems(fetchPage) {
  const page = await fetchPage(null)
  for (const item of page.items) yield item
}
