import { type Part, takeApart } from './syntax.ts'

/** Text that hurts by its length: `pump` again and again, between `before` and something that fits nothing. */
export type Attack = { before: string; pump: string; after: string }

/** Signs that patterns like, the most liked first: two sets that overlap should be given the same. */
const PROBES = [...'a1 .-_@/Aé,:;="\'<>&*()[]{}|#%+?!~`\n\t0zx', '\u2068', '\u0301', '😀', '，', '\u0007']
/** What stands at the end, so that a match that seemed near fails. */
const ENDS = ['\u0001', '', '!']
/** A repetition that stops sooner costs no more than a number of ours. */
const FEW = 8

/** What a pattern's own repetitions invite: each is fed by itself, with what comes before, and with what comes behind. */
export function attacksOn(pattern: RegExp, chance: () => number, variants = 3): Attack[] {
  const attacks = new Map<string, Attack>()
  const signs = new Map<string, string[]>()
  const whole = takeApart(pattern.source)

  function signOf(source: string, variant: number): string {
    let fits = signs.get(source)
    if (fits === undefined) {
      const one = new RegExp(`^(?:${source})$`, `${pattern.flags.replace(/[gy]/g, '')}`)
      const own = [...source].filter(sign => !PROBES.includes(sign))
      fits = [...PROBES, ...own, unescaped(source)].filter(sign => one.test(sign))
      signs.set(source, fits)
    }
    return fits[variant === 0 ? 0 : Math.floor(chance() * fits.length)] ?? ''
  }

  function sample(part: Part, variant: number): string {
    if (part.kind === 'one') return signOf(part.source, variant)
    if (part.kind === 'row') return part.parts.map(one => sample(one, variant)).join('')
    if (part.kind === 'either')
      return sample(part.parts[Math.floor(chance() * part.parts.length)] ?? { kind: 'nothing' }, variant)
    if (part.kind === 'repeat') return sample(part.part, variant).repeat(Math.max(part.least, variant % 2))
    return ''
  }

  function feed(part: Part, before: Part[], behind: Part[], variant: number): void {
    if (part.kind === 'either') for (const one of part.parts) feed(one, before, behind, variant)
    if (part.kind === 'look') feed(part.part, before, behind, variant)
    if (part.kind === 'row')
      for (const [n, one] of part.parts.entries())
        feed(one, [...before, ...part.parts.slice(0, n)], [...part.parts.slice(n + 1), ...behind], variant)
    if (part.kind !== 'repeat') return
    feed(part.part, before, behind, variant)
    if (part.most < FEW) return
    const ahead = sample({ kind: 'row', parts: before }, variant)
    const body = sample(part.part, variant)
    const rest = sample({ kind: 'row', parts: behind.slice(0, 2) }, variant)
    for (const after of ENDS)
      for (const [first, pump] of [
        [ahead, body],
        ['', ahead + body],
        [ahead, body + rest],
        ['', ahead + body + rest],
      ] as const)
        if (pump !== '') attacks.set(`${first}\0${pump}\0${after}`, { before: first, pump, after })
  }

  for (let variant = 0; variant < variants; variant += 1) feed(whole, [], [], variant)
  return [...attacks.values()]
}

/** The sign a simple escape stands for. */
function unescaped(source: string): string {
  const code = /^\\(?:u\{?|x)([\da-fA-F]+)\}?$/.exec(source)?.[1]
  return code === undefined ? source.replace(/^\\/, '') : String.fromCodePoint(Number.parseInt(code, 16))
}

/** The attack so many letters long. */
export function grown({ before, pump, after }: Attack, length: number): string {
  return `${before}${pump.repeat(Math.max(1, Math.ceil((length - before.length) / pump.length)))}${after}`
}
