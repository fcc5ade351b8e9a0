import { html } from 'hono/html'
import { readSheet } from 'read-excel-file/node'
import { renderMessage } from '../../../src/channels/choices.ts'
import { asHtml, markUp } from '../../../src/channels/telegram/markup.ts'
import { markUp as whatsappMarkUp } from '../../../src/channels/whatsapp-markup.ts'
import { writeTable } from '../../../src/exchange/write-table.ts'
import { shown, shownLine } from '../../../src/lib/clean-text.ts'
import { readCsv } from '../../../src/lib/csv.ts'
import { drawGraph } from '../../../src/lib/graphviz.ts'
import { openLog } from '../../../src/lib/log.ts'
import { framed } from '../../../src/portal/look/frame.ts'

const CAN = { buttons: 3, labelMax: 64, textMax: 4096 }
const tongue = { language: 'id' as const, t: (id: string) => id }
const message = (text: string) =>
  renderMessage(text, [{ id: 'a', label: text || 'x' }], CAN).flatMap(part => [
    part.text,
    ...(part.options ?? []).map(({ label }) => label),
  ])

/** Every place where a text is put before somebody's eyes; what stands there then. What no spreadsheet holds is left out for it. */
export const WAYS_OUT: Record<string, (text: string) => string[] | Promise<string[]>> = {
  telegram: text => message(text).map(part => asHtml(markUp(part))),
  'whatsapp, both ways': text => message(text).map(part => whatsappMarkUp(part)),
  'web chat': message,
  page: async text => [
    await framed({
      title: text,
      tongue,
      accent: 'teal',
      top: html`<b title="${text}">${text}</b>`,
      body: html`<p>${text}</p>`,
    }),
  ],
  picture: async text => [await drawGraph({ nodes: [{ name: 'a', attributes: { label: text } }] })],
  csv: async text => {
    const file = (await writeTable({ columns: ['a', 'b'], rows: [['x', text]] }, 'csv')).toString()
    return readCsv(file).flatMap(({ cells }) => cells)
  },
  xlsx: async text => {
    const sheet = await readSheet(await writeTable({ columns: ['a', 'b'], rows: [['x', text]] }, 'xlsx'))
    return sheet.flat().map(cell => String(cell ?? ''))
  },
  log: text => {
    const lines: string[] = []
    openLog('debug', { write: line => lines.push(line) }).warn('a fault', {
      code: text,
      kind: text,
      office: text,
    })
    return lines.map(line => JSON.stringify(JSON.parse(line)))
  },
  terminal: text => [shown(text), shownLine(text)],
}

/** The same without anybody who cleans, as a control. */
export function asItCame(text: string): string[] {
  return [text, `<p>${text}</p>`]
}
