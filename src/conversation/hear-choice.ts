import { plain } from './plain.ts'

/** An option by name, with its label in the citizen's language. */
export type Offered = [name: string, label: string][]

/** The option meant by its whole label. */
export function hearLabel(offered: Offered, said: string): string | undefined {
  return offered.find(([, label]) => plain(label) === said)?.[0]
}

/** The option meant by its whole label or name, whatever the case, accents and punctuation. */
export function hearExact(offered: Offered, said: string): string | undefined {
  return offered.find(([name, label]) => plain(label) === said || plain(name) === said)?.[0]
}

/** The option whose label begins with these words, when only one does: "ingatkan" of "Ingatkan saya sebelum ditutup". */
export function hearBeginning(offered: Offered, said: string): string | undefined {
  return said.length < 4 ? undefined : only(offered, label => `${label} `.startsWith(`${said} `))
}

/** The option meant: by number, label, name, a beginning only one has, or words only one holds. */
export function hearChoice(offered: Offered, said: string): string | undefined {
  const number = /^(?:(?:no|nomor|pilih|pilihan|option) )?(\d{1,3})$/.exec(said)
  if (number !== null) {
    const counted = offered[Number(number[1]) - 1]
    if (counted !== undefined) return counted[0]
  }
  if (said === '' || said.length > 200) return undefined
  const exact = hearExact(offered, said)
  if (exact !== undefined || said.length < 2) return exact
  return (
    only(offered, name => name.startsWith(said)) ??
    // "petugas" for "Perilaku petugas": four letters, so that no small word picks an option by chance.
    (said.length < 4 ? undefined : only(offered, name => ` ${name} `.includes(` ${said} `)))
  )
}

function only(offered: Offered, fits: (plainName: string) => boolean): string | undefined {
  const fitting = offered.filter(([name, label]) => fits(plain(label)) || fits(plain(name)))
  return fitting.length === 1 ? fitting[0]?.[0] : undefined
}
