import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { counted } from '../src/counted.ts'
import { createTelemetry, headersIn, pointsIn } from '../src/telemetry.ts'

type Heard = { path: string; key: string | undefined; body: unknown }
const heard: Heard[] = []
let status = 200
const collector = createServer((request, answer) => {
  const parts: Buffer[] = []
  request.on('data', part => parts.push(part))
  request.on('end', () => {
    const key = request.headers['x-key']
    heard.push({
      path: request.url ?? '',
      key: typeof key === 'string' ? key : undefined,
      body: JSON.parse(Buffer.concat(parts).toString()),
    })
    answer.writeHead(status).end('{}')
  })
})
await new Promise<void>(done => collector.listen(0, '127.0.0.1', done))
afterAll(() => new Promise(done => collector.close(done)))
const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`

it('brings every figure of /metrics to the collector, as OTLP has it', async () => {
  const counters = counted()
  counters.add('messages_received_total', 3)
  const gauge =
    '# HELP balai_disk_free_bytes What is free.\n# TYPE balai_disk_free_bytes gauge\nbalai_disk_free_bytes 12.5\n'
  const warned: string[] = []
  const telemetry = createTelemetry({
    settings: { endpoint, headers: { 'x-key': 'kunci contoh' }, service: 'balai-uji' },
    metrics: async () => counters.text() + gauge,
    log: { warn: event => warned.push(event) },
  })
  await telemetry.send()
  const [{ path, key, body } = { path: '', key: '', body: undefined }] = heard
  expect([path, key]).toEqual(['/v1/metrics', 'kunci contoh'])
  type Told = { resource: { attributes: object[] }; scopeMetrics: { metrics: { name: string }[] }[] }
  const [resource] = (body as { resourceMetrics: Told[] }).resourceMetrics
  expect(resource?.resource.attributes).toEqual([
    { key: 'service.name', value: { stringValue: 'balai-uji' } },
  ])
  const metrics = resource?.scopeMetrics[0]?.metrics ?? []
  expect(metrics).toHaveLength(pointsIn(counters.text()).length + 1)
  expect(metrics.find(({ name }) => name === 'balai_messages_received_total')).toMatchObject({
    sum: {
      isMonotonic: true,
      aggregationTemporality: 2,
      dataPoints: [{ asDouble: 3, timeUnixNano: expect.stringMatching(/^\d{19}$/) }],
    },
  })
  expect(metrics.at(-1)).toMatchObject({ gauge: { dataPoints: [{ asDouble: 12.5 }] } })

  status = 503
  await telemetry.send()
  collector.close()
  collector.closeAllConnections()
  await telemetry.send()
  expect(warned).toEqual(['the collector refused our figures', 'figures did not reach the collector'])
})

it('reads headers as OpenTelemetry writes them', () => {
  expect(headersIn('')).toEqual({})
  expect(headersIn('x-key=a%20b, other=c=d')).toEqual({ 'x-key': 'a b', other: 'c=d' })
})
