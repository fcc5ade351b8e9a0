import { globSync, readFileSync } from 'node:fs'
import { parseAst } from 'vitest/node'

/** A pattern and where it stands, `src/lib/mask.ts:12`. */
export type Found = { pattern: RegExp; at: string }

/** Every pattern that is written out in a folder's TypeScript, and the places where one is put together while running. */
export function patternsIn(folder: string): { written: Found[]; built: string[] } {
  const [written, built]: [Found[], string[]] = [[], []]
  for (const file of globSync(`${folder}/**/*.{ts,js,mjs}`).sort()) {
    const text = readFileSync(file, 'utf8')
    const lineAt = (start: number) => `${file}:${text.slice(0, start).split('\n').length}`
    eachNode(parseAst(text, { lang: file.endsWith('.ts') ? 'ts' : 'js' }), node => {
      if (isPattern(node.regex))
        written.push({
          pattern: new RegExp(node.regex.pattern, node.regex.flags),
          at: lineAt(Number(node.start)),
        })
      if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return
      if (nameOf(node.callee) === 'RegExp') built.push(lineAt(Number(node.start)))
    })
  }
  return { written, built }
}

type Node = Record<string, unknown>

function eachNode(value: unknown, visit: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) visit(value as Node)
  for (const part of Object.values(value)) eachNode(part, visit)
}

function isPattern(regex: unknown): regex is { pattern: string; flags: string } {
  return typeof regex === 'object' && regex !== null && 'pattern' in regex && 'flags' in regex
}

function nameOf(callee: unknown): unknown {
  return typeof callee === 'object' && callee !== null && 'name' in callee ? callee.name : undefined
}

/** Notes every pattern that is put together while `work` runs, by the place that did it. */
export async function builtDuring(work: () => Promise<void>): Promise<Found[]> {
  const [Own, found] = [globalThis.RegExp, new Map<string, Found>()]
  globalThis.RegExp = new Proxy(Own, {
    construct(target, given) {
      const pattern = Reflect.construct(target, given) as RegExp
      const at = new Error().stack?.match(/(src\/[\w./-]+\.ts:\d+)/)?.[1]
      if (at !== undefined) found.set(`${at} ${pattern}`, { pattern, at })
      return pattern
    },
  })
  try {
    await work()
  } finally {
    globalThis.RegExp = Own
  }
  return [...found.values()]
}
