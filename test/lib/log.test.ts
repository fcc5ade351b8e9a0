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
