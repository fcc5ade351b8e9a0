import type { FileStore } from '../../src/records/file-store.ts'

/** A stored file as it is handed out; undefined when there is none. One in which a virus was found is none to expect here. */
export async function opened(store: Pick<FileStore, 'open'>, id: string) {
  const found = await store.open(id)
  if (found === 'infected') throw new Error('A virus was found where none was put.')
  return found
}
