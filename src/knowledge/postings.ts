/**
 * Which articles a term stands in, and how strongly. Articles are numbered; the order within a list means nothing, so one
 * article is put in or taken out without moving the others.
 */
export class Postings {
  #articles = new Int32Array(4)
  #strengths = new Float32Array(4)
  #size = 0
  /** In thousandths, so that what is added and taken away leaves nothing behind. */
  #thousandths = 0

  /** Sum of the strengths: how often the term is met where it counts. */
  get sum(): number {
    return this.#thousandths / 1000
  }

  put(article: number, strength: number): void {
    if (this.#size === this.#articles.length) this.#grow()
    this.#articles[this.#size] = article
    this.#strengths[this.#size] = strength
    this.#size += 1
    this.#thousandths += Math.round(strength * 1000)
  }

  take(article: number): void {
    const place = this.#articles.subarray(0, this.#size).indexOf(article)
    if (place < 0) return
    this.#size -= 1
    this.#thousandths -= Math.round((this.#strengths[place] ?? 0) * 1000)
    this.#articles[place] = this.#articles[this.#size] ?? 0
    this.#strengths[place] = this.#strengths[this.#size] ?? 0
  }

  /** Adds `weight` times the strength to the score of each article, and notes those that had none. */
  addTo(scores: Float32Array, touched: Int32Array, count: number, weight: number): number {
    let noted = count
    for (let place = 0; place < this.#size; place++) {
      const article = this.#articles[place] ?? 0
      const before = scores[article] ?? 0
      if (before === 0) {
        touched[noted] = article
        noted += 1
      }
      scores[article] = before + weight * (this.#strengths[place] ?? 0)
    }
    return noted
  }

  #grow(): void {
    const [articles, strengths] = [this.#articles, this.#strengths]
    this.#articles = new Int32Array(articles.length * 2)
    this.#articles.set(articles)
    this.#strengths = new Float32Array(strengths.length * 2)
    this.#strengths.set(strengths)
  }
}
