import { join } from 'node:path'
import { readConfig } from '../../../src/config.ts'
import { educationOf } from '../../../src/education-file.ts'
import { readAgendaItem } from '../../../src/exchange/agenda-row.ts'
import { readMoment, readZone } from '../../../src/exchange/read-moment.ts'
import { type Note, RowReader } from '../../../src/exchange/row-reader.ts'
import { rowsInFile } from '../../../src/exchange/rows-in-file.ts'
import { readStage } from '../../../src/exchange/stage-row.ts'
import { readVacancy } from '../../../src/exchange/vacancy-row.ts'
import { createCsvReader, readCsv } from '../../../src/lib/csv.ts'
import { Refusal } from '../../../src/lib/refusal.ts'
import { requirementReader } from '../../../src/vacancies/read-education.ts'
import { storedZip } from '../../helpers/stored-zip.ts'
import type { Target } from './engine.ts'
import { momentsIn, must, mustBeBounded, mustBeMoment } from './must.ts'
import { withFiles } from './scratch.ts'

const requirementOf = requirementReader(educationOf('flows'))
const VACANCY = `kode=v1\njabatan=Analis Hukum\nunit_kerja=Bagian Hukum\njenis=cpns\npendidikan=S-1 Hukum; D-3 Kebidanan\njumlah=2\nusia_maks=35\ngaji_min=Rp5.000.000\nbuka=2026-11-01 08.00\ntutup=10 Desember 2026 pukul 23.59 WITA\ncara_daftar=SSCASN\nsumber=Pengumuman\ndibaca=2026-11-20`
const AGENDA = `kode=a1\njenis=pelatihan\njudul=Pelatihan\ntempat=Aula\nlintang=3.5\nbujur=98.6\nmulai=2026-11-25 09:00\nselesai=2026-11-25 12.00\nkuota=20\nisian=nama: Siapa?\nsumber=Surat\ndibaca=2026-11-20`
const STAGE = `kode=s1\nseleksi=cpns-2026\nnama_seleksi=CPNS 2026\njenis=cpns\ntahun=2026\nurutan=2\ntahap=pendaftaran\nnama=Pendaftaran\nmulai=2026-11-01\nselesai=2026-12-10\nyang_dilakukan=Daftar\nsumber=Surat\ndibaca=2026-11-20`
const SHEET =
  '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>a&amp;b</t></is></c></row><row r="3"><c r="B3" s="1"><v>46000.5</v></c><c r="C3"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>'

/** Reads each line `column=cell` of a text as one row of a table. */
function rowOf(text: string): { row: RowReader; notes: Note[] } {
  const cells = new Map(
    text
      .split('\n')
      .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
  )
  const notes: Note[] = []
  return {
    row: new RowReader(2, cells, {
      zone: 'Asia/Jakarta',
      today: '2026-11-22',
      faults: notes,
      warnings: notes,
    }),
    notes,
  }
}

/** A row is read whole, or what is wrong with it is told. */
function readsRow(text: string, read: (row: RowReader) => unknown): void {
  const { row, notes } = rowOf(text)
  const found = read(row)
  for (const at of momentsIn(found)) mustBeMoment(at)
  mustBeBounded([found, notes], text, 12)
}

/** What reads tables, spreadsheets, and settings. What cannot be read is told as a Refusal, or in a list. */
export const READ_FILES: Readonly<Record<string, Target>> = {
  csv: {
    seeds: ['a,b\n1,"x ""y"""\n', 'a;b\r\n1;2,5\r\n', '"a\nb",c', "'=1+1,b\n"],
    run(text) {
      let whole: ReturnType<typeof readCsv>
      try {
        whole = readCsv(text)
      } catch (error) {
        must(error instanceof Error && /quote|kutip/i.test(error.message), `cannot be read: ${error}`)
        return
      }
      // Piece by piece it is the same table.
      const reader = createCsvReader()
      const half = Math.floor(text.length / 2)
      const rows = [
        ...reader.push(text.slice(0, half)),
        ...reader.push(text.slice(half)),
        ...reader.end().rows,
      ]
      must(JSON.stringify(rows) === JSON.stringify(whole), 'is another table in two pieces')
      mustBeBounded(whole, text, 20)
    },
  },
  xlsx: {
    seeds: [
      SHEET,
      `${SHEET}\f<sst><si><t>halo</t></si><si><r><t>a</t></r><r><t>b</t></r></si></sst>`,
      `${SHEET}\f\f<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    ],
    run: text => readsTable(text),
  },
  'xlsx bytes': {
    seeds: [
      storedZip({
        'xl/workbook.xml': '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        'xl/worksheets/sheet1.xml': SHEET,
      }).toString('latin1'),
    ],
    run: text => readsFile(Buffer.from(text, 'latin1'), text.length),
  },
  moment: {
    seeds: [
      '2026-12-10 23:59',
      '10/12/2026 23.59',
      '10 Desember 2026 pukul 23.59 WITA',
      '2026-12-10T23:59:00+07:00',
      '24.00',
    ],
    run(text) {
      for (const end of [true, false]) {
        const at = readMoment(text, 'Asia/Jakarta', end)
        if (at !== undefined) mustBeMoment(at)
      }
      const zone = readZone(text)
      if (zone !== undefined) new Intl.DateTimeFormat('id', { timeZone: zone })
    },
  },
  'row of vacancies': {
    seeds: [VACANCY],
    run: text => readsRow(text, row => readVacancy(row, requirementOf)),
  },
  'row of agenda': { seeds: [AGENDA], run: text => readsRow(text, readAgendaItem) },
  'row of stages': { seeds: [STAGE], run: text => readsRow(text, readStage) },
  config: {
    seeds: [
      'PORT=3000\nMODE=trial\nOFFICES=medan',
      'MODE=live\nPUBLIC_URL=https://balai.contoh.go.id\nDATABASE_URL=postgres://a:b@db/balai\nTRUSTED_PROXIES=10.0.0.0/8',
      'TELEGRAM_MEDAN=webhook\nTELEGRAM_TOKEN_MEDAN=1:abc\nTELEGRAM_SECRET_MEDAN=x',
      'MODEL=openai:x\nMODEL_BASE_URL=http://127.0.0.1/v1\nOBJECT_STORE_URL=https://s3.contoh/bucket\nBACKUP_KEEP_DAYS=35',
    ],
    run(text) {
      const env = Object.fromEntries(
        text.split('\n').map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      )
      try {
        readConfig(env)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        must(error.message.length < text.length * 8 + 8000, 'is refused at too great a length')
      }
    },
  },
}

/** A spreadsheet of these parts, divided by form feeds: sheet, shared strings, styles, workbook. */
function readsTable(text: string): Promise<void> {
  const [
    sheet = '',
    shared = '',
    styles = '',
    workbook = '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
  ] = text.split('\f')
  const whole = storedZip({
    'xl/workbook.xml': workbook,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': sheet,
    'xl/sharedStrings.xml': shared,
    'xl/styles.xml': styles,
  })
  return readsFile(whole, text.length)
}

/** A table comes of these bytes that is not much larger than they are, or a Refusal. */
function readsFile(bytes: Buffer, size: number): Promise<void> {
  return withFiles({ 'table.xlsx': bytes }, async folder => {
    let letters = 0
    for await (const { number, cells } of rowsInFile(join(folder, 'table.xlsx'))) {
      must(Number.isSafeInteger(number), 'has a row of no number')
      letters += cells.reduce((sum, cell) => sum + cell.length, 0)
    }
    must(letters <= size * 40 + 20_000, 'is larger than its file')
  })
}
