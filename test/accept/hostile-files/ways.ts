import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileStore } from '../../../src/records/file-store.ts'
import { opened } from '../../helpers/opened.ts'
import { citizen } from '../canary/chat.ts'
import type { Hostile } from './corpus.ts'
import type { Way } from './judge.ts'

/** Straight into the store. */
export function throughStore(store: FileStore): Way {
  return {
    async *pass(files) {
      for (const { bytes, name } of files) {
        const put = await store.put('medan', bytes, name)
        const kept = 'refused' in put ? undefined : await opened(store, put.id)
        yield kept === undefined ? undefined : { mime: kept.mime, bytes: Buffer.from(kept.bytes) }
      }
    },
  }
}

/** Files sent by one citizen before the next comes: as many as one chat may send in one go. */
const A_CITIZEN = 15
const REFUSED = [413, 415, 422]

/** As citizens do it, over HTTP into a running server, and back by the links of the chat. */
export function throughDoor(url: string): Way {
  return {
    async *pass(files) {
      for (let n = 0; n < files.length; n += A_CITIZEN) {
        // Each from an address of its own, or the door's limits would be what is tried here.
        const headers = { 'X-Forwarded-For': `198.18.${n >> 8}.${n & 255}` }
        const { session, read } = await citizen(url, { headers })
        const some = files.slice(n, n + A_CITIZEN)
        const taken: boolean[] = []
        for (const [i, file] of some.entries())
          taken.push(await upload(url, { session, id: String(i) }, file, headers))
        const links = (await read()).flatMap(({ from, file }) =>
          from === 'citizen' && file !== undefined ? [file] : [],
        )
        for (const isTaken of taken) yield isTaken ? await download(url, links.shift()) : undefined
      }
    },
  }
}

async function upload(
  url: string,
  fields: Record<string, string>,
  { bytes, name }: Hostile,
  headers: Record<string, string>,
): Promise<boolean> {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  form.set('file', new Blob([new Uint8Array(bytes)]), name)
  const answer = await fetch(`${url}/chat/medan/files`, { method: 'POST', body: form, headers })
  await answer.arrayBuffer()
  if (answer.status === 200) return true
  if (REFUSED.includes(answer.status)) return false
  throw new Error(`The door answered ${answer.status}.`)
}

async function download(url: string, link: string | undefined) {
  if (link === undefined) throw new Error('What was taken is not in the chat.')
  const answer = await fetch(new URL(link, url))
  if (answer.status !== 200) throw new Error(`A file is answered with ${answer.status}.`)
  const bytes = Buffer.from(await answer.arrayBuffer())
  return { mime: answer.headers.get('content-type') ?? '', bytes, headers: answer.headers }
}

const BY_ENDING: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  pdf: 'application/pdf',
  ogg: 'audio/ogg',
  html: 'text/html',
  svg: 'image/svg+xml',
}

/** What is often written: kept as it came, under its own name, served as its ending says. */
export function naiveWay(folder: string): Way {
  return {
    async *pass(files) {
      for (const { bytes, name } of files) {
        // Only so that the file system takes it at all.
        const path = join(folder, name.replaceAll('\0', '').slice(-200))
        const mime = BY_ENDING[path.split('.').at(-1) ?? '']
        if (mime === undefined || bytes.length > 10 * 1024 * 1024) yield undefined
        else {
          await mkdir(dirname(path), { recursive: true })
          await writeFile(path, bytes)
          yield { mime, bytes: Buffer.from(bytes) }
        }
      }
    },
  }
}
