import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InboundMessage } from '../../src/channels/channel.ts'
import { VERBS } from '../../src/desk/verbs.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import type { Status } from '../../src/records/statuses.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, message, ORDINARY, type TestLine, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
// One for all runs: the desks' conversations are the same in each.
const keyring = makeKeyring()

/** What should be true, kept in a few lines: who has said what, and which tickets stand how. */
type Model = {
  said: Map<string, number>
  sent: InboundMessage[]
  tickets: Map<string, Status>
  staff: number
}
type Real = { line: TestLine; run: string }

/** A citizen says the next answers of the ordinary script, all at once or one by one. */
class Says implements fc.AsyncCommand<Model, Real> {
  readonly who: number
  readonly count: number
  readonly together: boolean
  constructor(who: number, count: number, together: boolean) {
    this.who = who
    this.count = count
    this.together = together
  }
  check = () => true
  async run(model: Model, { line, run }: Real): Promise<void> {
    const address = `${run} citizen ${this.who}`
    const from = model.said.get(address) ?? 0
    const messages = Array.from({ length: this.count }, (_, n) =>
      message({ address, text: ORDINARY[(from + n) % ORDINARY.length] ?? '' }),
    )
    model.said.set(address, from + this.count)
    model.sent.push(...messages)
    if (this.together) await Promise.all(messages.map(one => line.inbox.receive(one)))
    else for (const one of messages) await line.inbox.receive(one)
    await line.quiet()
    for (const text of line.heard(address)) {
      if (text.includes('sudah kami terima'))
        model.tickets.set(codeIn(text), model.tickets.get(codeIn(text)) ?? 'received')
    }
  }
  toString = () => `citizen ${this.who} says ${this.count}${this.together ? ' together' : ''}`
}

/** The platform delivers messages again that we have had, in any order. */
class Repeats implements fc.AsyncCommand<Model, Real> {
  readonly picks: number[]
  constructor(picks: number[]) {
    this.picks = picks
  }
  check = (model: Readonly<Model>) => model.sent.length > 0
  async run(model: Model, { line }: Real): Promise<void> {
    const again = this.picks.flatMap(pick => model.sent[pick % model.sent.length] ?? [])
    const receipts = await Promise.all(again.map(one => line.inbox.receive(one)))
    expect(receipts.every(({ repeat }) => repeat)).toBe(true)
  }
  toString = () => `repeats ${this.picks.length}`
}

/** Staff do something with a ticket; the table of verbs says what may come of it. */
class Works implements fc.AsyncCommand<Model, Real> {
  readonly verb: 'take' | 'reply' | 'resolve' | 'reopen' | 'note'
  readonly pick: number
  constructor(verb: Works['verb'], pick: number) {
    this.verb = verb
    this.pick = pick
  }
  check = (model: Readonly<Model>) => model.tickets.size > 0
  async run(model: Model, { line }: Real): Promise<void> {
    const codes = [...model.tickets.keys()]
    const code = codes[this.pick % codes.length] ?? ''
    const status = model.tickets.get(code) ?? 'received'
    const row: { from: readonly Status[]; to?: Status; says: string } = VERBS[this.verb]
    model.staff += 1
    // Somebody new each time: taking what one has taken oneself is another sentence, not another effect.
    await line.work('general', `Petugas ${model.staff}`, `${row.says} ${code} Baik, kami catat.`)
    await line.quiet()
    const taken = this.verb === 'take' && status !== 'received'
    if (row.from.includes(status) && row.to !== undefined && !taken) model.tickets.set(code, row.to)
  }
  toString = () => `staff ${this.verb} ${this.pick}`
}

/** The program is stopped and started again on the same records. */
class Restarts implements fc.AsyncCommand<Model, Real> {
  check = () => true
  async run(_model: Model, real: Real): Promise<void> {
    await real.line.stop()
    const { citizens } = real.line
    real.line = await testLine(db, keyring)
    real.line.citizens.sent.push(...citizens.sent)
  }
  toString = () => 'restarts'
}

const commands = [
  fc
    .tuple(fc.nat(3), fc.integer({ min: 1, max: 12 }), fc.boolean())
    .map(([who, n, all]) => new Says(who, n, all)),
  fc.array(fc.nat(), { minLength: 1, maxLength: 8 }).map(picks => new Repeats(picks)),
  fc
    .tuple(fc.constantFrom('take', 'reply', 'resolve', 'reopen', 'note' as const), fc.nat())
    .map(([verb, pick]) => new Works(verb as Works['verb'], pick)),
  fc.constant(new Restarts()),
]

describe('the whole line', () => {
  let runs = 0
  it('keeps every ticket once, in the right state, through repeats, crowds and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 14 }), async steps => {
        runs += 1
        const run = `run ${runs}`
        const real: Real = { line: await testLine(db, keyring), run }
        const model: Model = { said: new Map(), sent: [], tickets: new Map(), staff: 0 }
        await fc.asyncModelRun(() => ({ model, real }), steps)
        await real.line.quiet()
        await agree(model, real)
        await real.line.stop()
      }),
      { seed: 20_261_121, numRuns: 25 },
    )
    expect(runs).toBeGreaterThanOrEqual(25)
  }, 120_000)
})

/** The records tell what the model tells. */
async function agree(model: Model, { line }: Real): Promise<void> {
  const filed = [...model.said.values()].reduce((all, count) => all + Math.floor(count / ORDINARY.length), 0)
  expect(model.tickets.size).toBe(filed)
  const { rows } = await db.pool.query<{ code: string; status: string }>(
    'select code, status from tickets where code = any($1)',
    [[...model.tickets.keys()]],
  )
  expect(Object.fromEntries(rows.map(({ code, status }) => [code, status]))).toEqual(
    Object.fromEntries(model.tickets),
  )
  for (const address of model.said.keys()) {
    const seqs = line.citizens.sent.filter(sent => sent.address === address).map(({ seq }) => seq)
    expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b))
  }
}
