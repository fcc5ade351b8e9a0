import type { Context } from 'hono'
import { html } from 'hono/html'
import { findAgenda, showAgenda } from '../../actions/find-agenda.ts'
import { findVacancies } from '../../actions/find-vacancies.ts'
import { selectionStages } from '../../actions/selection-stages.ts'
import { showVacancy } from '../../actions/show-vacancy.ts'
import type { House } from '../../offices/house.ts'
import type { Html } from '../look/frame.ts'
import type { Tongue } from '../look/tongue.ts'
import { asked } from './asked.ts'
import { housePage } from './house-page.ts'
import type { PublicDoor } from './public-door.ts'
import { numbered, told } from './told.ts'

/** As much as a message may hold of a wish. */
const WISH_MAX = 300

type Page = (c: Context, tongue: Tongue, house: House) => Promise<Response>

/** Vacancies, selections and what takes place, for everybody: what the chat says of them, to be read without it. */
export function listingPages(
  door: PublicDoor,
): Record<'vacancies' | 'vacancy' | 'stages' | 'agenda' | 'item', Page> {
  return {
    async vacancies(c, tongue, house) {
      const { t } = tongue
      const text = wishIn(c, 'text')
      const page = c.req.query('page') ?? ''
      const { text: said, options, next } = await asked(door, house, tongue, findVacancies, { text, page })
      const here = `/${house.office.id}/vacancies`
      const more = new URLSearchParams({ text, page: next })
      return housePage(c, tongue, house.office, {
        title: t('Lowongan', 'Vacancies'),
        body: html`${notice(house, tongue)}
${search(tongue, { name: 'text', value: text, label: t('Pendidikan, jurusan, usia, jenis, atau jabatan', 'Education, field, age, kind or position') })}
${said === '' ? html`<p>${t('Saat ini tidak ada lowongan terbuka yang tercatat pada kami.', 'We have no open vacancy on record now.')}</p>` : numbered(said, options, id => ({ href: `${here}/${encodeURIComponent(id)}`, says: t('Selengkapnya', 'All of it') }))}
${next === '' ? '' : html`<p><a href="${here}?${more}">${t('Berikutnya', 'More')}</a></p>`}${openData(house, tongue, 'vacancies')}`,
      })
    },

    async vacancy(c, tongue, house) {
      const { text } = await asked(door, house, tongue, showVacancy, { vacancy: c.req.param('id') ?? '' })
      return one(c, tongue, house, { text, back: 'vacancies', isOfWork: true })
    },

    async stages(c, tongue, house) {
      const { t } = tongue
      const { text, options } = await asked(door, house, tongue, selectionStages, {
        round: wishIn(c, 'round'),
      })
      const rounds = Object.entries(options)
      return housePage(c, tongue, house.office, {
        title: t('Tahapan seleksi', 'Selection stages'),
        body: html`${notice(house, tongue)}${
          rounds.length < 2
            ? ''
            : html`<ul>${rounds.map(([id, name]) => html`<li><a href="?round=${encodeURIComponent(id)}">${name}</a></li>`)}</ul>`
        }${text === '' ? (rounds.length === 0 ? html`<p>${t('Belum ada seleksi yang tercatat pada kami.', 'We have no selection on record.')}</p>` : '') : html`<article>${told(text)}</article>`}`,
      })
    },

    async agenda(c, tongue, house) {
      const { t } = tongue
      const place = wishIn(c, 'place')
      const { text, options } = await asked(door, house, tongue, findAgenda, { place })
      const here = `/${house.office.id}/agenda`
      return housePage(c, tongue, house.office, {
        title: t('Agenda', 'Agenda'),
        body: html`${search(tongue, { name: 'place', value: place, label: t('Kecamatan atau nama kegiatan', 'District or name of an event') })}
${text === '' ? html`<p>${t('Tidak ada agenda yang tercatat untuk dua bulan ke depan.', 'Nothing is on record for the next two months.')}</p>` : numbered(text, options, id => ({ href: `${here}/${encodeURIComponent(id)}`, says: t('Selengkapnya', 'All of it') }))}${openData(house, tongue, 'agenda')}`,
      })
    },

    async item(c, tongue, house) {
      const { text } = await asked(door, house, tongue, showAgenda, { item: c.req.param('id') ?? '' })
      return one(c, tongue, house, { text, back: 'agenda', isOfWork: false })
    },
  }
}

/** One listing whole, or that it is no longer there. */
function one(
  c: Context,
  tongue: Tongue,
  house: House,
  { text, back, isOfWork }: { text: string; back: 'vacancies' | 'agenda'; isOfWork: boolean },
): Response | Promise<Response> {
  const { t } = tongue
  const isGone = text === ''
  const title = back === 'vacancies' ? t('Lowongan', 'Vacancy') : t('Agenda', 'Agenda')
  const body = html`${isOfWork ? notice(house, tongue) : ''}
<article>${isGone ? html`<p role="status">${t('Tidak ada lagi, atau belum pernah ada.', 'It is no longer here, or never was.')}</p>` : told(text)}</article>
<p><a href="/${house.office.id}/${back}">${t('Kembali ke daftar', 'Back to the list')}</a> · <a href="/${house.office.id}">${t('Tanya atau minta diingatkan di percakapan', 'Ask, or be reminded, in the chat')}</a></p>`
  return housePage(c, tongue, house.office, { title, body }, isGone ? 404 : 200)
}

function openData({ office }: House, { t }: Tongue, kind: 'vacancies' | 'agenda'): Html {
  const here = `/${office.id}/data/${kind}`
  return html`<p>${t('Data terbuka', 'Open data')}: <a href="${here}.csv">CSV</a> · <a href="${here}.json">JSON</a></p>`
}

function wishIn(c: Context, name: string): string {
  return (c.req.query(name) ?? '').slice(0, WISH_MAX)
}

function search({ t }: Tongue, field: { name: string; value: string; label: string }): Html {
  return html`<form method="get"><label>${field.label}
<input name="${field.name}" type="search" maxlength="${WISH_MAX}" value="${field.value}"></label><button>${t('Cari', 'Search')}</button></form>`
}

/** The house's warning against fraud. */
function notice({ book }: House, { language }: Tongue): Html {
  const words = book.house.phrases.recruitment_notice
  return words === undefined ? html`` : html`<p class="said-so">${words[language] ?? words.id}</p>`
}
