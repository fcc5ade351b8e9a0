/** The whole body, or undefined when it is larger than `most`; we stop reading there. */
export async function readBytes(request: Request, most: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return undefined
  const reader = request.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    size += value.length
    // Not cancelled: that would cut the connection before our answer is out. The server drops what still comes.
    if (size > most) return undefined
    chunks.push(value)
  }
}
