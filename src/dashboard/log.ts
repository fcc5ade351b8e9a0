import { html } from 'hono/html'
import { localTime } from '../lib/local-time.ts'
import { note } from '../records/audit.ts'
import { latestEntries } from '../records/audit-entries.ts'
import { transaction } from '../records/db.ts'
import { membersOf } from '../records/duties.ts'
import { walkChain } from '../records/walk-audit.ts'
import { actionWords } from './action-words.ts'
import type { DeskRoute, Seat } from './door.ts'
import { noteDeed } from './note-deed.ts'
import { deskPage, linkTo } from './page.ts'

/** Who did and saw what: for data protection, who in turn sees no report. */
export const LOG: DeskRoute[] = [
  { method: 'get', path: '/log', for: ['protection'], answer: showLog },
  { method: 'post', path: '/log/check', for: ['protection'], answer: checkLog },
]

const PAGE = 100

async function showLog(seat: Seat): Promise<Response> {
  const { t, door, house, c } = seat
  const { office } = house
  const subject = c.req.query('subject')?.trim().slice(0, 60)
  const before = Number(c.req.query('before') ?? '')
  const entries = await latestEntries(door.db.pool, door.room.sealing, {
    office: office.id,
    ...(subject === undefined || subject === '' ? {} : { subject }),
    ...(Number.isInteger(before) && before > 0 ? { before } : {}),
    most: PAGE,
  })
  await noteDeed(seat, 'log_seen', subject || 'all')
  const names = new Map((await membersOf(door.db.pool, office.id)).map(({ id, name }) => [id, name]))
  const last = entries.at(-1)
  const more = new URLSearchParams({ ...(subject ? { subject } : {}), before: String(last?.number ?? 0) })
  return deskPage(seat, {
    title: t('Jejak audit', 'Audit log'),
    said: saidOf(seat),
    body: html`<form class="row" method="get"><label class="grow">${t('Kode laporan', 'Ticket code')}<input name="subject" value="${subject ?? ''}" maxlength="60"></label><button class="second">${t('Cari', 'Search')}</button></form>
<form method="post" action="${linkTo(seat, '/log/check')}"><button class="second">${t('Periksa keutuhan rantai', 'Check that the chain is whole')}</button></form>
<div class="scroll" tabindex="0"><table class="stack"><thead><tr><th class="number">#</th><th>${t('Waktu', 'Time')}</th><th>${t('Siapa', 'Who')}</th><th>${t('Apa', 'What')}</th><th>${t('Mengenai', 'About')}</th><th>${t('Alasan', 'Reason')}</th></tr></thead><tbody>
${entries.map(
  one =>
    html`<tr><td class="number">${one.number}</td><td class="code">${localTime(office.zone, one.at).slice(0, 16).replace('T', ' ')}</td><td>${one.name ?? t('perintah server', 'a command on the server')}</td><td>${actionWords(one.action, seat)}</td><td class="code">${names.get(one.subject) ?? one.subject}</td><td>${one.why}</td></tr>`,
)}</tbody></table></div>
${entries.length === PAGE ? html`<p><a href="?${more.toString()}">${t('Lebih lama', 'Older')}</a></p>` : ''}`,
  })
}

function saidOf({ t, c }: Seat): { text: string; good: boolean } | undefined {
  const { whole, bad } = c.req.query()
  if (whole !== undefined)
    return {
      text: t(`Rantai utuh: ${Number(whole)} catatan.`, `The chain is whole: ${Number(whole)} entries.`),
      good: true,
    }
  if (bad === undefined) return undefined
  const text = t(
    `Rantai RUSAK mulai catatan ${Number(bad)}: ada yang diubah, dipindah, atau dihapus.`,
    `The chain is BROKEN from entry ${Number(bad)} on: something was changed, moved or taken out.`,
  )
  return { text, good: false }
}

/** Walked in one transaction, so that an entry written meanwhile is no end cut off; that it was checked is in the log as well. */
async function checkLog(seat: Seat): Promise<Response> {
  const { door, house, member, c } = seat
  const { sealing } = door.room
  const office = house.office.id
  const { entries, firstBad } = await transaction(door.db, async client => {
    await client.query('set transaction isolation level repeatable read')
    return walkChain(client, sealing, office)
  })
  const entry = { office, actor: member.id, action: 'log_checked', subject: member.id }
  await transaction(door.db, client => note(client, sealing, entry, door.now()))
  return c.redirect(
    linkTo(seat, firstBad === undefined ? `/log?whole=${entries}` : `/log?bad=${firstBad}`),
    303,
  )
}
