// Waits in a loop for the answer, during which no answer can come.
export function onlyLatest(ask) {
  return (...args) => {
    let answer
    ask(...args).then((value) => {
      answer = { value }
    })
    while (answer === undefined);
    return Promise.resolve(answer.value)
  }
}
