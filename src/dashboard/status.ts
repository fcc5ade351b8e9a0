import { html } from 'hono/html'
import { lastBackup } from '../jobs/backup-reminder.ts'
import type { Html } from '../portal/look/frame.ts'
import { type Backlog, backlogOf } from '../records/backlog.ts'
import { type JobRun, jobRuns } from '../records/job-runs.ts'
import { channelStates } from './channel-states.ts'
import { momentIn, stateTable } from './channels.ts'
import type { DeskRoute, Seat } from './door.ts'
import { EVERYBODY } from './duty-words.ts'
import { deskPage } from './page.ts'
import { type StaffWarning, staffWarnings } from './status-warnings.ts'

/** How the house is, in plain words, for everybody who works in it. */
export const STATUS: DeskRoute[] = [{ method: 'get', path: '/status', for: EVERYBODY, answer: showStatus }]

const GIB = 1024 ** 3

async function showStatus(seat: Seat): Promise<Response> {
  const { t, door, house } = seat
  const on = door.db.pool
  const [states, backlog, backup, space, runs, warnings] = await Promise.all([
    channelStates(seat),
    backlogOf(on, house.office.id),
    lastBackup(door.db),
    door.space(),
    jobRuns(on),
    staffWarnings(seat),
  ])
  const down = states.filter(({ state }) => state === 'down')
  const isWell =
    down.length === 0 &&
    !warnings.some(({ late }) => late) &&
    !runs.some(isBad) &&
    minutesOf(seat, backlog) < LATE_MINUTES
  return deskPage(seat, {
    title: t('Keadaan sistem', 'How the system is'),
    body: html`<p role="status" class="said-so ${isWell ? 'good' : 'bad'}">${
      isWell
        ? t('Semuanya berjalan.', 'Everything works.')
        : t('Ada yang perlu ditangani; lihat di bawah.', 'Something has to be seen to; look below.')
    }</p>
${backlogTiles(seat, backlog)}
<article><h2>${t('Kanal', 'Channels')}</h2>${stateTable(seat, states)}</article>
<article><h2>${t('Yang perlu ditangani', 'What has to be seen to')}</h2>${warningList(seat, warnings)}</article>
<article><h2>${t('Tempat dan cadangan', 'Room and backup')}</h2><dl class="facts"><dt>${t('Cadangan terakhir', 'Last backup')}</dt><dd>${
      backup === undefined
        ? door.mode === 'trial'
          ? t('belum ada (mode uji coba)', 'none (trial mode)')
          : t('belum pernah', 'never')
        : momentIn(seat, backup)
    }</dd><dt>${t('Ruang kosong', 'Free room')}</dt><dd>${(space.free / GIB).toFixed(1)} GB ${t('dari', 'of')} ${(space.total / GIB).toFixed(1)} GB</dd></dl></article>
${jobTable(seat, runs)}`,
  })
}

/** An answer that waits so long is waiting for a platform, not for its turn. */
const LATE_MINUTES = 5

/** How long the oldest message that should have left has waited. */
function minutesOf({ door }: Seat, { oldest }: Backlog): number {
  return oldest === null ? 0 : Math.floor((door.now().getTime() - oldest.getTime()) / 60_000)
}

/** Its last run failed. */
function isBad({ doneAt, failedAt }: JobRun): boolean {
  return failedAt !== null && (doneAt === null || failedAt > doneAt)
}

function backlogTiles(seat: Seat, backlog: Backlog): Html {
  const { t } = seat
  const { inbox, outbox, held } = backlog
  const minutes = minutesOf(seat, backlog)
  return html`<div class="tiles"><div class="tile"><b>${inbox}</b>${t('pesan masuk belum diolah', 'messages in, not taken yet')}</div>
<div class="tile${minutes >= LATE_MINUTES ? ' late' : ''}"><b>${outbox}</b>${t('pesan keluar menunggu', 'messages out, waiting')}${minutes === 0 ? '' : t(`; terlama ${minutes} menit`, `; the oldest ${minutes} minutes`)}</div>
<div class="tile"><b>${held}</b>${t('ditahan sampai warganya menulis', 'held until the citizen writes')}</div></div>`
}

function warningList({ t }: Seat, warnings: StaffWarning[]): Html {
  if (warnings.length === 0) return html`<p>${t('Tidak ada.', 'Nothing.')}</p>`
  return html`<ul>${warnings.map(
    ({ text, whose, link, late }) =>
      html`<li>${late ? html`<span class="tag late">${t('penting', 'important')}</span> ` : ''}${link === undefined ? text : html`<a href="${link}">${text}</a>`} <span class="small quiet">${t('Giliran', 'Whose move')}: ${whose}</span></li>`,
  )}</ul>`
}

const JOB_WORDS: Record<string, { id: string; en: string }> = {
  clocks: { id: 'tenggat laporan', en: 'due dates of tickets' },
  silences: { id: 'mengingatkan draf', en: 'reminding of drafts' },
  reminders: { id: 'pengingat warga', en: "citizens' reminders" },
  surveys: { id: 'undangan survei', en: 'invitations to surveys' },
  figures: { id: 'menghitung angka', en: 'reckoning figures' },
  keeping: { id: 'menghapus yang lewat waktu', en: 'deleting what is over' },
  audit: { id: 'ujung jejak audit', en: 'the end of the audit log' },
  warnings: { id: 'peringatan harian', en: 'daily warnings' },
}

function jobTable(seat: Seat, runs: JobRun[]): Html {
  const { t, language } = seat
  if (runs.length === 0)
    return html`<p class="quiet">${t('Pekerjaan terjadwal belum pernah berjalan.', 'Nothing has run by the clock yet.')}</p>`
  const bad = runs.filter(isBad)
  return html`<details${bad.length > 0 ? html` open` : ''}><summary>${t('Pekerjaan terjadwal', 'What runs by the clock')}${bad.length === 0 ? '' : html` <span class="tag late">${bad.length}</span>`}</summary>
<div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>${t('Pekerjaan', 'Job')}</th><th>${t('Terakhir berhasil', 'Last went well')}</th><th>${t('Terakhir gagal', 'Last failed')}</th></tr></thead><tbody>${runs.map(
    run =>
      html`<tr><td>${JOB_WORDS[run.name]?.[language] ?? run.name}${isBad(run) ? html` <span class="tag late">${t('gagal', 'failed')}</span>` : ''}</td><td>${run.doneAt === null ? '–' : momentIn(seat, run.doneAt)}</td><td>${run.failedAt === null ? '–' : momentIn(seat, run.failedAt)}</td></tr>`,
  )}</tbody></table></div></details>`
}
