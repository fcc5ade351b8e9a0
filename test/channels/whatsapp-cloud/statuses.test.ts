import { describe, expect, it } from 'vitest'
import { OFFICE, stage } from './fixture.ts'

describe('what became of a message', () => {
  it('is told with its price, by the name it was given and the key it was sent under', async () => {
    const { graph, citizen, send, outcomes } = await stage({ wish: { statuses: ['sent', 'delivered'] } })
    const { person, address } = await citizen()
    const { ref } = await send(address, 'halo', { key: 'k/1/0' })
    person.reads()
    await graph.until(() => outcomes.length === 3)
    const at = expect.any(Date) as Date
    const common = { office: OFFICE, channel: 'whatsapp-cloud', ref, key: 'k/1/0', at }
    const price = {
      category: 'service',
      type: expect.any(String) as string,
      billable: expect.any(Boolean) as boolean,
    }
    expect(outcomes.toSorted((a, b) => a.state.localeCompare(b.state))).toEqual([
      { ...common, state: 'accepted', price },
      { ...common, state: 'delivered', price },
      expect.objectContaining({ ...common, state: 'read' }),
    ])
  })

  it.each([
    [131026, 'blocked'],
    [131047, 'window'],
    [131049, 'refused'],
    [130429, 'throttled'],
    [131053, 'refused'],
    [131000, 'unreachable'],
  ])('is a failure with its cause: %i is "%s"', async (fails, failure) => {
    const { graph, citizen, send, outcomes } = await stage()
    const { address } = await citizen()
    graph.breaks({ what: 'messages', times: 1, harm: { fails } })
    const { ref } = await send(address, 'halo')
    const found = await graph.until(() => outcomes.find(({ state }) => state === 'failed'))
    expect(found).toMatchObject({ ref, failure })
  })

  it("is read in its older form, and left alone where it is no status of a citizen's message", async () => {
    const { graph, outcomes } = await stage()
    const status = {
      id: 'wamid.1',
      status: 'delivered',
      timestamp: '1698266945',
      recipient_id: '620000000001',
    }
    const pricing = { billable: true, pricing_model: 'CBP', category: 'service' }
    graph.business.receives({
      statuses: [
        { ...status, pricing },
        { ...status, status: 'played' },
        { ...status, status: 'failed' },
        { ...status, recipient_type: 'group' },
        { ...status, status: 'deleted' },
        { ...status, id: 7 },
        'x',
      ],
    })
    await graph.until(() => outcomes.length >= 3)
    expect(outcomes).toMatchObject([
      {
        state: 'delivered',
        price: { category: 'service', type: 'CBP', billable: true },
        at: new Date(1698266945000),
      },
      { state: 'read' },
      { state: 'failed', failure: 'refused' },
    ])
    expect(outcomes[0]).not.toHaveProperty('key')
  })

  it('of the whole account is told to staff, once', async () => {
    const { graph, troubles, logged } = await stage()
    for (const again of [1, 2]) {
      graph.business.receives({ errors: [{ code: 131031, title: `Akun ${again}` }, { code: 'x' }, {}, null] })
      await graph.until(() => graph.business.pending.length === 0)
    }
    expect(troubles).toEqual([{ office: OFFICE, kind: 'account', code: 131031 }])
    expect(logged).toHaveLength(1)
  })
})
