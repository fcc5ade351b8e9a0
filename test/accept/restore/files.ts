import type { Db } from '../../../src/records/db.ts'
import { openFileStore } from '../../../src/records/file-store.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { opened } from '../../helpers/opened.ts'
import type { Records } from '../harness/server.ts'

/** Files of citizens that a backup must bring along. */
export const FILES = 20

const pdf = (n: number) => Buffer.from(`%PDF-1.4\n%contoh ${n}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF`)

/** Keeps them; their ids. */
export async function storeFiles({ db, sealing }: Records, folder: string): Promise<string[]> {
  const store = openFileStore({ db, sealing, folder })
  const ids: string[] = []
  for (let n = 0; n < FILES; n += 1) {
    const kept = await store.put('medan', pdf(n), 'surat.pdf')
    if ('id' in kept) ids.push(kept.id)
  }
  return ids
}

/** How many of them open, unchanged. */
export async function openFiles(
  db: Db,
  { keyring }: Records,
  folder: string,
  ids: string[],
): Promise<number> {
  const store = openFileStore({ db, sealing: createSealing(keyring), folder })
  const found = await Promise.all(ids.map(id => opened(store, id)))
  return found.filter((file, n) => file !== undefined && pdf(n).equals(file.bytes)).length
}
