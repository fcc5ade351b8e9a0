/** Where a variant keeps the state of its chats: JSON text, read and written at every update. */
export type Store = {
  read(key: string): Promise<string | undefined> | string | undefined
  write(key: string, text: string): Promise<void> | void
  delete(key: string): Promise<void> | void
}

/** Text in a Map, and the most bytes one state took. */
export function createTextStore(): Store & { mostBytes(): number } {
  const texts = new Map<string, string>()
  let longest = ''
  return {
    read: key => texts.get(key),
    write(key, text) {
      texts.set(key, text)
      if (text.length > longest.length) longest = text
    },
    delete(key) {
      texts.delete(key)
    },
    mostBytes: () => Buffer.byteLength(longest),
  }
}
