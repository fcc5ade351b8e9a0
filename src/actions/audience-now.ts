import { CHANNEL_NAMES } from '../desk/progress-text.ts'
import { reachable, whoHad, whoWaited } from '../records/announced.ts'
import type { Version } from '../records/announcements.ts'
import { subscribersTo } from '../records/subscriptions.ts'
import { schoolingBy } from '../vacancies/schooling.ts'
import type { Room } from './action.ts'
import { reachOf } from './reach.ts'

/** Who would get this version now, by channel, for whoever is to decide on it. */
export async function audienceNow(room: Room, version: Version): Promise<string> {
  const { client } = room
  const isSchooling = schoolingBy(room.vacancies.education)
  const had = version.version === 1 ? [] : await whoHad(client, version)
  const others = [
    ...(version.version === 1 ? [] : await whoWaited(client, version)),
    ...(version.toNew ? await subscribersTo(client, version.office, version.audience, isSchooling) : []),
  ]
  const reach = await reachOf(room, version.office)
  const counts = await reachable(client, [...new Set([...had, ...others])], reach)
  const left = counts.get('') ?? 0
  const named = [...counts].flatMap(([channel, count]) =>
    channel === '' ? [] : [`${CHANNEL_NAMES[channel]} ${count}`],
  )
  const sum = [...counts].reduce((all, [channel, count]) => all + (channel === '' ? 0 : count), 0)
  return [
    `Penerima sekarang: ${sum}${named.length === 0 ? '' : ` (${named.join(', ')})`}.`,
    ...(version.version === 1
      ? []
      : [`Sebagai ralat: ${had.length}, yaitu yang telah atau mungkin menerima versi sebelumnya.`]),
    ...(left === 0
      ? []
      : [`Tidak dijangkau: ${left} (berhenti berlangganan, nomor WhatsApp tertaut, atau tidak terdaftar).`]),
    ...(room.isTrial === true
      ? ['Mode uji coba: hanya petugas yang terdaftar dan halaman web ini yang menerima.']
      : []),
  ].join('\n')
}
