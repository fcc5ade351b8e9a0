import { faultOf, type Log } from './lib/log.ts'

/** How often figures leave. */
const EVERY_MS = 60_000
/** A collector that answers later than that is away; the next minute's figures hold all that these did. */
const PATIENCE_MS = 10_000

/** Where figures go, by the names OpenTelemetry gave these settings. */
export type TelemetrySettings = { endpoint: string; headers: Record<string, string>; service: string }

type Point = { name: string; help: string; isSum: boolean; value: number }

/**
 * Brings what /metrics tells to an OpenTelemetry collector, once a minute: OTLP 1.x over HTTP, in its JSON encoding
 * (https://opentelemetry.io/docs/specs/otlp/), which needs nothing but `fetch`. Figures and names of ours alone, as at /metrics. A collector
 * that is away costs nobody anything.
 */
export function createTelemetry(parts: {
  settings: TelemetrySettings
  metrics(): Promise<string>
  log: Pick<Log, 'warn'>
}): { start(): void; stop(): void; send(): Promise<void> } {
  const { settings, metrics, log } = parts
  const began = nanoseconds(Date.now())
  let timer: NodeJS.Timeout | undefined

  async function send(): Promise<void> {
    try {
      const body = JSON.stringify(otlpOf(pointsIn(await metrics()), settings.service, began))
      const answer = await fetch(`${settings.endpoint}/v1/metrics`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...settings.headers },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      await answer.body?.cancel()
      if (!answer.ok) log.warn('the collector refused our figures', { status: answer.status })
    } catch (error) {
      log.warn('figures did not reach the collector', faultOf(error))
    }
  }

  return {
    start() {
      timer = setInterval(() => void send(), EVERY_MS)
      timer.unref()
    },
    stop: () => clearInterval(timer),
    send,
  }
}

const LINE = /^# HELP (\w+) (.*)\n# TYPE \1 (counter|gauge)\n\1 (\S+)$/gm

/** The figures in our own text for Prometheus: each has its help, its type and one value. */
export function pointsIn(text: string): Point[] {
  return [...text.matchAll(LINE)].map(([, name = '', help = '', type, value = '']) => ({
    name,
    help,
    isSum: type === 'counter',
    value: Number(value),
  }))
}

function otlpOf(points: Point[], service: string, startTimeUnixNano: string) {
  const timeUnixNano = nanoseconds(Date.now())
  const metrics = points.map(({ name, help, isSum, value }) => {
    const dataPoints = [{ asDouble: value, timeUnixNano, ...(isSum ? { startTimeUnixNano } : {}) }]
    // 2: cumulative, since the start of this process.
    const data = isSum
      ? { sum: { dataPoints, aggregationTemporality: 2, isMonotonic: true } }
      : { gauge: { dataPoints } }
    return { name, description: help, ...data }
  })
  const attributes = [{ key: 'service.name', value: { stringValue: service } }]
  return {
    resourceMetrics: [{ resource: { attributes }, scopeMetrics: [{ scope: { name: 'balai' }, metrics }] }],
  }
}

/** As a text: a number of JSON cannot hold them. */
function nanoseconds(ms: number): string {
  return `${BigInt(Math.round(ms)) * 1_000_000n}`
}

/** Headers as OpenTelemetry writes them: `name=value,other=value`, values in percent encoding. */
export function headersIn(text: string): Record<string, string> {
  const pairs = text.split(',').filter(part => part.includes('='))
  return Object.fromEntries(
    pairs.map(part => {
      const at = part.indexOf('=')
      return [part.slice(0, at).trim(), decodeURIComponent(part.slice(at + 1).trim())]
    }),
  )
}
