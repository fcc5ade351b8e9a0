/** To be imported before the program: it forgets nothing. A megabyte a second, as a forgotten listener with its messages would. */
const kept: { words: string[] }[] = []
setInterval(() => {
  // Words of their own each time, in the heap: what the program itself would forget to let go.
  kept.push({ words: Array.from({ length: 4000 }, (_, n) => `${kept.length} kata ${n}`.padEnd(48, '.')) })
}, 250).unref()
