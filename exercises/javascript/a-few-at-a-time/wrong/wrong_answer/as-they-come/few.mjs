// Collects results in the order in which they come.
export async function mapFew(items, limit, work) {
  const results = []
  const left = [...items]
  let hasFailed = false
  const worker = async () => {
    while (left.length > 0 && !hasFailed) {
      try {
        results.push(await work(left.shift()))
      } catch (error) {
        hasFailed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: limit }, worker))
  return results
}
