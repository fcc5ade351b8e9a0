import type { BinaryNode } from '@whiskeysockets/baileys'

/** One element of WhatsApp's wire: a tag, attributes, and elements or bytes within. */
export type Stanza = BinaryNode

/** The platform itself, as sender: a name with nobody before the `@`. Baileys compares it letter by letter. */
export const SERVER = '@s.whatsapp.net'

type Attributes = Record<string, string | number | undefined>

/** An element; attributes that are undefined are left out. */
export function stanza(tag: string, attributes: Attributes = {}, content?: Stanza['content']): Stanza {
  const attrs: Stanza['attrs'] = {}
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) attrs[name] = `${value}`
  return content === undefined ? { tag, attrs } : { tag, attrs, content }
}

export function inside(node: Stanza | undefined): Stanza[] {
  return Array.isArray(node?.content) ? node.content : []
}

/** The first element of this tag within. */
export function child(node: Stanza | undefined, tag: string): Stanza | undefined {
  return inside(node).find(one => one.tag === tag)
}

/** The element at the end of a path of tags. */
export function at(node: Stanza | undefined, ...path: string[]): Stanza | undefined {
  return path.reduce<Stanza | undefined>((here, tag) => child(here, tag), node)
}

/** What an element holds, as bytes; none where it holds elements. */
export function bytesOf(node: Stanza | undefined): Buffer {
  const content = node?.content
  if (content === undefined || Array.isArray(content)) return Buffer.alloc(0)
  return Buffer.from(content as Uint8Array)
}

export function numberOf(node: Stanza | undefined): number {
  return [...bytesOf(node)].reduce((sum, byte) => sum * 256 + byte, 0)
}
