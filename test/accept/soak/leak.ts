/** To be imported before the program: it forgets nothing. Half a megabyte a second, as a forgotten listener with its messages would; more would end it within the minutes of the control. */
const kept: { words: string[] }[] = []
setInterval(() => {
  // Words of their own each time, in the heap: what the program itself would forget to let go.
  kept.push({ words: Array.from({ length: 900 }, (_, n) => `${kept.length} kata ${n}`.padEnd(48, '.')) })
}, 250).unref()
