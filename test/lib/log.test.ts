import { expect, it } from 'vitest'
import { type Fields, faultOf, openLog } from '../../src/lib/log.ts'

function linesOf(work: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  work(openLog('debug', { write: line => lines.push(line) }))
  return lines.map(line => JSON.parse(line))
}

it('writes ids, counts and a fixed sentence, one JSON object a line', () => {
  const [line] = linesOf(log => log.info('turn taken', { conversationId: 'c-1', turn: 3, step: 'topic' }))
  expect(line).toMatchObject({ level: 30, msg: 'turn taken', conversationId: 'c-1', turn: 3, step: 'topic' })
})

it('drops fields that are not on the list', () => {
  const [line] = linesOf(log => log.info('turn taken', { text: 'jalan rusak', turn: 1 } as Fields))
  expect(line).not.toHaveProperty('text')
  expect(line).toHaveProperty('turn', 1)
})

it.each(['jalan rusak', 'Budi\nSantoso', 'x'.repeat(200)])('withholds %j, which is no id', words => {
  const [line] = linesOf(log => log.warn('step', { step: words }))
  expect(line).toHaveProperty('step', 'withheld')
})

it('says so of an error that a library copied into an object, too', () => {
  const { stack, message } = new Error('secret')
  const fault = faultOf({ stack, message, code: '57P01', queue: 'clocks' })
  expect(fault).toMatchObject({ fault: 'Error', code: '57P01' })
  expect(JSON.stringify(fault)).not.toContain('secret')
  expect(faultOf('secret')).toEqual({ fault: 'string' })
})

it('says of an error its kind, code and place, and never its message', () => {
  const error = Object.assign(new TypeError('invalid input: "jalan rusak"'), { code: '22P02' })
  const fault = faultOf(new Error('query failed', { cause: error }))
  expect(fault).toMatchObject({ fault: 'Error', code: '22P02' })
  expect(String(fault.at)).toMatch(/^test\/lib\/log\.test\.ts:\d+$/)
  expect(JSON.stringify(fault)).not.toContain('rusak')
})

it('stays one line of JSON, whichever byte or order to a terminal stands in a field, a name or an error', () => {
  const bytes = Array.from({ length: 256 }, (_, n) => String.fromCharCode(n))
  const orders = [
    '\u001b[2J',
    '\u001b]0;judul\u0007',
    '\u009b31m',
    '\r\n{"level":50,"msg":"palsu"}',
    '\u001bP1$r\u001b\\',
    '\b\b\b',
    '\u2028',
    '\u0085',
  ]
  const written: string[] = []
  const log = openLog('debug', { write: line => written.push(line) })
  for (const sign of [...bytes, ...orders, ...bytes.map(one => `a${one}b`)]) {
    const error = Object.assign(new Error(sign), { name: sign, code: sign })
    log.warn('a step', { step: sign, [sign]: sign, ...faultOf(error) } as Fields)
    log.error('a fault', faultOf({ stack: `${sign}\n at src/lib/log.ts:1`, name: sign, code: sign }))
  }
  expect(written).toHaveLength(2 * (2 * bytes.length + orders.length))
  for (const line of written) {
    expect(line).toMatch(/^\{[^\p{Cc}\u2028\u2029]*\}\n$/u)
    expect(JSON.parse(line)).toMatchObject({ msg: expect.stringMatching(/^a (step|fault)$/) })
  }
})
