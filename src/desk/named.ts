/** A choice by its id, and the ways staff may write it. */
export type Named = { id: string; spellings: string[] }

/**
 * Which of the choices staff named: the longest spelling found as whole words in what they typed ("karena spam"), or
 * else the only choice that what they typed is a part of ("meja terbatas"). Undefined when none or several fit.
 */
export function namedIn(typed: string, choices: Named[]): string | undefined {
  const said = bare(typed)
  if (said === '') return undefined
  const all = choices.flatMap(({ id, spellings }) =>
    [id, ...spellings].map(spelling => ({ id, spelling: bare(spelling) })),
  )
  const [within] = all
    .filter(({ spelling }) => spelling !== '' && holds(said, spelling))
    .toSorted((a, b) => b.spelling.length - a.spelling.length)
  if (within !== undefined) return within.id
  const parts = new Set(all.filter(({ spelling }) => holds(spelling, said)).map(({ id }) => id))
  return parts.size === 1 ? [...parts][0] : undefined
}

/** Small letters and digits, one space between words: underscores, brackets and signs are not what was meant. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function holds(text: string, words: string): boolean {
  return ` ${text} `.includes(` ${words} `)
}
