import { stringify } from 'yaml'
import { OF_HOUSE, standingOf } from '../offices/wording.ts'
import { type WordingRow, wordingsOf } from '../records/wordings.ts'
import type { Seat } from './door.ts'

/**
 * What was agreed on and counts, as the office's own words for its flow files: each part names the file it belongs to. Once it stands
 * there, the agreed sentence says nothing the file does not.
 */
export async function wordingPatch({ door, house, c }: Seat): Promise<Response> {
  const office = house.office.id
  const filed = (door.flows.filed(office) ?? house).book
  const rows = (await wordingsOf(door.db.pool, office)).filter(
    row => row.status === 'agreed' && standingOf(filed, row) === 'counts',
  )
  const files = Map.groupBy(rows, ({ flow, language }) => fileOf(office, flow, language))
  const parts = [...files].map(([file, of]) => `# ${file}\n${stringify(wordsOf(of), { lineWidth: 0 })}`)
  return c.body(parts.join('---\n') || '# -\n', 200, {
    'Content-Type': 'application/yaml; charset=utf-8',
    'Content-Disposition': `attachment; filename="${office}-kalimat.yaml"`,
  })
}

function fileOf(office: string, flow: string, language: string): string {
  const tail = `${flow.replaceAll('_', '-')}${language === 'id' ? '' : `.${language}`}.yaml`
  // The house speaks for every office: who puts a sentence there changes it for all of them.
  return flow === OF_HOUSE ? `flows/${tail}` : `flows/offices/${office}/${tail}`
}

/** The keys of each place as nested maps, the way a file of words holds them. */
function wordsOf(rows: WordingRow[]): Record<string, unknown> {
  const [first] = rows
  const words: Record<string, unknown> =
    first === undefined || first.flow === OF_HOUSE ? {} : { flow: first.flow, language: first.language }
  for (const { place, words: sentence } of rows) {
    const keys = place.split('.')
    const last = keys.pop() ?? ''
    let at = words
    for (const key of keys) {
      at[key] ??= {}
      at = at[key] as Record<string, unknown>
    }
    at[last] = sentence
  }
  return words
}
