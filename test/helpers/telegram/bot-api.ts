import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A type as the list writes it, taken apart. */
export type Kind =
  | { is: 'name'; name: string }
  | { is: 'literal'; value: string | number }
  | { is: 'list'; of: Kind }
  | { is: 'either'; kinds: Kind[] }

export type Field = { name: string; required: boolean; kind: Kind; words: string }

/** `InlineKeyboardMarkup|String`, `MessageEntity[]`, `('message'|'poll')[]`, `7322096`. */
function readKind(words: string): Kind {
  if (words.startsWith('(') && words.indexOf(')') === words.length - 3)
    return { is: 'list', of: readKind(words.slice(1, -3)) }
  if (words.includes('|') && !words.startsWith('('))
    return { is: 'either', kinds: words.split('|').map(readKind) }
  if (words.endsWith('[]')) return { is: 'list', of: readKind(words.slice(0, -2)) }
  if (words.startsWith("'")) return { is: 'literal', value: words.slice(1, -1) }
  if (/^\d+$/.test(words)) return { is: 'literal', value: Number(words) }
  return { is: 'name', name: words }
}

function readField(line: string): Field {
  const space = line.indexOf(' ')
  const name = line.slice(0, space)
  const words = line.slice(space + 1)
  return { name: name.replace('!', ''), required: name.endsWith('!'), kind: readKind(words), words }
}

function readList(): { methods: Map<string, Field[]>; objects: Map<string, Field[]> } {
  const methods = new Map<string, Field[]>()
  const objects = new Map<string, Field[]>()
  let fields: Field[] = []
  for (const line of readFileSync(join(import.meta.dirname, 'bot-api.txt'), 'utf8').split('\n')) {
    const [what, name = ''] = line.split(' ')
    if (what === 'method' || what === 'object') {
      fields = []
      const list = what === 'method' ? methods : objects
      list.set(name, fields)
    } else if (line.startsWith('  ')) fields.push(readField(line.trim()))
  }
  return { methods, objects }
}

/** The published methods and objects of the Bot API, by name. */
export const botApi = readList()
