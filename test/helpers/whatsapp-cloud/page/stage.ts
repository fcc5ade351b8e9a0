import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Business } from '../business.ts'
import { type FakeGraph, startFakeGraph } from '../fake-graph.ts'
import type { Person } from '../person.ts'
import type { Template } from '../templates.ts'
import { type Doors, door } from './door.ts'

export type OfficeStage = { id: string; business: Business; webhook: string; isLinked: boolean }

export type Stage = {
  graph: FakeGraph
  offices: OfficeStage[]
  citizens: Person[]
  /** Lets time pass on this WhatsApp alone, in milliseconds. */
  waits: (ms: number) => void
}

export type StageWish = {
  port: number
  /** Where Balai is, without a slash at its end; each office's webhook is `/whatsapp/ID` there. */
  balai: string
  templates?: Omit<Template, 'status'>[]
}

const OFFICES = join(import.meta.dirname, '../../../../flows/offices')

/** Nobody's names: whoever tries the bot plays them. The last hides the phone number. */
const CITIZENS = ['Warga Satu', 'Warga Dua', 'Warga Tanpa Nomor']

/** `tangerang-selatan` is Tangerang Selatan. */
function nameOf(id: string): string {
  return id.replace(
    /(^|-)(\w)/g,
    (_, dash: string, letter: string) => `${dash && ' '}${letter.toUpperCase()}`,
  )
}

/** The same at every start, so that what was copied into `.env` goes on working; it opens nothing but this fake. */
function keyOf(id: string, what: string): string {
  return createHash('sha256').update(`${what} of ${id}, for trying by hand`).digest('hex').slice(0, 32)
}

/** A Graph API with a number for each example office, citizens to play and the page to play them on. */
export async function setStage({ port, balai, templates = [] }: StageWish): Promise<Stage> {
  const ids = readdirSync(OFFICES).sort()
  const doors: Doors = { stage: undefined }
  let passed = 0
  const graph = await startFakeGraph({
    port,
    now: () => Date.now() + passed,
    businesses: ids.map(id => ({
      name: `Balai ${nameOf(id)}`,
      token: `EAA${keyOf(id, 'token')}`,
      secret: keyOf(id, 'secret'),
      verifyToken: keyOf(id, 'verify'),
    })),
    door: () => door(doors),
  })
  const citizens = CITIZENS.map(name => graph.user(name))
  citizens.at(-1)?.hidesPhone()
  const offices = graph.businesses.map((business, index) => {
    const id = ids[index] ?? ''
    for (const template of templates) business.template(template)
    return { id, business, webhook: `${balai}/whatsapp/${id}`, isLinked: false }
  })
  const stage: Stage = {
    graph,
    offices,
    citizens,
    waits: ms => {
      passed += ms
      graph.world.onChange()
    },
  }
  doors.stage = stage
  await Promise.all(offices.map(link))
  return stage
}

/** Tries the handshake; says nothing where nobody answers yet, since Balai may be started later. */
export async function link(office: OfficeStage): Promise<string> {
  try {
    await office.business.listens(office.webhook)
    office.isLinked = true
    return ''
  } catch (error) {
    office.isLinked = false
    return error instanceof Error ? error.message : String(error)
  }
}
