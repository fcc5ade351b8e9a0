import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bot } from '../bot.ts'
import { type FakeTelegram, startFakeTelegram } from '../fake.ts'
import type { Group } from '../group.ts'
import type { Person } from '../person.ts'
import { type Doors, door } from './door.ts'

/** What an example office has on this Telegram: a bot, and two groups of staff, with topics and without. */
export type OfficeStage = { id: string; bot: Bot; forum: Group; group: Group }

export type Stage = {
  telegram: FakeTelegram
  offices: OfficeStage[]
  citizens: Person[]
  staff: Person[]
}

const OFFICES = join(import.meta.dirname, '../../../../flows/offices')

/** Nobody's names: whoever tries the bot plays them. Their ids are the same at every start. */
const CITIZENS = ['Warga Satu', 'Warga Dua', 'Warga Tiga']
const STAFF = ['Petugas Satu', 'Petugas Dua', 'Kepala Meja']

/** `tangerang-selatan` is Tangerang Selatan. */
function nameOf(id: string): string {
  return id.replace(
    /(^|-)(\w)/g,
    (_, dash: string, letter: string) => `${dash && ' '}${letter.toUpperCase()}`,
  )
}

/** A Telegram with a bot for each example office, people to play and the page to play them on. */
export async function setStage(port: number): Promise<Stage> {
  const ids = readdirSync(OFFICES).sort()
  const doors: Doors = { stage: undefined }
  const telegram = await startFakeTelegram({
    port,
    bots: ids.map(id => ({ username: `${id.replaceAll('-', '_')}_bot`, name: `Balai ${nameOf(id)}` })),
    // An office that has been tried before knows the updates of that time, and would take the same ids for repeats.
    firstId: Math.floor(Date.now() / 1000) % 1_000_000_000,
    door: () => door(doors),
  })
  const citizens = CITIZENS.map(name => telegram.user(name))
  const staff = STAFF.map(name => telegram.user(name))
  const offices = telegram.bots.map((bot, index) => {
    const name = nameOf(ids[index] ?? '')
    const forum = telegram.group(`Meja ${name} (bertopik)`, 'forum')
    const group = telegram.group(`Meja ${name} (tanpa topik)`, 'supergroup')
    for (const one of [forum, group]) {
      for (const person of staff) one.adds(person)
      one.adds(bot, 'administrator')
    }
    return { id: ids[index] ?? '', bot, forum, group }
  })
  const stage = { telegram, offices, citizens, staff }
  doors.stage = stage
  return stage
}
