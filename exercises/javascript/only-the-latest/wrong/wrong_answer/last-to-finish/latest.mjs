// Takes the first answer that comes for the latest: whoever is asked first may answer last.
export function onlyLatest(ask) {
  let answered = 0
  let called = 0
  return (...args) => {
    const own = ++called
    return new Promise((resolve, reject) => {
      ask(...args).then((value) => {
        if (own < answered) return
        answered = own
        resolve(value)
      }, reject)
    })
  }
}
