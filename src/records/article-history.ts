import type { ArticleChange, ArticleContent } from './articles.ts'

/** An article as all its changes together made it. */
export type KeptArticle = ArticleContent & { id: string; isShared: boolean }

/** The articles of an office, put together from their changes; the office's own wins over a shared one of the same id. */
export class ArticleHistory {
  readonly #shared = new Map<string, ArticleContent>()
  readonly #own = new Map<string, ArticleContent>()
  readonly #phrasings = new Map<string, string[]>()

  /** Takes the next change in; gives the id of the article it touched. */
  take({ office, id, content, phrasing }: ArticleChange): string {
    if (content !== null) (office === null ? this.#shared : this.#own).set(id, content)
    if (phrasing !== null) this.#phrasings.set(id, [...(this.#phrasings.get(id) ?? []), phrasing])
    return id
  }

  /** The article as it was last written, without phrasings added since. */
  written(id: string): ArticleContent | undefined {
    return this.#own.get(id) ?? this.#shared.get(id)
  }

  get(id: string): KeptArticle | undefined {
    const content = this.written(id)
    if (content === undefined || content.withdrawn) return undefined
    const ways = new Set([...content.alternatives, ...(this.#phrasings.get(id) ?? [])])
    return { ...content, id, alternatives: [...ways], isShared: !this.#own.has(id) }
  }

  ids(): string[] {
    return [...new Set([...this.#shared.keys(), ...this.#own.keys()])]
  }
}
