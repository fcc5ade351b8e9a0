import type { FilePlace } from './file-place.ts'
import { askBucket, type Bucket, ObjectStoreRefused } from './object-store-request.ts'

/** Ours within the bucket; whatever else lies in it is never listed and never removed. */
const FOLDER = 'files/'

/**
 * Sealed files in an S3-compatible bucket. The store sees ids of chance, sizes, and the second each arrived, which unlike in a
 * folder cannot be rounded to the day: `.env.example` says so, for offices that take anonymous reports.
 */
export function openBucket(bucket: Bucket): FilePlace {
  return {
    async write(id, bytes) {
      const { status } = await askBucket(bucket, { method: 'PUT', path: FOLDER + id, body: bytes })
      if (status === 404) throw new ObjectStoreRefused('404')
    },

    async read(id) {
      const { status, bytes } = await askBucket(bucket, { method: 'GET', path: FOLDER + id })
      return status === 404 ? undefined : bytes
    },

    async namesBefore(when) {
      const old: string[] = []
      let from: string | undefined
      do {
        const page = await listPage(bucket, from)
        old.push(...page.files.filter(({ at }) => at < when).map(({ name }) => name))
        from = page.next
      } while (from !== undefined)
      return old
    },

    async remove(names) {
      for (const name of names) await askBucket(bucket, { method: 'DELETE', path: FOLDER + name })
    },

    // A bucket has no end that we could see; what is full answers with a refusal.
    hasRoom: async () => true,
  }
}

type Page = { files: { name: string; at: Date }[]; next: string | undefined }

/** Up to 1,000 of our objects (ListObjectsV2), and where the next page begins. */
async function listPage(bucket: Bucket, from: string | undefined): Promise<Page> {
  const query = {
    'list-type': '2',
    prefix: FOLDER,
    ...(from === undefined ? {} : { 'continuation-token': from }),
  }
  const { status, bytes } = await askBucket(bucket, { method: 'GET', path: '', query })
  if (status === 404) throw new ObjectStoreRefused('404')
  const xml = bytes.toString('utf8')
  const files = [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].map(([, entry = '']) => ({
    name: (inside(entry, 'Key') ?? '').slice(FOLDER.length),
    at: new Date(inside(entry, 'LastModified') ?? Number.NaN),
  }))
  const isCut = inside(xml, 'IsTruncated') === 'true'
  return { files, next: isCut ? inside(xml, 'NextContinuationToken') : undefined }
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** What stands in the first element of this name. These answers are flat: names of elements do not repeat within one entry. */
function inside(xml: string, element: string): string | undefined {
  const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1]
  return found?.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}
