/** What a citizen is told when the desk does something to their ticket. `words` is what staff typed, if anything. */
type Told = { kind: 'answered' | 'asked' | 'told'; id: string; en: string }

const TOLD: Record<string, Told> = {
  take: {
    kind: 'told',
    id: 'Laporan {code} mulai ditangani petugas.',
    en: 'Work on your report {code} has begun.',
  },
  reply: {
    kind: 'answered',
    id: 'Jawaban untuk laporan {code}:\n{words}',
    en: 'Answer to your report {code}:\n{words}',
  },
  ask: {
    kind: 'asked',
    id: 'Untuk laporan {code}, petugas memerlukan keterangan:\n{words}',
    en: 'For your report {code}, the office needs to know:\n{words}',
  },
  forward: {
    kind: 'told',
    id: 'Laporan {code} diteruskan ke unit yang menangani.',
    en: 'Your report {code} was passed on to the unit concerned.',
  },
  decline: {
    // Not 'answered': below it stand no buttons asking whether it is solved. The same holds for what is not ours.
    kind: 'told',
    id: 'Mohon maaf, laporan {code} tidak dapat dilanjutkan: {words}.',
    en: 'Sorry, your report {code} could not be taken further: {words}.',
  },
  not_ours: {
    kind: 'told',
    id: 'Mohon maaf, laporan {code} bukan kewenangan kantor ini.\n{words}',
    en: 'Sorry, your report {code} is not within this office’s authority.\n{words}',
  },
  resolve: {
    kind: 'answered',
    id: 'Laporan {code} dinyatakan selesai.\n{words}',
    en: 'Your report {code} was closed.\n{words}',
  },
  postpone: {
    kind: 'told',
    id: 'Penanganan laporan {code} ditunda sampai {words}',
    en: 'Work on your report {code} was put off until {words}',
  },
  reopen: { kind: 'told', id: 'Laporan {code} dibuka kembali.', en: 'Your report {code} was reopened.' },
}

/** The message, and what kind of answer it expects; undefined for what the citizen is not told (notes). */
export function toldCitizen(
  verb: string,
  facts: { code: string; words: string; language: string },
): { kind: Told['kind']; text: string } | undefined {
  const told = TOLD[verb]
  if (told === undefined) return undefined
  const sentence = facts.language === 'en' ? told.en : told.id
  const text = sentence.replace('{code}', () => facts.code).replace('{words}', () => facts.words)
  return { kind: told.kind, text: text.trim() }
}
