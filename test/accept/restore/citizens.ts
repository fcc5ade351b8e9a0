import type { Platform } from './platform.ts'

const SYLLABLES = ['ba', 'ku', 'ri', 'to', 'me', 'sa', 'lu', 'ni', 'do', 'pe', 'ga', 'wi']

/** Words nobody else uses, so that no report looks like another. */
export function madeUpWords(chance: () => number): string {
  const word = () =>
    Array.from({ length: 4 }, () => SYLLABLES[Math.floor(chance() * SYLLABLES.length)]).join('')
  return Array.from({ length: 8 }, word).join(' ')
}

/** One citizen files one report, question by question; the code it was given. */
export async function fileReport(platform: Platform, who: string, chance: () => number): Promise<string> {
  const answers = [
    'lapor',
    'layanan',
    'terbuka',
    madeUpWords(chance),
    'kemarin',
    'Loket 3',
    'lewati',
    'lewati',
    'Budi Contoh',
  ]
  for (const answer of answers) await platform.say(who, answer)
  const told = await platform.say(who, 'kirim')
  const code = /[A-Z]{3}-\d{4}-[0-9A-Z]{6}/.exec(told)?.[0]
  if (code === undefined) throw new Error(`${who} got no code: ${told}`)
  return code
}
