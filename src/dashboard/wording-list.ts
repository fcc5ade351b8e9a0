import { html } from 'hono/html'
import { OF_HOUSE, standingOf } from '../offices/wording.ts'
import type { Html } from '../portal/look/frame.ts'
import { type WordingRow, wordingsOf } from '../records/wordings.ts'
import type { Seat } from './door.ts'
import { sentence } from './flow-page.ts'
import { deskPage, linkTo } from './page.ts'
import { languageIn } from './wording-page.ts'

/** What waits for agreement, and what was agreed to, with how it stands to the files. */
export async function showWordings(seat: Seat, wrong?: string): Promise<Response> {
  const { t, door, house, c } = seat
  const rows = await wordingsOf(door.db.pool, house.office.id)
  const waiting = rows.filter(({ status }) => status === 'waiting')
  const agreed = rows.filter(({ status }) => status === 'agreed')
  const done = c.req.query('done')
  return deskPage(
    seat,
    {
      title: t('Kalimat kantor', "The office's sentences"),
      said:
        wrong !== undefined
          ? { text: wrong, good: false }
          : done === undefined
            ? undefined
            : { text: DONE(seat), good: true },
      body: html`<p class="quiet">${t(
        'Usulkan kalimat dari halaman alurnya. Yang disetujui berlaku dalam sepuluh detik; berkas alur tidak diubah.',
        'Propose a sentence from the page of its flow. What is agreed to counts within ten seconds; the flow files stay as they are.',
      )} <a href="${linkTo(seat, '/flows')}">${t('Alur', 'Flows')}</a> · <a href="${linkTo(seat, '/wordings/house')}">${t('Kalimat umum', 'Common sentences')}</a></p>
<h2>${t('Menunggu persetujuan', 'Waiting for agreement')}</h2>${waiting.length === 0 ? html`<p>${t('Tidak ada.', 'None.')}</p>` : waiting.map(row => waitingCard(seat, row))}
<h2>${t('Disetujui', 'Agreed to')}</h2>${
        agreed.length === 0
          ? html`<p>${t('Tidak ada; semua kalimat dari berkas.', 'None; every sentence is from the files.')}</p>`
          : html`<p><a href="${linkTo(seat, '/wordings/patch.yaml')}">${t('Unduh untuk berkas alur (YAML)', 'Download for the flow files (YAML)')}</a></p>${agreed.map(row => agreedCard(seat, row))}`
      }`,
    },
    wrong === undefined ? 200 : 422,
  )
}

const DONE = ({ t }: Seat) => t('Tersimpan.', 'Saved.')

function heading(seat: Seat, { flow, place, language, writer, agreedBy }: WordingRow): Html {
  const { t } = seat
  const href = linkTo(seat, flow === OF_HOUSE ? '/wordings/house' : `/flows/${flow}`)
  return html`<p class="small"><a href="${href}">${flow}</a> · ${place} · ${languageIn(seat, language)} <span class="quiet">· ${writer}${agreedBy === null ? '' : t(`, disetujui ${agreedBy}`, `, agreed by ${agreedBy}`)}</span></p>`
}

function change({ t }: Seat, { replaces, words, language }: WordingRow): Html {
  return html`<dl class="facts"><dt>${t('Di berkas', 'In the file')}</dt><dd lang="${language}" class="words">${replaces}</dd><dt>${t('Usulan', 'Proposed')}</dt><dd lang="${language}" class="words"><b>${words}</b></dd></dl>`
}

/** How it stands to what the files say now. */
function standsTo({ door, house }: Seat, row: WordingRow): ReturnType<typeof standingOf> {
  return standingOf((door.flows.filed(house.office.id) ?? house).book, row)
}

const STANDS = {
  counts: { class: 'good', id: 'berlaku', en: 'counts' },
  filed: { class: 'soon', id: 'sudah ada di berkas', en: 'in the file by now' },
  outdated: {
    class: 'late',
    id: 'usang: berkasnya berubah, dan berkas yang berlaku',
    en: 'outdated: the file has changed, and counts',
  },
} as const

function tag(seat: Seat, row: WordingRow): Html {
  const { class: look, ...words } = STANDS[standsTo(seat, row)]
  return html`<span class="tag ${look}">${words[seat.language]}</span>`
}

function waitingCard(seat: Seat, row: WordingRow): Html {
  const { t, member } = seat
  const isOwn = row.writtenBy === member.id
  const flow = row.flow === OF_HOUSE ? 'menu' : row.flow
  return html`<article>${heading(seat, row)}${standsTo(seat, row) === 'counts' ? '' : tag(seat, row)}${change(seat, row)}
<form method="post" action="${linkTo(seat, `/wordings/${row.id}`)}" class="row">${
    isOwn
      ? html`<span class="small quiet">${t('Orang lain yang menyetujui tulisan Anda.', 'Somebody else agrees to what you wrote.')}</span>`
      : member.duties.includes('approver')
        ? html`<button name="do" value="agree">${t('Setujui', 'Agree')}</button>`
        : ''
  }<button name="do" value="drop" class="second">${t('Buang', 'Drop')}</button><a href="${linkTo(seat, `/flows/${flow}/try?with=${row.id}&speaks=${row.language}`)}">${t('Coba dengan kalimat ini', 'Try with this sentence')}</a></form></article>`
}

function agreedCard(seat: Seat, row: WordingRow): Html {
  const { t, member } = seat
  return html`<article>${heading(seat, row)}<p>${tag(seat, row)}</p>${change(seat, row)}${
    member.duties.includes('approver')
      ? html`<form method="post" action="${linkTo(seat, `/wordings/${row.id}`)}"><button name="do" value="revoke" class="second">${t('Cabut: pakai kalimat berkas', 'Take back: use the file’s sentence')}</button></form>`
      : ''
  }</article>`
}

/** Sentences that belong to no single flow. */
export function showHouse(seat: Seat): Response | Promise<Response> {
  const { t, house } = seat
  return deskPage(seat, {
    title: t('Kalimat umum', 'Common sentences'),
    body: html`<p class="quiet">${t('Dipakai di semua alur.', 'Said in every flow.')}</p>
<table class="stack"><tbody>${Object.keys(house.book.house.phrases).map(name => html`<tr><td><b>${name}</b>${sentence(seat, OF_HOUSE, `phrases.${name}`)}</td></tr>`)}</tbody></table>`,
  })
}
