import { setTimeout as pause } from 'node:timers/promises'
import type { Mood } from '../helpers/model/fake-model.ts'
import { type Check, progress, size } from './check.ts'
import { type ModelHouse, QUESTIONS, withModelHouse } from './harness/model-run.ts'
import { type Server, startServer } from './harness/server.ts'

/** What a citizen waits at most, from asking to reading the answer. */
const LIMIT_MS = 8_000
/** While the model rests: our look, the inbox's, and the way there and back. */
const RESTED_MS = 2_500
const PATIENCE_MS = 30_000
/** Others, who ask for nothing of the model, must not notice. */
const OTHERS_MS = 1_000

/** Every way in which the server of a model is down, or as good as. */
const MOODS: Mood[] = [
  { is: 'refuses', status: 500 },
  { is: 'refuses', status: 429 },
  { is: 'refuses', status: 401 },
  { is: 'resets' },
  { is: 'half' },
  { is: 'endless' },
  { is: 'garbage', body: 'not found' },
  { is: 'garbage', body: '<html></html>', type: 'text/html' },
  { is: 'answers', with: () => '{"article":"' },
  { is: 'declines' },
  { is: 'calls tools' },
  { is: 'redirects', to: 'http://127.0.0.1:9/' },
  { is: 'hangs' },
  { is: 'hangs after the head' },
  { is: 'dribbles' },
]

/**
 * `--citizens` at once ask while the model is down in each of those ways: every one of them hears what they would have heard without
 * a model, once, within 8 seconds; who asks for nothing is answered within a second meanwhile; a process that stops in between loses
 * nothing. The control asks within the turn: there somebody waits too long.
 */
export const check: Check = {
  async run(flags) {
    const citizens = size(flags, 'citizens', 12)
    const server = await startServer()
    try {
      const careless = { withinMs: 20_000 }
      const control = await withModelHouse(server, 'down_control', { careless }, async (house, fake) => {
        fake.mood = { is: 'hangs' }
        return ask(house, 'control', 4)
      })
      progress(`control: ${JSON.stringify(control)}`)
      const budget = { citizen: 1_000, office: 100_000 }
      const rested = await asleep(server, citizens)
      return await withModelHouse(server, 'down', { more: { budget, restMs: 0 } }, async (house, fake) => {
        const ran = { asked: 0, answered: 0, twice: 0, late: 0, slowestMs: 0, othersP95Ms: 0 }
        const take = (one: Awaited<ReturnType<typeof ask>>) => {
          for (const name of ['asked', 'answered', 'twice', 'late'] as const) ran[name] += one[name]
          for (const name of ['slowestMs', 'othersP95Ms'] as const) ran[name] = Math.max(ran[name], one[name])
        }
        for (const mood of MOODS) {
          fake.mood = mood
          const one = await ask(house, `${mood.is}-${ran.asked}`, citizens)
          progress(`${mood.is}: ${JSON.stringify(one)}`)
          take(one)
        }
        fake.mood = { is: 'hangs' }
        const [stopped] = await Promise.all([ask(house, 'stopped', citizens), pause(1_500).then(house.again)])
        progress(`stopped in between: ${JSON.stringify(stopped)}`)
        take(stopped)
        await house.quiet()
        const failed = house.counts()
        const ways = Object.entries(failed).filter(
          ([name, count]) => count > 0 && !/calls|answered/.test(name),
        ).length
        return {
          totals: {
            ...ran,
            restedSlowestMs: rested.slowestMs,
            ways,
            calls: fake.heard.length,
            controlLate: control.late,
            controlOthersP95Ms: control.othersP95Ms,
          },
          ok:
            ran.answered === ran.asked &&
            ran.twice + ran.late === 0 &&
            rested.answered === rested.asked &&
            rested.slowestMs < RESTED_MS &&
            ran.othersP95Ms < OTHERS_MS &&
            ways >= 5 &&
            (failed.model_answered_total ?? 0) === 0 &&
            control.late > 0,
        }
      })
    } finally {
      await server.stop()
    }
  },
}

/** Says something and looks for what is answered; '' when nothing came in half a minute. */
async function say({ hears, web }: ModelHouse, who: string, text: string): Promise<string> {
  const before = web.heard(who).length
  const until = performance.now() + PATIENCE_MS
  // A turn that failed is taken again; until then nothing is heard, which is what counts here.
  void hears(who, text).catch(() => progress(`${who} was not taken in`))
  while (web.heard(who).length === before && performance.now() < until) await pause(10)
  return web.heard(who).slice(before).join('\n')
}

/** While it hangs on and on, only the first wait for it. */
function asleep(server: Server, citizens: number) {
  const budget = { citizen: 1_000, office: 100_000 }
  return withModelHouse(server, 'down_rest', { more: { budget } }, async (house, fake) => {
    fake.mood = { is: 'hangs' }
    await ask(house, 'first', 4)
    const rested = await ask(house, 'rested', citizens)
    progress(`rested: ${JSON.stringify(rested)}`)
    return rested
  })
}

async function ask(house: ModelHouse, name: string, citizens: number) {
  const times: number[] = []
  let [answered, twice] = [0, 0]
  const asking = Array.from({ length: citizens }, async (_, n) => {
    const who = `${name}-${n}`
    const began = performance.now()
    const heard = await say(house, who, QUESTIONS[n % 2] ?? '')
    times.push(performance.now() - began)
    if (/Sumber|Apakah maksud|Mohon maaf/.test(heard)) answered += 1
  })
  const others: number[] = []
  let isOver = false
  const passing = (async () => {
    for (let n = 0; !isOver || n < 5; n++) {
      const began = performance.now()
      await say(house, `other-${name}-${n}`, 'menu')
      others.push(performance.now() - began)
      await pause(100)
    }
  })()
  await Promise.all(asking)
  isOver = true
  await passing
  for (let n = 0; n < citizens; n++) if (house.web.heard(`${name}-${n}`).length > 1) twice += 1
  return {
    asked: citizens,
    answered,
    twice,
    late: times.filter(time => time > LIMIT_MS).length,
    slowestMs: Math.round(Math.max(...times)),
    othersP95Ms: Math.round(others.toSorted((a, b) => a - b)[Math.floor(others.length * 0.95)] ?? 0),
  }
}
