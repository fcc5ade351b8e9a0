/** Flags as given on the command line, by name without the dashes; one without a value is ''. */
export type Flags = Record<string, string>

export type Verdict = { totals: Record<string, number | string | boolean>; ok: boolean }

/** One acceptance check. It starts what it needs, leaves nothing running, and is true or false by its totals alone. */
export type Check = { run(flags: Flags): Promise<Verdict> }

/** A whole number from the flags, or what the full size asks for. */
export function size(flags: Flags, name: string, full: number): number {
  const given = flags[name]
  if (given === undefined) return full
  const number = Number(given)
  if (!Number.isInteger(number) || number < 0)
    throw new Error(`--${name} must be a whole number, not "${given}".`)
  return number
}

/** What is going on, for whoever watches; stdout is for the totals. */
export function progress(words: string): void {
  process.stderr.write(`${words}\n`)
}

/** Runs one after another whichever of these are asked for; several are told apart by their names before the totals. */
export async function runEach(
  parts: Record<string, () => Promise<Verdict>>,
  asked: string[],
  flag: string,
): Promise<Verdict> {
  const unknown = asked.filter(name => !Object.hasOwn(parts, name))
  if (unknown.length > 0) throw new Error(`--${flag} is any of ${Object.keys(parts).join()}, not ${unknown}.`)
  const all: Verdict = { totals: {}, ok: true }
  for (const name of asked) {
    progress(`${flag} ${name}`)
    const verdict = await parts[name]?.()
    all.ok &&= verdict?.ok === true
    for (const [total, value] of Object.entries(verdict?.totals ?? {}))
      all.totals[asked.length === 1 ? total : `${name}.${total}`] = value
  }
  return all
}
