import { asWritten } from '../conversation/as-written.ts'
import { announcementText } from '../desk/announcement-words.ts'
import { CHANNEL_NAMES } from '../desk/progress-text.ts'
import { filledTemplate } from '../offices/message-templates.ts'
import type { Version } from '../records/announcements.ts'
import type { Outcome, Room, Shown } from './action.ts'
import { type Announced, announcementSaid, nextVerbs } from './announced-work.ts'
import { audienceNow } from './audience-now.ts'

/** *pratinjau*: what each channel hands to its platform, and who would get it now. */
export async function previewAnnouncement({ room, version }: Announced): Promise<Outcome> {
  const pieces = previewPieces(room, version).map(({ names, language, parts }) =>
    [
      `*${names}* (${language})${parts.length > 1 ? `, ${parts.length} pesan` : ''}:`,
      ...parts.map(asWritten),
    ].join('\n'),
  )
  const head = `Pratinjau ${version.code} versi ${version.version}. Begini pesan diserahkan ke tiap kanal:`
  const said = [head, ...pieces, ...windowLines(room, version.office), await audienceNow(room, version)]
  return announcementSaid(version.code, said.join('\n\n'), nextVerbs(version))
}

/** What some channels hand to their platforms in one language, alike in all of them. */
export type Piece = { names: string; language: string; parts: string[] }

/** A version as each channel shows it, in each language of the office. */
export function previewPieces(
  room: Pick<Room, 'houseOf' | 'shown'>,
  version: Pick<Version, 'office' | 'version' | 'toNew' | 'words' | 'audience'>,
): Piece[] {
  const house = room.houseOf(version.office)
  const correction = version.version > 1 && !version.toNew
  return house.office.languages.flatMap(language => {
    const text = announcementText(house, { ...version, correction }, language)
    return alike(room.shown ?? [], text, language).map(piece => ({ ...piece, language }))
  })
}

/** Channels that show it the same are named together. */
function alike(shown: readonly Shown[], text: string, language: string) {
  const pieces: { names: string; parts: string[] }[] = []
  for (const { name, parts: partsOf } of shown) {
    if (name === 'console') continue
    const parts = partsOf(text, language)
    const same = pieces.find(one => one.parts.join('\0') === parts.join('\0'))
    if (same === undefined) pieces.push({ names: CHANNEL_NAMES[name], parts })
    else same.names += `, ${CHANNEL_NAMES[name]}`
  }
  return pieces
}

/** What becomes of those who have not written for a day. */
export function windowLines(
  room: Pick<Room, 'houseOf' | 'shown'>,
  id: string,
  language: 'id' | 'en' = 'id',
): string[] {
  if (!(room.shown ?? []).some(({ window }) => window)) return []
  const { office } = room.houseOf(id)
  const filling = { code: '', office: office.short }
  const template = filledTemplate(office.whatsapp_templates, 'announcement', 'id', filling)
  const t = (indonesian: string, english: string) => (language === 'en' ? english : indonesian)
  if (template === undefined)
    return [
      t(
        'WhatsApp: yang tidak menulis dalam 24 jam tidak menerima; belum ada templat dengan tujuan *announcement* di office.yaml (whatsapp_templates).',
        'WhatsApp: who has not written within 24 hours gets nothing; office.yaml has no template for *announcement* (whatsapp_templates).',
      ),
    ]
  return [
    t(
      `WhatsApp: yang tidak menulis dalam 24 jam menerima templat *${template.name}* (${template.language}), dan pengumumannya begitu mereka menulis.`,
      `WhatsApp: who has not written within 24 hours gets the template *${template.name}* (${template.language}), and the announcement once they write.`,
    ),
  ]
}
