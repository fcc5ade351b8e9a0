/**
 * Silences the console of this process. The library's Signal code prints whole sessions with `console.info`, private keys
 * included, and no logger of ours is asked. To be done before the library is loaded, which may keep the functions it finds.
 */
export function silenceConsole(): void {
  const silent = () => undefined
  for (const name of Object.keys(console)) Reflect.set(console, name, silent)
}

type Silent = {
  level: string
  child(): Silent
  trace(): void
  debug(): void
  info(): void
  warn(): void
  error(): void
}

const nothing = () => undefined

/** The library's own logger: it writes who wrote what to whom. */
export const silentLogger: Silent = {
  level: 'silent',
  child: () => silentLogger,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
}
