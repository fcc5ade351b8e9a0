/** Room that is as long as the articles and the terms are many; made once, since making it costs more than a question. */
export type Scratch = {
  /** A score for each article, all zero, and room to note those that got one. */
  scores: (articles: number) => { scores: Float32Array; touched: Int32Array }
  /** A strength for each term, all zero, and which unit of the question it comes of. */
  given: (terms: number) => { strengths: Float32Array; unitOf: Int32Array }
}

export function createScratch(): Scratch {
  let scored = { scores: new Float32Array(0), touched: new Int32Array(0) }
  let given = { strengths: new Float32Array(0), unitOf: new Int32Array(0) }
  return {
    scores: articles => {
      const room = articles + 256
      if (scored.scores.length < articles)
        scored = { scores: new Float32Array(room), touched: new Int32Array(room) }
      return scored
    },
    given: terms => {
      const room = terms + 4096
      if (given.strengths.length < terms)
        given = { strengths: new Float32Array(room), unitOf: new Int32Array(room) }
      return given
    },
  }
}
