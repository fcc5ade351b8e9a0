/** CPU of one variant over many chats at once, in this process. */
import { answersOf, type Dialogue, dialogueOf, OPENING, TOO_SHORT } from './dialogue.ts'
import { createPlatform, type Platform } from './platform.ts'
import { createTextStore } from './store.ts'
import { textUpdate, type Update, updateOf } from './telegram.ts'
import type { Build, Take } from './variants/variant.ts'

export type Size = { length: number; chats: number; warmChats: number; inFlight: number }
/** `cpuUs` is user and system time an update, of all threads; memory is the process' peak. */
export type Measured = { cpuUs: number; updatesPerSecond: number; stateBytes: number; peakMegabytes: number }

/** Throws when the variant does not do all of the work, whatever it cost. */
export async function measure(build: Build, size: Size): Promise<Measured> {
  const dialogue = dialogueOf(size.length)
  await probe(build, dialogue)
  const platform = createPlatform(dialogue)
  const store = createTextStore()
  const take = await build({ dialogue, store, ...platform })
  const warm = { first: 1, count: size.warmChats }
  const measured = { first: size.warmChats + 1, count: size.chats }

  await walk(take, dialogue, platform, warm, size.inFlight)
  platform.check(warm.first, warm.count)
  const cost = await walk(take, dialogue, platform, measured, size.inFlight)
  platform.check(measured.first, measured.count)

  return {
    cpuUs: cost.cpuUs / cost.updates,
    updatesPerSecond: cost.updates / (cost.wallMs / 1000),
    stateBytes: store.mostBytes(),
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }
}

type Cost = { cpuUs: number; wallMs: number; updates: number }

/**
 * Walks these chats through the dialogue in waves: each chat is at a step of its own, none twice in a wave.
 * Making the updates is not measured.
 */
async function walk(
  take: Take,
  dialogue: Dialogue,
  platform: Platform,
  chats: { first: number; count: number },
  inFlight: number,
): Promise<Cost> {
  const steps = dialogue.questions.length + 1
  const answers = Array.from({ length: chats.count }, (_, n) => answersOf(dialogue, chats.first + n))
  const cost = { cpuUs: 0, wallMs: 0, updates: 0 }
  for (let wave = 0; wave < 2 * steps - 1; wave++) {
    const updates: Update[] = []
    answers.forEach((said, n) => {
      const [chat, step] = [chats.first + n, wave - (n % steps)]
      if (step >= 0 && step < steps)
        updates.push(updateOf(dialogue, chat, step, said, platform.buttons(chat)))
    })
    const cpu = process.cpuUsage()
    const started = performance.now()
    await takeAll(take, updates, inFlight)
    const { user, system } = process.cpuUsage(cpu)
    cost.cpuUs += user + system
    cost.wallMs += performance.now() - started
    cost.updates += updates.length
  }
  return cost
}

async function takeAll(take: Take, updates: Update[], inFlight: number): Promise<void> {
  const rest = updates.values()
  const hand = async () => {
    for (const update of rest) {
      // A variant without anything to wait for is not charged for a promise.
      const taken = take(update)
      if (taken !== undefined) await taken
    }
  }
  await Promise.all(Array.from({ length: inFlight }, hand))
}

/** An answer that is too short must be asked again, and only then the next question put. */
async function probe(build: Build, dialogue: Dialogue): Promise<void> {
  const platform = createPlatform(dialogue)
  const take = await build({ dialogue, store: createTextStore(), ...platform })
  const [, description, place] = dialogue.questions
  const answers = answersOf(dialogue, 1)
  await take(textUpdate(1, 1, OPENING))
  await take(updateOf(dialogue, 1, 1, answers, platform.buttons(1)))
  await take(textUpdate(1, 3, TOO_SHORT))
  const again = platform.lastText(1)
  if (!again.includes(description?.retry ?? '?')) throw new Error(`a short answer was met with: ${again}`)
  await take(updateOf(dialogue, 1, 2, answers, platform.buttons(1)))
  if (!platform.lastText(1).includes(place?.ask ?? '?')) throw new Error('a mended answer was not taken')
}
