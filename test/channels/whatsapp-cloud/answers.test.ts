import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { OutboundMessage } from '../../../src/channels/channel.ts'
import { asked, FAST, failureOf, OFFICE, stage } from './fixture.ts'

describe('what Meta answers', () => {
  const answers: [code: number, failure: string, retryAfterMs?: number | undefined, kind?: string][] = [
    [0, 'unreachable', undefined, 'token'],
    [3, 'unreachable', undefined, 'token'],
    [10, 'unreachable', undefined, 'token'],
    [190, 'unreachable', undefined, 'token'],
    [200, 'unreachable', undefined, 'token'],
    [299, 'unreachable', undefined, 'token'],
    [131005, 'unreachable', undefined, 'token'],
    [4, 'throttled', 60_000],
    [80007, 'throttled', 60_000],
    [130429, 'throttled', 5_000],
    [131048, 'throttled', 600_000],
    [131064, 'throttled', 3_600_000],
    [131057, 'throttled', 60_000],
    [33, 'throttled', 60_000, 'account'],
    [368, 'throttled', 60_000, 'account'],
    [131031, 'throttled', 60_000, 'account'],
    [131037, 'throttled', 60_000, 'account'],
    [131042, 'throttled', 60_000, 'account'],
    [131045, 'throttled', 60_000, 'account'],
    [133010, 'throttled', 60_000, 'account'],
    [131047, 'window'],
    [131026, 'blocked'],
    ...[100, 130472, 130497, 131008, 131009, 131021, 131030, 131049, 131050, 131051, 131062, 131063].map(
      (code): [number, string] => [code, 'refused'],
    ),
    ...[131052, 131053, 135000, 137000, 999_999].map((code): [number, string] => [code, 'refused']),
    ...[132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068, 132069].map(
      (code): [number, string, undefined, string] => [code, 'refused', undefined, 'template'],
    ),
    ...[1, 2, 131000, 131016].map((code): [number, string] => [code, 'unreachable']),
  ]

  it('leads to one defined end each, and what only a person can mend is told once', async () => {
    const { graph, address, send, troubles, logged } = await asked()
    for (const [error, failure, wait, kind] of answers) {
      for (const again of [1, 2]) {
        graph.breaks({ what: 'messages', times: 1, harm: { error } })
        const found = await failureOf(send(address, 'rahasia sekali'))
        expect([error, again, found.failure, found.retryAfterMs]).toEqual([error, again, failure, wait])
        const shown = `${found.message}${JSON.stringify(found)}${String(found.cause)}${found.stack}`
        expect(shown).not.toContain('rahasia')
        expect(shown).not.toContain(graph.business.token)
      }
      const told = troubles.filter(({ code }) => code === error)
      expect([error, told]).toEqual([
        error,
        kind === undefined ? [] : [{ office: OFFICE, kind, code: error }],
      ])
    }
    await send(address, 'sesudahnya')
    expect(logged.join('\n')).not.toContain(graph.business.token)
    expect(logged.join('\n')).not.toMatch(/62000|rahasia/)
  })

  it('is told again when it happens again after all was well', async () => {
    const { graph, address, send, troubles } = await asked()
    for (const n of [1, 2]) {
      graph.business.revokes()
      expect((await failureOf(send(address, 'halo'))).failure).toBe('unreachable')
      expect(troubles).toHaveLength(n)
      graph.business.restores()
      await send(address, 'halo')
    }
  })

  it('is an account of our own where the number is not there at all', async () => {
    const number = { office: OFFICE, phone: '1', secret: 'x', verify: 'x' }
    const { graph } = await asked()
    const { channel, heardAt, troubles } = await stage({
      webhook: false,
      apiRoot: graph.url,
      numbers: [{ ...number, token: graph.business.token }],
    })
    heardAt.set('ID.1', new Date())
    const found = await failureOf(channel.send(message('ID.1')))
    expect([found.failure, troubles]).toEqual(['throttled', [{ office: OFFICE, kind: 'account', code: 100 }]])
    // The fake holds a number that is not the caller's to be a mistake of the caller's, which it is.
    expect(graph.violations.splice(0)).toHaveLength(1)
  })

  it('grows the wait for one person who was sent too much, and ends it when a message is taken', async () => {
    const { graph, address, send } = await asked()
    const waits: (number | undefined)[] = []
    graph.breaks({ what: 'messages', times: 7, harm: { error: 131056 } })
    for (let n = 0; n < 7; n += 1) waits.push((await failureOf(send(address, 'halo'))).retryAfterMs)
    expect(waits).toEqual([1000, 4000, 16_000, 64_000, 256_000, 1_024_000, 1_024_000])
    await send(address, 'halo')
    graph.breaks({ what: 'messages', times: 1, harm: { error: 131056 } })
    expect((await failureOf(send(address, 'halo'))).retryAfterMs).toBe(1000)
  })

  it.each([
    [{ reset: 'before' }, 'unknown'],
    [{ reset: 'after' }, 'unknown'],
    [{ hang: 'before' }, 'unknown'],
    [{ hang: 'after' }, 'unknown'],
    [{ cut: true }, 'unknown'],
    [{ garbage: 502 }, 'unknown'],
    [{ garbage: 200 }, 'unknown'],
  ] as const)("is unknown when it does not come, or is not Meta's: %j", async (harm, failure) => {
    // Only where nothing ever comes is the end of our patience waited for.
    const times = 'hang' in harm ? { ...FAST, send: 500 } : FAST
    const { graph, person, address, send, outcomes } = await asked({ times })
    graph.breaks({ what: 'messages', times: 1, harm })
    expect((await failureOf(send(address, 'halo', { key: 'k/1' }))).failure).toBe(failure)
    const hasArrived = person.last() !== undefined
    if (hasArrived)
      await graph.until(() => outcomes.some(({ key, state }) => key === 'k/1' && state === 'delivered'))
    expect(hasArrived).toBe('cut' in harm || Object.values(harm)[0] === 'after')
  })

  it('is "unreachable" when nothing can have left', async () => {
    const { graph, address, send } = await asked()
    await graph.goesAway()
    expect((await failureOf(send(address, 'halo'))).failure).toBe('unreachable')
    await graph.comesBack()
    await send(address, 'halo')
  })

  it('is not followed anywhere else, with our token', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { send, heardAt } = await stage({ webhook: false, apiRoot: `http://127.0.0.1:${port}` })
    heardAt.set('ID.1', new Date())
    expect((await failureOf(send('ID.1', 'halo'))).failure).toBe('unreachable')
    expect(asked).toEqual([expect.stringMatching(/^\/v25\.0\/\d+\/messages$/)])
    server.closeAllConnections()
    server.close()
  })

  it("is read only as far as any of Meta's is long", async () => {
    let sent = 0
    const server = createServer((_, response) => {
      response.writeHead(200)
      const more = () => {
        if (response.destroyed) return
        sent += 65_536
        response.write('x'.repeat(65_536))
        response.once('drain', more)
      }
      more()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { send, heardAt } = await stage({ webhook: false, apiRoot: `http://127.0.0.1:${port}` })
    heardAt.set('ID.1', new Date())
    expect((await failureOf(send('ID.1', 'halo'))).failure).toBe('unknown')
    expect(sent).toBeLessThan(16 * 1024 * 1024)
    server.closeAllConnections()
    server.close()
  })

  it('is not waited for where an office has no number', async () => {
    const { channel } = await stage()
    const sending = channel.send({ ...message('ID.1'), office: 'bandung' })
    expect((await failureOf(sending)).failure).toBe('unreachable')
  })
})

function message(address: string): OutboundMessage {
  return { office: OFFICE, channel: 'whatsapp-cloud', address, key: 'k', seq: 1, from: 'bot', text: 'halo' }
}
