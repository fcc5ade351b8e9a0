import { standing } from '../knowledge/staleness.ts'
import { localTime } from '../lib/local-time.ts'
import type { House } from '../offices/house.ts'
import type { ArticleContent } from '../records/articles.ts'
import { type Finding, good, must, note } from './finding.ts'

/** From October on the decree for the coming year is out, and due dates reach into it. */
const LOOK_AHEAD_MONTH = 10

/** Days, hours and contacts of one office: what nobody has confirmed is its own people's move. */
export function lookAtOffice({ office, calendar }: House, mode: 'trial' | 'live', now: Date): Finding[] {
  const today = localTime(office.zone, now).slice(0, 10)
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const wanted = month >= LOOK_AHEAD_MONTH ? [year, year + 1] : [year]
  const serious = mode === 'live' ? must : note
  const about = office.id
  const findings: Finding[] = wanted
    .filter(one => !calendar.years.has(one))
    .map(one => {
      const found = one === year ? serious : note
      return found(
        about,
        `flows/calendars/${one}.yaml is missing: due dates of ${one} are estimates. Your move: write it from the decree (SKB 3 Menteri).`,
      )
    })
  if (office.example) findings.push(note(about, 'this office is an example, which live mode does not serve.'))
  if (!(office.hours ?? calendar.hours).confirmed)
    findings.push(
      serious(
        about,
        "nobody has confirmed its opening hours. The office's move: check them, then confirmed: true.",
      ),
    )
  const open = office.contacts.filter(({ confirmed }) => !confirmed).length
  if (open > 0)
    findings.push(
      note(about, `${open} contacts are not confirmed. The office's move: check them in office.yaml.`),
    )
  return findings.length === 0 ? [good(about, 'calendars, hours and contacts')] : findings
}

type Article = Pick<ArticleContent, 'class' | 'valid_until' | 'checked_by'>

/** Articles that are named but not told: they wait for a person of the office. */
export function lookAtArticles(office: string, articles: Article[], today: string): Finding {
  const not = (what: string) => articles.filter(article => standing(article, today) === what).length
  const [unconfirmed, expired] = [not('unconfirmed'), not('expired')]
  if (unconfirmed + expired === 0) return good(office, `${articles.length} articles`)
  return note(
    office,
    `${unconfirmed} of ${articles.length} articles wait for somebody to confirm them, ${expired} have expired. ` +
      "The office's move: npm run export -- articles, fill in checked_by and valid_until, npm run import -- articles FILE",
  )
}

/** Who reads at the desks: without anybody on the list, or a group, what comes in is seen by nobody. */
export function lookAtStaff(
  { office }: House,
  { people, groups }: { people: number; groups: ReadonlySet<string> },
  mode: 'trial' | 'live',
): Finding[] {
  if (mode === 'trial') return []
  const findings: Finding[] = []
  if (people === 0)
    findings.push(
      must(
        office.id,
        'nobody is on its list of staff. Your move: npm run staff -- add --name NAME --role head',
      ),
    )
  for (const [id, desk] of Object.entries(office.desks))
    if (!groups.has(id))
      findings.push(
        must(
          office.id,
          `${desk.name} (${id}) has no group: nobody sees what comes to it. Your move: npm run groups -- link --desk ${id}`,
        ),
      )
  return findings
}
