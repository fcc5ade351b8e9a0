import { startFakeGraph } from '../../helpers/whatsapp-cloud/fake-graph.ts'
import { openBalai } from '../canary/balai.ts'
import { progress, type Verdict } from '../check.ts'
import { countRows, grown } from '../forge/count-rows.ts'
import { cloudEnv } from '../harness/cloud-env.ts'
import { databaseUrl } from '../harness/database-url.ts'
import { startServer } from '../harness/server.ts'
import { type Shape, shapesOf } from './whatsapp-cloud-shapes.ts'

/** What Meta signs is its own, and may still be anything: nobody is answered, nothing is written down, and all of it is done with. */
export async function shapesOnCloud(count: number): Promise<Verdict> {
  const graph = await startFakeGraph({ secondMs: 100, businesses: [{ name: 'Balai' }, { name: 'Lain' }] })
  const { business } = graph
  const shapes = shapesOf(count, {
    phoneId: business.phoneId,
    phone: business.phone,
    otherPhoneId: graph.businesses[1]?.phoneId ?? '',
  })
  const server = await startServer()
  const records = await server.database('shapes')
  const balai = await openBalai({
    DATABASE_URL: databaseUrl(records.address),
    ...cloudEnv('medan', graph.url, business),
  })
  try {
    await balai.start()
    await business.listens(`${balai.url}/whatsapp/medan`)
    const before = await countRows(records.address)
    const answers = { done: 0, refused: 0, failed: 0 }
    for (const { what, body } of shapes) {
      const status = await business.posts(body)
      if (status === 200) answers.done += 1
      else if (typeof status === 'number' && status < 500) answers.refused += 1
      else answers.failed += 1
      if (status !== 200) progress(`${what}: ${status}`)
    }
    const rows = grown(before, await countRows(records.address))
    const sent = graph.calls.length
    const siti = graph.user('Siti')
    siti.says('menu')
    await graph.until(() => siti.last(), 15_000)
    const badLines = balai
      .stderr()
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('{')).length
    const totals = {
      shapes: shapes.length,
      ...answers,
      rows,
      effects: (rows === '' ? 0 : 1) + sent,
      badLines,
      controlEffects: shapes.filter(shape => isTakenByNaive(shape)).length,
      violations: graph.violations.length,
    }
    const { failed, refused, effects, violations } = totals
    const isHeld = failed + refused + effects + badLines + violations === 0
    return { totals, ok: isHeld && shapes.length >= count && totals.controlEffects > 0 }
  } finally {
    await balai.remove()
    await graph.close()
    await server.stop()
  }
}

/** The wrong reader: what has the form of a message is one, and what it trips over ends it. */
function isTakenByNaive({ body }: Shape): boolean {
  try {
    const given = JSON.parse(String(body))
    for (const { value } of given.entry[0].changes)
      for (const message of value.messages)
        if (message.text.body.length > 0 && message.from.length > 0) return true
    return false
  } catch {
    return true
  }
}
