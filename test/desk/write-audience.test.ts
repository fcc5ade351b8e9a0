import { expect, it } from 'vitest'
import { KIND_WORDS, readAudience, STAGE_WORDS } from '../../src/desk/read-audience.ts'
import { writeAudience } from '../../src/desk/write-audience.ts'
import type { Asked } from '../../src/records/audience.ts'

const ANY: Asked = { topic: 'news', kind: '', education: '', stage: '', place: '' }
const kinds = Object.keys(KIND_WORDS)
const isSelection = (kind: string) => kind === 'cpns' || kind === 'pppk'

/** Every choice a form offers that means something. */
const ALL: Asked[] = [
  ANY,
  ...kinds.map(kind => ({
    ...ANY,
    topic: isSelection(kind) ? ('vacancy' as const) : ('agenda' as const),
    kind,
  })),
  ...Object.keys(STAGE_WORDS).map(stage => ({ ...ANY, topic: 'stage' as const, kind: 'cpns', stage })),
  ...['S-1 Hukum', 'D-III Keperawatan', 'SMA', 'SMK TKJ'].map(education => ({
    ...ANY,
    topic: 'vacancy' as const,
    education,
    place: 'Banda Sakti',
  })),
]

it('what a form offers is read back as it was chosen', () => {
  for (const asked of ALL) {
    const said = writeAudience(asked)
    expect(said, JSON.stringify(asked)).toBeTypeOf('string')
    expect(readAudience(String(said))).toMatchObject({
      topic: asked.topic,
      kind: asked.kind,
      stage: asked.stage,
    })
  }
})

it.each<[Partial<Asked>, keyof Asked]>([
  [{ topic: 'vacancy', kind: 'training' }, 'kind'],
  [{ topic: 'news', kind: 'cpns' }, 'kind'],
  [{ topic: 'vacancy', stage: 'skd' }, 'stage'],
  [{ topic: 'vacancy', education: 'Ners' }, 'education'],
  [{ topic: 'agenda', education: 'S-1 Hukum' }, 'education'],
  [{ topic: 'stage', place: 'Medan Kota' }, 'place'],
])('%j is not widened in silence', (asked, unread) =>
  expect(writeAudience({ ...ANY, ...asked })).toEqual({ unread }),
)
