import { plain } from '../conversation/plain.ts'
import type { Asked } from '../records/audience.ts'
import { KIND_WORDS, readAudience, STAGE_WORDS, TOPIC_WORDS } from './read-audience.ts'

/**
 * An audience in the words staff would type for it, "lowongan pppk s1 hukum di medan kota"; or the first part of it that those words
 * would not say: then nobody may be written to, since more would be meant than was asked for.
 */
export function writeAudience({
  topic,
  kind,
  education,
  stage,
  place,
}: Asked): string | { unread: keyof Asked } {
  const said = [
    TOPIC_WORDS[topic][0] ?? topic,
    ...(kind === '' ? [] : [KIND_WORDS[kind]?.[0] ?? kind]),
    ...(stage === '' ? [] : [STAGE_WORDS[stage]?.[0] ?? stage]),
    ...(education === '' ? [] : [plain(education)]),
    ...(place === '' ? [] : [`di ${plain(place)}`]),
  ].join(' ')
  const read = readAudience(said)
  const wrong = (['topic', 'kind', 'stage'] as const).find(
    part => read?.[part] !== { topic, kind, stage }[part],
  )
  if (read === undefined || wrong !== undefined) return { unread: wrong ?? 'topic' }
  if (read.education.join() !== plain(education)) return { unread: 'education' }
  return read.place === plain(place) ? said : { unread: 'place' }
}
