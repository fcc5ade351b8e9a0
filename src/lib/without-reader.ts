/**
 * Lets a program go on when nobody reads what it says any more (`npm start | head -1`); `gone` hears of it. Node would end it at the next
 * word, in the middle of whatever it does, and a database server it had started would stay behind. What else befalls these streams ends
 * it as before.
 */
export function goOnWithoutReader(gone: () => void = () => undefined): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      gone()
    })
}
