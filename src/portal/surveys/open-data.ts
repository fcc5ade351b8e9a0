import type { Table } from '../../exchange/table.ts'
import { isFinal, type Published } from '../../surveys/published.ts'

const COLUMNS =
  'period version published_at respondents invited response_rate target weight rule index ikm grade final compared_with compared_final difference'.split(
    ' ',
  )

/**
 * Published figures as anybody may use them: numbers, and by which convention they came about. `final`: the period was over by then,
 * on the wall of the office's `zone`.
 */
export function asJson(all: Published[], zone: string) {
  return all.map(one => {
    const { period, version, publishedAt, figures } = one
    const { result, elements, groups, traits, respondents, partial, rate, asking, target, served, servedBy } =
      figures
    const { weight, rule } = figures
    return {
      period,
      months: figures.period.months,
      version,
      published_at: publishedAt.toISOString(),
      final: isFinal(one, zone),
      respondents,
      incomplete: partial,
      invited: asking.invited,
      response_rate: rate,
      served,
      served_by: servedBy,
      target,
      weight,
      rule,
      index: result?.index ?? null,
      ikm: result?.ikm ?? null,
      grade: result?.grade ?? null,
      compared: comparedOf(figures) ?? null,
      elements: elements.map(({ element, name, average, weighted, grade, counts }) => ({
        element,
        name,
        average,
        weighted,
        grade,
        counts,
      })),
      groups: Object.fromEntries([
        ...groups.map(({ by, groups: all }) => [by, all.map(flat)]),
        ...traits.map(({ trait, groups: all }) => [trait, all.map(flat)]),
      ]),
    }
  })
}

function flat(group: Published['figures']['groups'][number]['groups'][number]) {
  return group.hidden
    ? { name: group.name, hidden: true }
    : { name: group.name, respondents: group.n, ikm: group.result.ikm, grade: group.result.grade }
}

/** The result this one was set against, whether that one was final, and the difference where the two may be compared. */
function comparedOf({ compared }: Published['figures']) {
  if (compared === null) return undefined
  const difference = 'difference' in compared ? compared.difference : null
  return { with: compared.with, final: compared.final ?? null, difference }
}

/** A row for each period; the elements stand behind, by name. */
export function asTable(all: Published[], zone: string): Table {
  const elements = [...new Set(all.flatMap(({ figures }) => figures.elements.map(({ element }) => element)))]
  return {
    columns: [...COLUMNS, ...elements],
    rows: all.map(one => {
      const { period, version, publishedAt, figures } = one
      const compared = comparedOf(figures)
      return [
        period,
        version,
        publishedAt.toISOString(),
        figures.respondents,
        figures.asking.invited,
        figures.rate,
        figures.target,
        figures.weight,
        figures.rule,
        figures.result?.index,
        figures.result?.ikm,
        figures.result?.grade,
        isFinal(one, zone),
        compared?.with,
        compared?.final,
        compared?.difference,
        ...elements.map(element => figures.elements.find(one => one.element === element)?.average),
      ].map(value => String(value ?? ''))
    }),
  }
}
