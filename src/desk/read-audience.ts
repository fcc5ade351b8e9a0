import { plain } from '../conversation/plain.ts'
import { ANY, type Audience, type Topic } from '../records/audience.ts'

/** How topics are called; the first is what they are called by us. */
export const TOPIC_WORDS: Record<Topic, string[]> = {
  news: ['pengumuman', 'umum', 'info', 'news', 'announcements', 'announcement'],
  vacancy: ['lowongan', 'loker', 'formasi', 'vacancies', 'vacancy', 'jobs'],
  stage: ['tahapan', 'tahap', 'jadwal', 'seleksi', 'stages', 'stage', 'selection'],
  agenda: ['agenda', 'kegiatan', 'acara', 'events', 'event'],
}

/** Kinds of selections and of agenda items, by the ways they are written. */
export const KIND_WORDS: Record<string, string[]> = {
  cpns: ['cpns', 'pns'],
  pppk: ['pppk', 'p3k'],
  job_fair: ['job fair', 'bursa kerja', 'career expo'],
  training: ['pelatihan', 'diklat', 'training'],
  mobile_service: ['layanan keliling', 'keliling', 'mobile service'],
  internship: ['magang', 'internship'],
  workshop: ['lokakarya', 'workshop'],
}

/** Stages of a selection, likewise. */
export const STAGE_WORDS: Record<string, string[]> = {
  registration: ['pendaftaran', 'registration'],
  administration: ['administrasi', 'seleksi administrasi'],
  final_objection: ['sanggah akhir', 'sanggah hasil akhir'],
  objection: ['sanggah', 'objection'],
  skd: ['skd'],
  skb: ['skb'],
  result: ['hasil', 'kelulusan', 'results', 'result'],
  drh: ['drh', 'pemberkasan'],
}

/** A level of schooling and its field, until a place is named. */
const EDUCATION =
  /\b((?:s ?[123]|d ?(?:[1-4]|iv|iii|ii|i)|sma|smk|smp|sd|profesi)\b(?: (?!di |kecamatan ).*?)?)(?= di | kecamatan | (?:cpns|pns|pppk|p3k|lowongan|loker|formasi)\b|$)/
const PLACE = /(?:^| )(?:di|in|kecamatan|kec)(?: kecamatan)? (.+)$/

/**
 * Reads what something is about, or what somebody wants to be told of: "lowongan pppk s1 hukum di medan kota". Undefined when no
 * topic is named.
 */
export function readAudience(text: string): Audience | undefined {
  const said = ` ${plain(text)} `
  const topic = (Object.keys(TOPIC_WORDS) as Topic[])
    .toReversed()
    .find(one => TOPIC_WORDS[one].some(word => said.includes(` ${word} `)))
  const kind = wordIn(said, KIND_WORDS)
  const stage = wordIn(said, STAGE_WORDS)
  const named = stage === '' ? topicOf(kind) : 'stage'
  // "info magang" is about magang, "pengumuman" about whatever the office has to say.
  const meant = topic === 'news' && said.includes(' info ') ? (named ?? topic) : (topic ?? named)
  if (meant === undefined) return undefined
  const place = PLACE.exec(said.trimEnd())?.[1]?.trim() ?? ''
  const isSelection = meant === 'vacancy' || meant === 'stage'
  const fits = isSelection === (kind === 'cpns' || kind === 'pppk')
  const education = meant === 'vacancy' ? EDUCATION.exec(said.trimEnd())?.[1]?.trim() : undefined
  return {
    ...ANY,
    topic: meant,
    kind: fits ? kind : '',
    stage: meant === 'stage' ? stage : '',
    education: education === undefined ? [] : [education],
    place: meant === 'vacancy' || meant === 'agenda' ? place : '',
  }
}

function topicOf(kind: string): Topic | undefined {
  if (kind === '') return undefined
  return kind === 'cpns' || kind === 'pppk' ? 'vacancy' : 'agenda'
}

/** Words around a wish that say nothing of what it is about. */
const AROUND = new Set(
  'untuk tentang soal mengenai yang dan atau saya mau ingin dikabari kabar kabari berita baru semua apa saja tolong mohon dong ya for about and or i want to hear all any new the of'.split(
    ' ',
  ),
)

/** What stands in a wish and narrows nothing of what was read from it, as it was written: "perawat" of "lowongan pppk perawat". */
export function wordsLeft(text: string, { kind, stage, education, place }: Audience): string[] {
  let said = ` ${plain(text)} `
  if (place !== '') said = said.replace(PLACE, ' ')
  const ways = [
    ...education,
    ...Object.values(TOPIC_WORDS).flat(),
    ...(KIND_WORDS[kind] ?? []),
    ...(STAGE_WORDS[stage] ?? []),
  ]
  for (const way of ways.toSorted((a, b) => b.length - a.length)) said = said.replaceAll(` ${way} `, '  ')
  return said.split(/\s+/).filter(word => word !== '' && !AROUND.has(word))
}

function wordIn(said: string, words: Record<string, string[]>): string {
  const found = Object.entries(words).find(([, ways]) => ways.some(way => said.includes(` ${way} `)))
  return found?.[0] ?? ''
}

/** What it is about, in the words of people: "lowongan PPPK, S1 hukum, di medan kota". */
export function audienceText({ topic, kind, education, stage, place }: Audience, language = 'id'): string {
  const english = language === 'en'
  const names = english ? ENGLISH : INDONESIAN
  const of = kind === '' ? '' : ` ${names[kind] ?? kind}`
  return [
    `${names[topic] ?? topic}${of}`,
    ...(stage === '' ? [] : [names[stage] ?? STAGE_WORDS[stage]?.[0] ?? stage]),
    ...education.map(one => one.replace(/^\S+( \d)?/, level => level.toUpperCase())),
    ...(place === '' ? [] : [`${english ? 'in' : 'di'} ${place}`]),
  ].join(', ')
}

/** What a kind of selection or of agenda item is called. */
export function kindName(kind: string, language: string): string {
  return (language === 'en' ? ENGLISH : INDONESIAN)[kind] ?? kind
}

const INDONESIAN: Record<string, string> = {
  news: 'pengumuman kantor',
  vacancy: 'lowongan',
  stage: 'tahapan seleksi',
  agenda: 'agenda',
  cpns: 'CPNS',
  pppk: 'PPPK',
  other: 'lainnya',
  job_fair: 'bursa kerja',
  training: 'pelatihan',
  mobile_service: 'layanan keliling',
  internship: 'magang',
  workshop: 'lokakarya',
}

const ENGLISH: Record<string, string> = {
  news: 'news of the office',
  vacancy: 'vacancies',
  stage: 'selection stages',
  agenda: 'events',
  cpns: 'CPNS',
  pppk: 'PPPK',
  other: 'other',
  job_fair: 'job fairs',
  training: 'training',
  mobile_service: 'mobile service',
  internship: 'internships',
  workshop: 'workshops',
  registration: 'registration',
  administration: 'administrative selection',
  objection: 'objection period',
  final_objection: 'objection to the final result',
  result: 'results',
  drh: 'DRH',
}
