/** The library, once it is loaded: nothing of it is imported before the console is silent. */
export type Library = typeof import('@whiskeysockets/baileys')
export type Socket = ReturnType<Library['makeWASocket']>

export function loadLibrary(): Promise<Library> {
  return import('@whiskeysockets/baileys')
}
