import { html } from 'hono/html'
import { TOLD_PARTS } from '../desk/listing-words.ts'
import { AGENDA_COLUMNS } from '../exchange/agenda-row.ts'
import { ARTICLE_COLUMNS } from '../exchange/articles.ts'
import type { Notes } from '../exchange/faulty-table.ts'
import type { Reviewed } from '../exchange/reviewed.ts'
import type { Note } from '../exchange/row-reader.ts'
import { spokenFault } from '../exchange/spoken-fault.ts'
import { ROUND_COLUMNS } from '../exchange/stage-row.ts'
import { VACANCY_COLUMNS } from '../exchange/vacancy-row.ts'
import type { Html } from '../portal/look/frame.ts'
import { dropUpload, keepUpload, uploadOf } from '../records/uploads.ts'
import type { DeskRoute, Seat } from './door.ts'
import { deskPage, linkTo } from './page.ts'
import { CONTENT } from './rights.ts'
import { IMPORT_KINDS, type ImportKind, type Took, takeTable } from './take-table.ts'

/** Tables brought in on a page: looked at first, then taken in whole, and shown to citizens once somebody else has agreed. */
export const IMPORT: DeskRoute[] = [
  { method: 'get', path: '/import', for: CONTENT.writes, answer: seat => importPage(seat) },
  { method: 'post', path: '/import', for: CONTENT.writes, takesFile: true, answer: look },
  { method: 'post', path: '/import/confirm', for: CONTENT.writes, answer: confirm },
]

/** Of a table that may be some thousand rows; more comes in by the command or the door for other systems. */
const MOST_BYTES = 8 * 1024 * 1024

const KINDS: Record<ImportKind, { id: string; en: string; path: string; columns: readonly string[] }> = {
  vacancies: { id: 'Lowongan', en: 'Vacancies', path: '/vacancies', columns: VACANCY_COLUMNS },
  agenda: { id: 'Agenda', en: 'Agenda', path: '/agenda', columns: AGENDA_COLUMNS },
  rounds: { id: 'Tahapan seleksi', en: 'Selection stages', path: '/stages', columns: ROUND_COLUMNS },
  articles: { id: 'Artikel', en: 'Articles', path: '/knowledge', columns: ARTICLE_COLUMNS },
}

type Said = { text: string; good: boolean }

function importPage(seat: Seat, said?: Said, more: Html | string = ''): Response | Promise<Response> {
  const { t, c, form, language } = seat
  const kind = kindIn(form.of('kind') || (c.req.query('kind') ?? ''))
  return deskPage(
    seat,
    {
      title: t('Impor tabel', 'Import a table'),
      said,
      body: html`${more}<article><form method="post" action="${linkTo(seat, '/import')}" enctype="multipart/form-data">
<label>${t('Isi tabel', 'What is in it')}<select name="kind">${IMPORT_KINDS.map(one => html`<option value="${one}"${one === kind ? html` selected` : ''}>${KINDS[one][language]}</option>`)}</select></label>
<label>${t('Berkas CSV (UTF-8) atau XLSX, paling besar 8 MB', 'A CSV (UTF-8) or XLSX file, 8 MB at most')}<input type="file" name="file" required accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"></label>
<p class="small quiet">${t('Langkah ini hanya memeriksa: Anda melihat dahulu apa yang akan berubah.', 'This step only looks: you see first what would change.')}</p>
<button>${t('Periksa', 'Look')}</button></form></article>
<details><summary>${t('Kolom yang dikenal', 'Columns there are')}</summary>${IMPORT_KINDS.map(one => html`<p class="small"><b>${KINDS[one][language]}</b>: ${KINDS[one].columns.join(', ')}</p>`)}</details>`,
    },
    said === undefined || said.good ? 200 : 422,
  )
}

function kindIn(text: string): ImportKind {
  return IMPORT_KINDS.find(one => one === text) ?? 'vacancies'
}

/** Says what a table would do, and keeps it for whoever sent it to confirm. */
async function look(seat: Seat): Promise<Response> {
  const { t, form, door, house, member } = seat
  const kind = kindIn(form.of('kind'))
  const file = form.file('file')
  if (file === undefined)
    return importPage(seat, { text: t('Pilih berkasnya dahulu.', 'Choose a file first.'), good: false })
  if (file.size > MOST_BYTES)
    return importPage(seat, {
      text: t(
        'Berkas lebih dari 8 MB. Bagi menjadi beberapa berkas.',
        'More than 8 MB. Make several files of it.',
      ),
      good: false,
    })
  const bytes = new Uint8Array(await file.arrayBuffer())
  const took = await takeTable(seat, { kind, bytes, writes: false })
  if (took.is !== 'taken') return refused(seat, took)
  const { found } = took
  if (found.fresh + found.changed === 0)
    return importPage(
      seat,
      {
        text: t(
          `Tidak ada yang perlu diubah: ${found.same} baris sudah seperti itu.`,
          `Nothing to change: ${found.same} rows are so already.`,
        ),
        good: true,
      },
      warned(seat, took.warnings),
    )
  const id = await keepUpload(door.db.pool, door.room.sealing, {
    office: house.office.id,
    by: member.id,
    kind,
    bytes,
  })
  return preview(seat, { kind, id, found, warnings: took.warnings })
}

type Preview = { kind: ImportKind; id: string; found: Reviewed; warnings: Notes }

function preview(seat: Seat, { kind, id, found, warnings }: Preview): Response | Promise<Response> {
  const { t, language } = seat
  const tile = (count: number, words: string) => html`<div class="tile"><b>${count}</b>${words}</div>`
  return deskPage(seat, {
    title: t(`Impor ${KINDS[kind].id}: pratinjau`, `Import of ${KINDS[kind].en}: preview`),
    body: html`<div class="tiles">${tile(found.fresh, t('baru', 'new'))}${tile(found.changed, t('berubah', 'changed'))}${tile(found.same, t('tetap', 'as they were'))}</div>
<article><p>${t('Belum ada yang disimpan. Sesudah Anda menyimpannya, orang lain menyetujui dahulu; yang sedang tampil tetap tampil sampai saat itu.', 'Nothing is saved yet. Once you save it somebody else approves it; what is shown now stays until then.')}</p>
<form method="post" action="${linkTo(seat, '/import/confirm')}" class="row"><input type="hidden" name="upload" value="${id}"><button>${t('Simpan semuanya', 'Save all of it')}</button><a role="button" class="second" href="${linkTo(seat, `/import?kind=${kind}`)}">${t('Jangan', 'Do not')}</a></form></article>
${warned(seat, warnings)}
<div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>${t('Kode', 'Code')}</th><th>${t('Nama', 'Name')}</th><th>${t('Apa', 'What')}</th><th>${t('Yang berubah', 'What changes')}</th></tr></thead><tbody>
${found.rows.map(
  row =>
    html`<tr><td class="code">${row.id}</td><td>${row.title}</td><td>${row.is === 'fresh' ? t('baru', 'new') : t('berubah', 'changed')}${row.is === 'changed' && row.waits ? html`<br><span class="small quiet">${t('yang tampil tetap', 'what is shown stays')}</span>` : ''}</td><td class="small">${row.parts.map(part => partName(seat, kind, part)).join(', ')}</td></tr>`,
)}</tbody></table></div>
${found.fresh + found.changed > found.rows.length ? html`<p class="small quiet">${t(`${found.rows.length} yang pertama.`, `The first ${found.rows.length}.`)}</p>` : ''}
<p class="small quiet" lang="${language}">${t('Tersimpan sementara selama satu jam.', 'Kept for an hour.')}</p>`,
  })
}

function partName({ language }: Seat, kind: ImportKind, part: string): string {
  const told = {
    vacancies: TOLD_PARTS.vacancy,
    agenda: TOLD_PARTS.agenda,
    rounds: TOLD_PARTS.stage,
    articles: {},
  }[kind]
  return (told as (typeof TOLD_PARTS)['agenda'])[part]?.[language] ?? part
}

/** Takes in what was looked at: all of it or nothing. Pressed twice, nothing more changes. */
async function confirm(seat: Seat): Promise<Response> {
  const { t, form, door, house, member } = seat
  const { pool } = door.db
  const id = form.of('upload')
  const upload = await uploadOf(pool, door.room.sealing, { office: house.office.id, by: member.id, id })
  if (upload === undefined)
    return importPage(seat, {
      text: t(
        'Berkas ini sudah disimpan, atau sudah lebih dari satu jam. Pilih lagi.',
        'This was saved, or is older than an hour. Choose it again.',
      ),
      good: false,
    })
  const kind = kindIn(upload.kind)
  const took = await takeTable(seat, { kind, bytes: upload.bytes, writes: true })
  if (took.is !== 'taken') return refused(seat, took)
  await dropUpload(pool, id)
  const { fresh, changed, same } = took.found
  const text = t(
    `Tersimpan: ${fresh} baru, ${changed} berubah, ${same} tetap. Berikutnya orang lain yang menyetujui.`,
    `Saved: ${fresh} new, ${changed} changed, ${same} as they were. Next, somebody else approves.`,
  )
  const next = html`<p><a role="button" href="${linkTo(seat, `${KINDS[kind].path}${kind === 'articles' ? '' : '?scope=waiting'}`)}">${t('Ke yang menunggu persetujuan', 'To what waits for approval')}</a></p>`
  return importPage(seat, { text, good: true }, next)
}

function refused(seat: Seat, took: Exclude<Took, { is: 'taken' }>): Response | Promise<Response> {
  const { t, language } = seat
  if (took.is === 'refused') {
    const why = spokenFault(took.what, language)
    return importPage(seat, {
      text: t(`Tidak ada yang disimpan. ${why}`, `Nothing was saved. ${why}`),
      good: false,
    })
  }
  const text = t(
    `Tidak ada yang disimpan: ${took.count} kesalahan. Perbaiki di berkasnya, lalu pilih lagi.`,
    `Nothing was saved: ${took.count} faults. Mend them in the file, then choose it again.`,
  )
  return importPage(
    seat,
    { text, good: false },
    notesTable(seat, t('Yang perlu diperbaiki', 'What to mend'), took.notes),
  )
}

function warned(seat: Seat, warnings: Notes): Html | string {
  if (warnings.count === 0) return ''
  return notesTable(
    seat,
    seat.t('Mohon dilihat, tidak menghalangi', 'Please look; nothing is stopped by it'),
    warnings.first,
  )
}

function notesTable({ t, language }: Seat, heading: string, notes: readonly Note[]): Html {
  return html`<article><h2>${heading}</h2><div class="scroll" tabindex="0"><table><thead><tr><th class="number">${t('Baris', 'Row')}</th><th>${t('Kolom', 'Column')}</th><th>${t('Apa', 'What')}</th></tr></thead><tbody>
${notes.map(({ row, column, what }) => html`<tr><td class="number">${row}</td><td class="code">${column}</td><td><bdi>${spokenFault(what, language)}</bdi></td></tr>`)}</tbody></table></div></article>`
}
