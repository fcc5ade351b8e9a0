import { html } from 'hono/html'
import { localTime } from '../lib/local-time.ts'
import { type Html, shownPage } from '../portal/look/frame.ts'
import { SHEET_STYLE } from '../portal/surveys/survey-door.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { addPoint, closePoint, type Point, pointCalled, pointsOf } from '../surveys/points.ts'
import { linksOf, sheetPage } from '../surveys/sheet.ts'
import type { DeskRoute, Seat } from './door.ts'
import { deskPage, goTo, linkTo } from './page.ts'
import { CONTENT, hasAny } from './rights.ts'

/** The counters where visitors are asked, each with a code and a sheet for the wall. */
export const POINTS: DeskRoute[] = [
  { method: 'get', path: '/points', for: CONTENT.seesSurveys, answer: seat => showPoints(seat) },
  { method: 'post', path: '/points', for: CONTENT.answersForSurveys, answer: add },
  { method: 'get', path: '/points/:id/sheet', for: CONTENT.seesSurveys, answer: showSheet },
  { method: 'post', path: '/points/:id/close', for: CONTENT.answersForSurveys, answer: close },
]

/** The national survey: the one a counter mostly asks. */
const USUAL = 'skm'
/** Answers a counter takes a day, unless the office says otherwise. */
const PER_DAY = '200'

async function showPoints(seat: Seat, wrong?: string): Promise<Response> {
  const { t, door, house, c, member } = seat
  const points = await pointsOf(door.db.pool, house.office.id)
  const done = c.req.query('done') === undefined ? undefined : { text: t('Tersimpan.', 'Saved.'), good: true }
  const keeps = hasAny(member, CONTENT.answersForSurveys)
  return deskPage(
    seat,
    {
      title: t('Titik layanan', 'Service points'),
      said: wrong === undefined ? done : { text: wrong, good: false },
      body: html`<p class="quiet">${t('Setiap loket mempunyai kode pada lembar di dindingnya. Warga memindainya atau mengetik kodenya untuk mengisi survei.', 'Each counter has a code on a sheet on its wall. Citizens scan it, or type the code, to answer the survey.')}</p>
${points.length === 0 ? html`<p>${t('Belum ada.', 'None yet.')}</p>` : points.map(point => card(seat, point, keeps))}
${keeps ? addForm(seat) : ''}`,
    },
    wrong === undefined ? 200 : 422,
  )
}

function card(
  seat: Seat,
  { code, unit, services, survey, per_day, closed_on: closed }: Point,
  keeps: boolean,
): Html {
  const { t } = seat
  const action = linkTo(seat, `/points/${code}`)
  const field = (name: string, label: string, hint: string) =>
    html`<label class="grow">${label}<input name="${name}" maxlength="60" placeholder="${hint}"></label>`
  return html`<article><h2>${unit} <span class="code">${code}</span> ${closed === null ? '' : html`<span class="tag">${t(`ditutup ${closed}`, `closed ${closed}`)}</span>`}</h2>
<p class="small quiet">${services.join(', ')} · ${survey} · ${t(`paling banyak ${per_day} jawaban sehari`, `${per_day} answers a day at most`)}</p>
${
  closed === null
    ? html`<details><summary>${t('Lembar QR untuk dicetak', 'QR sheet to be printed')}</summary><form method="get" action="${action}/sheet" class="row">${field('telegram', t('Nama bot Telegram', 'Name of the Telegram bot'), 'nama_bot')}${field('whatsapp', t('Nomor WhatsApp kantor', 'WhatsApp number of the office'), '628…')}<button class="second">${t('Buka lembar', 'Open the sheet')}</button></form></details>${keeps ? html`<form method="post" action="${action}/close"><button class="second">${t('Tutup titik ini', 'Close this point')}</button></form>` : ''}`
    : ''
}</article>`
}

function addForm(seat: Seat): Html {
  const { t, form, house, language } = seat
  const surveys = Object.values(house.surveys)
  return html`<article><h2>${t('Tambah titik layanan', 'Add a service point')}</h2><form method="post" action="${linkTo(seat, '/points')}">
<label>${t('Nama loket atau unit', 'Name of the counter or unit')}<input name="unit" required maxlength="100" value="${form.of('unit')}"></label>
<label>${t('Jenis pelayanan, satu per baris', 'Services, one a line')}<textarea name="services" rows="3" required maxlength="1000">${form.of('services')}</textarea></label>
<div class="row"><label>${t('Survei', 'Survey')}<select name="survey">${surveys.map(({ survey, title }) => html`<option value="${survey}"${(form.of('survey') || USUAL) === survey ? html` selected` : ''}>${title[language] ?? title.id}</option>`)}</select></label>
<label>${t('Jawaban sehari, paling banyak', 'Answers a day at most')}<input name="perDay" inputmode="numeric" pattern="[0-9]{1,5}" value="${form.of('perDay') || PER_DAY}"></label></div><button>${t('Tambah', 'Add')}</button></form></article>`
}

async function add(seat: Seat): Promise<Response> {
  const { t, door, house, member, form } = seat
  const unit = form.of('unit').slice(0, 100)
  const services = form
    .of('services')
    .split('\n')
    .flatMap(one => one.trim().slice(0, 100) || [])
  const survey = form.of('survey')
  const perDay = Number(form.of('perDay') || PER_DAY)
  if (
    unit === '' ||
    services.length === 0 ||
    !Object.hasOwn(house.surveys, survey) ||
    !(perDay >= 1 && perDay <= 99_999)
  )
    return showPoints(
      seat,
      t(
        'Isi nama, jenis pelayanan, survei, dan angkanya.',
        'Give a name, services, the survey and the number.',
      ),
    )
  const office = house.office.id
  await transaction(door.db, async client => {
    const code = await addPoint(client, { office, survey, unit, services, perDay: Math.floor(perDay) })
    await note(
      client,
      door.room.sealing,
      { office, actor: member.id, action: 'point_added', subject: code },
      door.now(),
    )
  })
  return goTo(seat, '/points?done=yes')
}

async function close(seat: Seat): Promise<Response> {
  const { door, house, member, c } = seat
  const { id: office, zone } = house.office
  const code = c.req.param('id') ?? ''
  const at = door.now()
  await transaction(door.db, async client => {
    if (!(await closePoint(client, office, code, localTime(zone, at).slice(0, 10)))) return
    await note(
      client,
      door.room.sealing,
      { office, actor: member.id, action: 'point_closed', subject: code },
      at,
    )
  })
  return goTo(seat, '/points?done=yes')
}

/** A sheet for the wall: by itself, as it is printed. */
async function showSheet(seat: Seat): Promise<Response> {
  const { t, c, door, house } = seat
  const point = await pointCalled(door.db.pool, house.office.id, c.req.param('id') ?? '')
  const instrument = point && house.surveys[point.survey]
  if (point === undefined || instrument === undefined)
    return deskPage(
      seat,
      {
        title: t('Titik layanan tidak ada', 'No such service point'),
        body: html`<p><a href="${linkTo(seat, '/points')}">${t('Ke daftar', 'To the list')}</a></p>`,
      },
      404,
    )
  const given = (name: string) => c.req.query(name)?.trim().slice(0, 60) || undefined
  const reached = { telegram: given('telegram'), whatsapp: given('whatsapp') }
  const links = linksOf(point, instrument, reached)
  const sheet = await sheetPage(point, instrument, house.office.name, links, SHEET_STYLE)
  return c.html(await shownPage(sheet))
}
