/** What is used of the peers: they are only installed where they are measured, and two bring no types. */
declare module 'wink-bm25-text-search' {
  export default function bm25(): {
    defineConfig(config: { fldWeights: Record<string, number> }): void
    definePrepTasks(tasks: ((text: string) => string[])[]): void
    addDoc(doc: Record<string, string>, id: string): void
    consolidate(): void
    search(text: string, limit: number): [string, number][]
  }
}

declare module '@nlpjs/basic' {
  type Container = { use(plugin: object): void }
  export function containerBootstrap(): Promise<Container>
  export class Nlp {
    constructor(settings: {
      container: Container
      languages: string[]
      autoSave: boolean
      nlu: { log: boolean }
    })
    addDocument(language: string, text: string, intent: string): void
    train(): Promise<void>
    process(language: string, text: string): Promise<{ classifications: { intent: string; score: number }[] }>
  }
}

declare module '@nlpjs/lang-id' {
  export const LangId: object
}

declare module 'minisearch' {
  export default class MiniSearch<Row> {
    constructor(options: {
      fields: string[]
      tokenize: (text: string) => string[]
      extractField: (row: Row, field: string) => string
      searchOptions: { boost: Record<string, number>; fuzzy: number; prefix: boolean }
    })
    addAll(rows: Row[]): void
    search(text: string): { id: unknown; score: number }[]
  }
}

declare module '@orama/orama' {
  type Base = object
  export function create(options: { schema: Record<string, string> }): Base
  export function insertMultiple(base: Base, rows: object[], batch?: number): Promise<unknown>
  export function search(
    base: Base,
    options: object,
  ): Promise<{ hits: { id: string; score: number; document: Record<string, string> }[] }>
}
