// Waits for the slowest of each group before the next group begins.
export async function mapFew(items, limit, work) {
  const results = []
  for (let from = 0; from < items.length; from += limit) {
    results.push(...(await Promise.all(items.slice(from, from + limit).map((item) => work(item)))))
  }
  return results
}
