export function onlyLatest(ask) {
  let latest = 0
  return (...args) => {
    latest += 1
    const own = latest
    return new Promise((resolve, reject) => {
      const whileLatest = (settle) => (value) => {
        if (own === latest) settle(value)
      }
      ask(...args).then(whileLatest(resolve), whileLatest(reject))
    })
  }
}
