import type { Load } from '../lib/load.ts'
import type { Db, Queryable } from '../records/db.ts'
import type { Space } from '../records/free-space.ts'
import type { Warning } from './backup-reminder.ts'

/** Minutes something may wait before a person should know. */
export const MINUTES = 10
/** Below this somebody should make room: below half of it no file is taken. */
const DISK_BYTES = 2 * 1024 ** 3

/** Something a person has to see to, by a name that stays the same while it lasts. The words hold counts and names of ours, nobody's data. */
export type Need = { name: string; words: string }

type Waiting = { channel: string; count: number; cards: number; failing: boolean }

/** What waits to leave is late when it is older than that, whatever its next try is due. Held rows and gone groups wait for somebody else. */
const LATE_OUT = `
select o.channel, count(*)::int as count, (count(*) filter (where o.about is not null))::int as cards,
  bool_and(o.attempts > 0) as failing
from outbox o
where o.office = $1 and o.status in ('waiting', 'sending') and o.urgency < 2
  and o.created_at < now() - $2 * interval '1 minute' and o.due_at < now() + interval '1 hour'
  and not exists (select 1 from groups g where g.conversation_id = o.conversation_id and g.status <> 'active')
group by o.channel order by o.channel`

const LATE_IN = `select
  (count(*) filter (where status = 'pending' and due_at < now() - $2 * interval '1 minute'))::int as late,
  (count(*) filter (where status = 'quarantined' and received_at > now() - interval '1 day'))::int as quarantined
from inbox where office = $1 and status in ('pending', 'quarantined')`

/** What an office's own line needs a person for. */
export async function needsOfOffice(on: Queryable, office: string): Promise<Need[]> {
  const { rows: out } = await on.query<Waiting>(LATE_OUT, [office, MINUTES])
  const { rows } = await on.query<{ late: number; quarantined: number }>(LATE_IN, [office, MINUTES])
  const { late = 0, quarantined = 0 } = rows[0] ?? {}
  const needs = out.map(({ channel, count, failing }) => ({
    name: `${failing ? 'channel' : 'backlog'}/${channel}`,
    words: failing
      ? `Kanal ${channel} tidak menerima: ${count} pesan tertahan lebih dari ${MINUTES} menit. Periksa token dan jaringan (npm run doctor).`
      : `${count} pesan ke ${channel} tertahan lebih dari ${MINUTES} menit. Periksa beban server.`,
  }))
  const cards = out.reduce((sum, one) => sum + one.cards, 0)
  if (cards > 0)
    needs.push({
      name: 'cards',
      words: `${cards} kartu laporan belum sampai di grup petugas lebih dari ${MINUTES} menit.`,
    })
  if (late > 0)
    needs.push({
      name: 'inbox',
      words: `${late} pesan masuk belum diproses lebih dari ${MINUTES} menit. Periksa log server.`,
    })
  if (quarantined > 0)
    needs.push({
      name: 'quarantine',
      words: `${quarantined} pesan warga tidak dapat diproses dalam 24 jam terakhir dan disisihkan; petugas meja sudah diberi tahu.`,
    })
  return needs
}

const OF_WARNING: Record<Warning['about'], string> = {
  keys: 'Salinan kunci penyegel belum dipastikan, atau kunci baru menunggu salinannya (npm run keys -- status).',
  backup: 'Cadangan terakhir sudah terlalu lama, atau belum pernah dibuat (npm run backup).',
  restored: 'Sesudah pemulihan, pesan yang tertahan menunggu keputusan (npm run restore -- held).',
  clock: 'Jam server melompat maju; penghapusan berkala ditunda sehari. Periksa layanan waktu (NTP).',
}

/** What is looked at; `load`: how loaded this process is, where somebody watches. */
type Looked = {
  db: Db
  space(): Promise<Space>
  warnings(): Promise<Warning[]>
  load?: Pick<Load, 'level'>
}

/** What the house as a whole needs a person for; every office of it is told. */
export async function needsOfHouse(
  { db, space, warnings, load }: Looked,
  mode: 'trial' | 'live',
): Promise<Need[]> {
  const needs: Need[] = []
  const { free } = await space()
  if (free < DISK_BYTES)
    needs.push({
      name: 'disk',
      words: `Ruang disk server tinggal ${Math.floor(free / 1024 ** 2)} MiB. Di bawah 1024 MiB berkas tidak diterima, di bawah 256 MiB pesan pun tidak.`,
    })
  const { rows } = await db.pool.query<{ age: number }>(
    'select age(datfrozenxid)::float8 as age from pg_database where datname = current_database()',
  )
  if ((rows[0]?.age ?? 0) > 1_000_000_000)
    needs.push({
      name: 'vacuum',
      words: 'Perawatan basis data (vacuum) tertinggal jauh. Minta bantuan teknisi.',
    })
  const level = load?.level() ?? 0
  if (level >= 2)
    needs.push({
      name: 'load',
      words:
        'Server terlalu sibuk: pengumuman dan halaman ditunda agar jawaban kepada warga tetap jalan. Periksa beban server.',
    })
  // In a trial there is nothing to lose.
  if (mode === 'live')
    for (const about of new Set((await warnings()).map(one => one.about)))
      needs.push({ name: `warning/${about}`, words: OF_WARNING[about] })
  return needs
}

/** What needs a person now, office by office. */
export async function needsNow(
  parts: Looked & { mode: 'trial' | 'live' },
  offices: Iterable<string>,
): Promise<ReadonlyMap<string, Need[]>> {
  const all = await needsOfHouse(parts, parts.mode)
  const needs = new Map<string, Need[]>()
  for (const office of offices) needs.set(office, [...(await needsOfOffice(parts.db.pool, office)), ...all])
  return needs
}
