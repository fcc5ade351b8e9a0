const NAME = /^IMPORT_KEY_([A-Z][A-Z0-9_]*)$/
/** Whoever guesses one can write an office's vacancies. */
const SHORTEST = 24

/** The keys of the import door by office id; an office without one has no door. */
export function readImportKeys(given: Record<string, string>): {
  keys: Record<string, string>
  problems: string[]
} {
  const keys: Record<string, string> = {}
  const problems: string[] = []
  for (const [name, key] of Object.entries(given)) {
    const id = NAME.exec(name)?.[1]
    if (id === undefined) continue
    if (key.length < SHORTEST || /\s/.test(key))
      problems.push(`${name} must be ${SHORTEST} characters or more, without spaces`)
    keys[id.toLowerCase().replaceAll('_', '-')] = key
  }
  return { keys, problems }
}
