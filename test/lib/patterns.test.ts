import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { hide } from '../../src/assistant/hide.ts'
import { hearNumber } from '../../src/conversation/hear-number.ts'
import { readWords } from '../../src/desk/announcement-draft.ts'
import { readPostponed } from '../../src/desk/postponed-day.ts'
import { readSendTime } from '../../src/desk/send-time.ts'
import { readMoment } from '../../src/exchange/read-moment.ts'
import { spokenFault } from '../../src/exchange/spoken-fault.ts'
import { dateStyles } from '../../src/exchange/xlsx-dates.ts'
import { maskPersonal } from '../../src/lib/mask.ts'
import { alikeWritten } from '../../src/records/audience.ts'
import { groupSuggestions } from '../../src/surveys/suggestion-groups.ts'

/** So long that what squares would take minutes, and what does not a few milliseconds. */
const LONG = 200_000
const PATIENCE = { timeout: 5_000 }
const NOW = '2026-11-22T10:00:00+07:00'
const HIDING = { names: [], known: new Set<string>(), onlyKnown: true as const }
const zone = 'Asia/Jakarta'

it.each<[string, (text: string) => unknown, pump: string, before?: string]>([
  ['maskPersonal', maskPersonal, 'z'],
  ['hearNumber', hearNumber, ' ', '1'],
  ['hide', text => hide(text, HIDING), '\n', 'rt.'],
  ['readWords', readWords, '\n'],
  ['readPostponed', text => readPostponed(text, NOW), ';'],
  ['readSendTime', text => readSendTime(text, zone, new Date(NOW)), ',', 'besok'],
  ['readMoment', text => readMoment(text, zone, false), ','],
  ['readMoment', text => readMoment(text, zone, false), '0T1A'],
  ['spokenFault', text => spokenFault(text, 'id'), '"": is "" meant? It is written ""'],
  ['dateStyles', text => dateStyles(text, ''), '<cellXfs>'],
  ['alikeWritten', text => alikeWritten(text, 'S-1 Hukum'), '\n'],
  ['groupSuggestions', text => groupSuggestions([text]), 'nya'],
])('%s takes a long text of one kind in its stride: %#', (_, read, pump, before = '') => {
  const text = `${before}${pump.repeat(LONG / pump.length)}\u0001`
  expect(() => runInNewContext('read(text)', { read, text }, PATIENCE)).not.toThrow()
})

it('would notice one that does not', () => {
  const read = (text: string) => text.replace(/[,.]+$/, '')
  const text = `${','.repeat(LONG * 2)}!`
  expect(() => runInNewContext('read(text)', { read, text }, { timeout: 500 })).toThrow('timed out')
})
