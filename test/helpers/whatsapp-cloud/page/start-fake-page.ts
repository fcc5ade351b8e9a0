import type { Template } from '../templates.ts'
import { setStage } from './stage.ts'

export type FakePage = {
  url: string
  /** The lines for `.env` that lead Balai here. */
  env: string[]
  close: () => Promise<void>
}

/**
 * Starts the Cloud API for trying Balai by hand, with the page on which citizens are played. `balai` is where Balai listens;
 * `onViolation` is told of every call that Meta would never take.
 */
export async function startFakePage(wish: {
  port: number
  balai: string
  templates?: Omit<Template, 'status'>[]
  onViolation?: (words: string) => void
}): Promise<FakePage> {
  const { graph, offices } = await setStage(wish)
  let told = 0
  graph.watch(() => {
    for (const one of graph.violations.slice(told)) wish.onViolation?.(`${one.what}: ${one.problem}`)
    told = graph.violations.length
  })
  const env = offices.flatMap(({ id, business }) => {
    const name = id.toUpperCase().replaceAll('-', '_')
    return [
      `WHATSAPP_${name}=cloud`,
      `WHATSAPP_CLOUD_TOKEN_${name}=${business.token}`,
      `WHATSAPP_CLOUD_PHONE_${name}=${business.phoneId}`,
      `WHATSAPP_CLOUD_SECRET_${name}=${business.secret}`,
      `WHATSAPP_CLOUD_VERIFY_${name}=${business.verifyToken}`,
    ]
  })
  return { url: graph.url, env: [`WHATSAPP_CLOUD_API_ROOT=${graph.url}`, ...env], close: graph.close }
}
