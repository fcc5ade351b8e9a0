import { CHANNEL_NAMES } from '../desk/progress-text.ts'
import { reachable, whoHad, whoWaited } from '../records/announced.ts'
import type { Version } from '../records/announcements.ts'
import { subscribersTo } from '../records/subscriptions.ts'
import { schoolingBy } from '../vacancies/schooling.ts'
import type { Room } from './action.ts'
import { reachOf } from './reach.ts'

/** Who would get this version now, by channel, for whoever is to decide on it. */
export async function audienceNow(
  room: Room,
  version: Version,
  language: 'id' | 'en' = 'id',
): Promise<string> {
  const t = (indonesian: string, english: string) => (language === 'en' ? english : indonesian)
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
    `${t('Penerima sekarang', 'Recipients now')}: ${sum}${named.length === 0 ? '' : ` (${named.join(', ')})`}.`,
    ...(version.version === 1
      ? []
      : [
          t(
            `Sebagai ralat: ${had.length}, yaitu yang telah atau mungkin menerima versi sebelumnya.`,
            `As a correction: ${had.length}, who had the version before or may have had it.`,
          ),
        ]),
    ...(left === 0
      ? []
      : [
          t(
            `Tidak dijangkau: ${left} (berhenti berlangganan, nomor WhatsApp tertaut, atau tidak terdaftar).`,
            `Out of reach: ${left} (said stop, on a linked WhatsApp number, or not on the list).`,
          ),
        ]),
    ...(room.isTrial === true
      ? [
          t(
            'Mode uji coba: hanya petugas yang terdaftar dan halaman web ini yang menerima.',
            'Trial mode: it reaches listed staff and this web page alone.',
          ),
        ]
      : []),
  ].join('\n')
}
