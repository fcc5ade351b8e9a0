/** A question citizens ask and its answer, as `npm run ask -- --articles` reads it and the database keeps it. */
export type Article = {
  id: string
  question: string
  /** Other ways of asking the same; the best one counts, so adding some never drowns the rest. */
  alternatives: string[]
  answer: string
  tags: string[]
}
