// Lets errors of earlier calls through.
export function onlyLatest(ask) {
  let latest = 0
  return async (...args) => {
    const own = ++latest
    const value = await ask(...args)
    return own === latest ? value : new Promise(() => {})
  }
}
