import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Citizen } from '../citizen.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../fake-whatsapp.ts'
import type { WhatsAppGroup } from '../group.ts'
import type { OfficeNumber } from '../number.ts'
import { type Doors, door } from './door.ts'

/** What an example office has on this WhatsApp: a number, and a group of staff. */
export type OfficeStage = { id: string; number: OfficeNumber; group: WhatsAppGroup }

export type Stage = {
  whatsapp: FakeWhatsApp
  offices: OfficeStage[]
  citizens: Citizen[]
  staff: Citizen[]
}

const OFFICES = join(import.meta.dirname, '../../../../flows/offices')

/** Nobody's names: whoever tries the bot plays them. The last shows no number. */
const CITIZENS = ['Warga Satu', 'Warga Dua', 'Warga Tanpa Nomor']
const STAFF = ['Petugas Satu', 'Petugas Dua', 'Kepala Meja']

/** `tangerang-selatan` is Tangerang Selatan. */
function nameOf(id: string): string {
  return id.replace(
    /(^|-)(\w)/g,
    (_, dash: string, letter: string) => `${dash && ' '}${letter.toUpperCase()}`,
  )
}

/** A WhatsApp with a number for each example office, people to play and the page to play them on. */
export async function setStage(port: number): Promise<Stage> {
  const ids = readdirSync(OFFICES).sort()
  const doors: Doors = { stage: undefined }
  const whatsapp = await startFakeWhatsApp({
    port,
    numbers: ids.map(id => `Balai ${nameOf(id)}`),
    door: trusted => door(doors, trusted),
  })
  const citizens = CITIZENS.map((name, index) =>
    whatsapp.citizen(name, { hidesNumber: index === CITIZENS.length - 1 }),
  )
  const staff = STAFF.map(name => whatsapp.citizen(name))
  const offices = whatsapp.numbers.map((number, index) => {
    const group = whatsapp.group(`Meja ${nameOf(ids[index] ?? '')}`)
    for (const one of staff) group.adds(one)
    group.adds(number, { admin: true })
    return { id: ids[index] ?? '', number, group }
  })
  const stage = { whatsapp, offices, citizens, staff }
  doors.stage = stage
  return stage
}
