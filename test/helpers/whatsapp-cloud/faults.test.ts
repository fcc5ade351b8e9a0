import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { idIn, refusalIn, say, text } from './caller.ts'
import { type FakeGraph, startFakeGraph } from './fake-graph.ts'
import { startListener, valuesIn } from './listener.ts'
import type { Person } from './person.ts'

let graph: FakeGraph
let siti: Person
let listener: Awaited<ReturnType<typeof startListener>>

beforeEach(async () => {
  graph = await startFakeGraph({ secondMs: 10 })
  listener = await startListener(graph.business)
  await graph.business.listens(listener.url)
  siti = graph.user('Siti')
  siti.says('halo')
})
afterEach(async () => {
  await graph.close()
  await listener.close()
})

const patient = (fields = text('a', { biz_opaque_callback_data: 'k' })) =>
  fetch(`${graph.url}/v25.0/${graph.business.phoneId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${graph.business.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: siti.phone, ...fields }),
    signal: AbortSignal.timeout(1000),
  })
const sent = () => siti.messages().filter(one => one.from === 'business').length

describe('a call that goes wrong', () => {
  it.each([131026, 131049, 130472, 368, 131031, 131042, 4, 80007, 131048, 131016, 2, 131057])(
    'answers %i, and has no effect',
    async code => {
      graph.breaks({ what: 'messages', times: 1, harm: { error: code } })
      const answer = await say(graph, text('a'))
      expect(refusalIn(answer)[0]).toBe(code)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(sent()).toBe(0)
      expect((await say(graph, text('b'))).status).toBe(200)
      expect(graph.violations).toEqual([])
    },
  )

  it.each([
    ['is torn down before', { reset: 'before' as const }, 0],
    ['is torn down after', { reset: 'after' as const }, 1],
    ['is never answered, and was not heard', { hang: 'before' as const }, 0],
    ['is never answered, but was heard', { hang: 'after' as const }, 1],
    ['ends in the middle of its answer', { cut: true as const }, 1],
  ])('%s', async (_name, harm, arrived) => {
    graph.breaks({ what: 'messages', harm })
    await expect(patient().then(response => response.json())).rejects.toThrow()
    expect(sent()).toBe(arrived)
    await graph.until(() => graph.business.pending.length === 0)
    // The only way to learn what became of it.
    expect(listener.statuses().map(one => one.biz_opaque_callback_data)).toEqual(
      arrived === 1 ? ['k', 'k'] : [],
    )
  })

  it('gets an answer that is not Graph’s, or gets it late', async () => {
    const mend = graph.breaks({ harm: { garbage: 502 } })
    const answer = await patient()
    expect([answer.status, await answer.text()]).toEqual([502, '<html>Bad Gateway</html>'])
    mend()
    graph.breaks({ times: 1, harm: { slow: 30 } })
    const before = performance.now()
    await say(graph, text('a'))
    expect(performance.now() - before).toBeGreaterThan(25)
    expect(sent()).toBe(1)
  })

  it('is taken, and fails afterwards', async () => {
    graph.breaks({ to: siti.phone, times: 1, harm: { fails: 131049, details: 'Not today' } })
    const id = idIn(await say(graph, text('a')))
    await graph.until(() => graph.business.pending.length === 0)
    expect(listener.statuses()).toMatchObject([
      { id, status: 'failed', errors: [{ code: 131049, error_data: { details: 'Not today' } }] },
    ])
    expect(listener.heard.flatMap(({ body }) => valuesIn(body)).at(-1)).not.toHaveProperty('contacts')
    expect(sent()).toBe(0)
  })

  it('goes wrong by chance, the same every time', async () => {
    const run = async () => {
      const mine = await startFakeGraph({ seed: 7 })
      mine.user('Siti').says('halo')
      mine.breaks({ chance: 0.5, harm: { error: 131000 } })
      const codes = []
      for (let n = 0; n < 20; n++) codes.push((await say(mine, text('a'))).status)
      await mine.close()
      return codes
    }
    const codes = await run()
    expect(new Set(codes)).toEqual(new Set([200, 500]))
    expect(await run()).toEqual(codes)
  })

  it('is written down as it was, whatever became of it', async () => {
    graph.breaks({ times: 1, harm: { reset: 'before' } })
    await expect(patient()).rejects.toThrow()
    await say(graph, text('b'))
    expect(graph.callsOf('messages')).toMatchObject([
      { answer: 'reset before', fields: { text: { body: 'a' } }, business: 'Balai' },
      { answer: 200, fields: { text: { body: 'b' } } },
    ])
  })
})
