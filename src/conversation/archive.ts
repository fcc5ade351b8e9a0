import type { Flow, FlowBook } from './flow.ts'

/** The book with archived flows that somebody still walks: a conversation keeps the version it began with. */
export function withArchived(book: FlowBook, archived: Flow[]): FlowBook {
  const old = Object.fromEntries(archived.map(flow => [flow.version, flow]))
  return { ...book, versions: { ...old, ...book.versions } }
}
