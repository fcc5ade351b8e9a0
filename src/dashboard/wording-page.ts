import { html } from 'hono/html'
import { filedSentence } from '../offices/lint-wording.ts'
import { isWordable, OF_HOUSE, wordsAt } from '../offices/wording.ts'
import type { Html } from '../portal/look/frame.ts'
import { type WordingRow, wordingsOf } from '../records/wordings.ts'
import type { Seat } from './door.ts'
import { inTongue } from './flow-words.ts'
import { deskPage, linkTo } from './page.ts'

export type At = { flow: string; place: string }

/** The place an address names, when a sentence of it may be changed here. */
export function placeAsked(seat: Seat): At | undefined {
  const { c, house } = seat
  const at = { flow: c.req.param('flow') ?? '', place: c.req.param('place') ?? '' }
  const filed = seat.door.flows.filed(house.office.id)
  return filed !== undefined && isWordable(house, at.flow) && wordsAt(filed.book, at) !== undefined
    ? at
    : undefined
}

const LANGUAGES: Record<string, { id: string; en: string }> = {
  id: { id: 'Bahasa Indonesia', en: 'Indonesian' },
  en: { id: 'Bahasa Inggris', en: 'English' },
}

export function languageIn(seat: Seat, language: string): string {
  return LANGUAGES[language]?.[seat.language] ?? language
}

/** A form for another sentence in each language of the office; `given` is what was typed and refused. */
export async function wordingPage(
  seat: Seat,
  wrong?: { text: string; given: Record<string, string> },
): Promise<Response> {
  const { t, door, house } = seat
  const at = placeAsked(seat)
  const filed = door.flows.filed(house.office.id)
  if (at === undefined || filed === undefined) return noSuchPlace(seat)
  const rows = (await wordingsOf(door.db.pool, house.office.id)).filter(
    row => row.flow === at.flow && row.place === at.place,
  )
  const spoken = house.office.languages.filter(
    one => filedSentence(filed, { ...at, language: one }) !== undefined,
  )
  return deskPage(
    seat,
    {
      title: t('Usulkan kalimat lain', 'Propose another sentence'),
      said: wrong === undefined ? undefined : { text: wrong.text, good: false },
      body: html`<p class="small"><a href="${linkTo(seat, at.flow === OF_HOUSE ? '/wordings/house' : `/flows/${at.flow}`)}">${at.flow}</a> · ${at.place}</p>
<form method="post" action="${linkTo(seat, `/wordings/${at.flow}/${at.place}`)}">${spoken.map(language => field(seat, at, language, wrong?.given[language], rows))}
<p class="small quiet">${t(
        'Yang di antara {{…}} diisi sistem; biarkan tertulis. Kalimat berlaku sesudah orang lain menyetujui, untuk percakapan yang dimulai sesudahnya.',
        'What stands between {{…}} is filled in by the system; leave it there. A sentence counts once somebody else has agreed, for conversations that begin after that.',
      )}</p><button>${t('Usulkan', 'Propose')}</button></form>`,
    },
    wrong === undefined ? 200 : 422,
  )
}

function field(seat: Seat, at: At, language: string, given: string | undefined, rows: WordingRow[]): Html {
  const { house, t, door } = seat
  const filed = door.flows.filed(house.office.id)
  const original = filed === undefined ? '' : (filedSentence(filed, { ...at, language }) ?? '')
  const waits = rows.find(row => row.language === language && row.status === 'waiting')
  const said = wordsAt(house.book, at)
  const now = said === undefined ? original : inTongue(said, language)
  const lines = Math.min(14, Math.max(2, original.split('\n').length + 1))
  return html`<label lang="${language}">${languageIn(seat, language)}<textarea name="${language}" rows="${lines}" maxlength="3500">${given ?? waits?.words ?? now}</textarea></label>
${now === original ? '' : html`<p class="small quiet">${t('Di berkas', 'In the file')}: ${original}</p>`}`
}

export function noSuchPlace(seat: Seat): Response | Promise<Response> {
  const { t } = seat
  return deskPage(
    seat,
    {
      title: t('Kalimat itu tidak ada', 'There is no such sentence'),
      body: html`<p>${t(
        'Kalimat ini tidak ada, atau bukan kantor yang menetapkannya (survei).',
        'There is no such sentence, or it is not the office’s to set (surveys).',
      )} <a href="${linkTo(seat, '/flows')}">${t('Ke daftar alur', 'To the list of flows')}</a></p>`,
    },
    404,
  )
}
