import type { Article } from '../../src/knowledge/article.ts'

/** A labelled question: the articles that answer it; none when it is out of scope. */
export type Question = { qid: string; scope: 'in' | 'oos'; ids: string[]; text: string }

/** Questions and the articles they are asked of. */
export type QuestionSet = { name: string; articles: Article[]; questions: Question[] }

/** What an answerer would do: give one article, offer up to three, or say it does not know. */
export type Said = { answer: string | null; suggest: string[]; ranked: string[] }

/** Builds an answerer on articles; asynchronous, since some learn. */
export type Answerer = (articles: Article[]) => Promise<(text: string) => Said | Promise<Said>>
