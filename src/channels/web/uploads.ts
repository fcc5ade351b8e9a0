import type { Door } from './door.ts'

/**
 * Does work that holds a file in memory, unless as much of that is being done as there is room for: undefined then. One client never has
 * all the room, so that bodies that come a byte a second keep nobody else's out.
 */
export async function whileUploading<T>(
  { uploading, limits }: Pick<Door, 'uploading' | 'limits'>,
  client: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const own = uploading.get(client) ?? 0
  const all = [...uploading.values()].reduce((sum, one) => sum + one, 0)
  if (own >= limits.uploadsPerClient || all >= limits.uploads) return undefined
  uploading.set(client, own + 1)
  try {
    return await work()
  } finally {
    const left = (uploading.get(client) ?? 1) - 1
    if (left > 0) uploading.set(client, left)
    else uploading.delete(client)
  }
}
