export async function mapFew(items, limit, work) {
  return Promise.all(items.map((item) => work(item)))
}
