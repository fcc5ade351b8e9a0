import { afterAll, expect, it, vi } from 'vitest'
import { testDatabase } from '../../helpers/database.ts'
import { dialoguesIn } from '../../helpers/dialogue.ts'
import { type Dialogue, playDialogue } from './play-dialogue.ts'
import { actByScript, openTheatre, type Scene, type SceneParts, type Theatre } from './theatre.ts'

/** When most transcripts begin. */
const USUAL = '2026-11-21T09:00:00+07:00'

/** Sixty citizens at once queue for ten connections: on a busy machine longer than the second and a half a house waits. */
const CROWDED = { connectMs: 20_000 }

/** How many walk at a time: citizens mostly wait for one another, so the more of them, the less each. The rest: see `chosen`. */
type How = { atOnce?: number; sample?: number; usualTime?: true }

/** Tests that every transcript goes as it is written on this channel, which is `called` so. */
export async function testEveryDialogue(
  called: string,
  openScene: (parts: SceneParts) => Promise<Scene>,
  { atOnce = 60, sample = 1, usualTime }: How = {},
): Promise<void> {
  vi.setConfig({ maxConcurrency: atOnce })
  const ownActions = actByScript()
  const dialogues = chosen(sample, usualTime)
  /** One for each moment transcripts begin at: a platform has one clock. */
  const theatres = new Map<string, Theatre>()
  for (const at of new Set(dialogues.map(([, dialogue]) => dialogue.at))) {
    theatres.set(at, await openTheatre(await testDatabase(CROWDED), new Date(at), openScene))
  }

  function theatreAt(at: string): Theatre {
    const theatre = theatres.get(at)
    if (theatre === undefined) throw new Error(`No theatre has its clock at ${at}.`)
    return theatre
  }

  afterAll(async () => {
    for (const theatre of theatres.values()) await theatre.close()
    ownActions()
    vi.resetConfig()
  })

  it.concurrent.each(dialogues.map(([file, dialogue]) => [file, dialogue] as const))(
    `%s on ${called}`,
    async (_file, dialogue) => {
      const theatre = theatreAt(dialogue.at)
      expect(await playDialogue(theatre, dialogue)).toBeUndefined()
      expect(theatre.scene.violations).toEqual([])
    },
    // All of them side by side, at the platform's pace: what hangs is noticed sooner, by PATIENCE_MS.
    120_000,
  )

  it('notices what is not said, and what is wanted without being done', async () => {
    const base = { about: '', office: 'lhokseumawe', language: 'id', at: USUAL }
    const theatre = theatreAt(base.at)
    const play = (dialogue: Dialogue['dialogue']) => playDialogue(theatre, { ...base, dialogue })
    expect(await play([{ citizen: 'halo' }, { bot: 'Selamat malam' }])).toContain('line 2: expected')
    expect(await play([{ citizen: 'petugas' }])).toContain('wanted is hand_over')
    expect(await play([{ citizen: 'halo' }, { house: 'hand_over' }])).toContain('nobody asked for hand_over')
  })
}

/**
 * Every `sample`th transcript, an odd number, since each stands there in both languages; with `usualTime` only of the ones that begin when most do, where a channel takes long to open. With
 * DIALOGUES=all in the environment it is every one, as `accept -- dialogues` sees to: four hundred on each channel take minutes.
 */
function chosen(sample: number, usualTime?: true): ReturnType<typeof dialoguesIn> {
  const all = dialoguesIn('test/dialogues')
  if (process.env.DIALOGUES === 'all') return all
  return all.filter(([, { at }], n) => (usualTime === undefined || at === USUAL) && n % sample === 0)
}

/** Of a file a citizen sends: what it is to be taken for, under the ids the transcripts know. */
export function fileAs(kind: 'photo' | 'document' | 'voice', name: string): Buffer {
  const [id, mime] = {
    photo: ['f1', 'image/jpeg'],
    document: ['f2', 'application/pdf'],
    voice: ['f3', 'audio/ogg'],
  }[kind]
  return Buffer.from(JSON.stringify({ id, name, mime }))
}
