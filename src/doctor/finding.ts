/**
 * One thing that was looked at. `must`: somebody has to do something before citizens may rely on this house; `note`: it would be
 * better; `good`: nothing to do. Words that are not good end with whose move it is.
 */
export type Finding = { level: 'good' | 'note' | 'must'; about: string; words: string }

type Found = (about: string, words: string) => Finding
export const good: Found = (about, words) => ({ level: 'good', about, words })
export const note: Found = (about, words) => ({ level: 'note', about, words })
export const must: Found = (about, words) => ({ level: 'must', about, words })

const SIGNS = { good: 'ok  ', note: 'note', must: 'MUST' } as const

/** A line a finding, what must be done last: it is what is read. */
export function report(findings: readonly Finding[]): string {
  const lines = (['good', 'note', 'must'] as const).flatMap(level =>
    findings
      .filter(one => one.level === level)
      .map(({ about, words }) => `${SIGNS[level]}  ${about}: ${words}`),
  )
  const open = findings.filter(({ level }) => level === 'must').length
  const last =
    open === 0 ? 'Nothing must be done.' : `${open} ${open === 1 ? 'thing' : 'things'} must be done.`
  return `${[...lines, last].join('\n')}\n`
}
