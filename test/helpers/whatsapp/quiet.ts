/** A logger for Baileys that says nothing. */
export const quietLog = {
  level: 'silent',
  child: () => quietLog,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

const names = ['info', 'warn', 'error', 'log'] as const

/** Drops what libsignal prints, which is whole sessions with their keys; gives a function that lets it speak again. */
export function silenceSignal(): () => void {
  const kept = names.map(name => console[name])
  for (const [index, name] of names.entries()) {
    const print = kept[index]
    console[name] = (...words: unknown[]) => {
      if (!(new Error().stack ?? '').includes('libsignal')) print?.apply(console, words)
    }
  }
  return () => {
    for (const [index, name] of names.entries()) console[name] = kept[index] ?? console[name]
  }
}
