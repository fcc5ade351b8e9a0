import { isIP } from 'node:net'
import { z } from 'zod'
import { clamdAddress } from './records/clamd.ts'

const list = z.string().transform(text =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== ''),
)
const url = (protocol: RegExp, example: string) =>
  z
    .url({ protocol, error: `must be an address like ${example}` })
    .transform(text => text.replace(/(?<!\/)\/+$/, ''))
const web = /^https?$/

/** The variables that concern the whole house, each with what it must look like, in words for the person who sets it. */
export const Variables = z.object({
  MODE: z.enum(['trial', 'live'], 'must be trial or live').default('trial'),
  PORT: z.coerce
    .number('must be a number')
    .int()
    .min(0, 'must be 0 to 65535')
    .max(65535, 'must be 0 to 65535')
    .default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: url(web, 'https://lapor.example.go.id').optional(),
  DATA_DIR: z.string().optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be an address like postgres://user@host/name' })
    .optional(),
  DATABASE_OWNER_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be an address like postgres://user@host/name' })
    .optional(),
  READ_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be an address like postgres://user@host/name' })
    .optional(),
  SEALING_KEY_FILE: z.string().optional(),
  OFFICES: list
    .pipe(z.array(z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be office ids, with commas between')))
    .optional(),
  FLOWS_DIR: z.string().default('flows'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
  SECOND_FACTOR: z.enum(['deeds', 'enter'], 'must be deeds or enter').default('deeds'),
  TRUSTED_PROXIES: list
    .pipe(z.array(z.string().refine(isProxy, 'must be IP addresses or ranges like 10.0.0.0/8')))
    .default([]),
  OBJECT_STORE_URL: url(web, 'https://s3.example.go.id/bucket').optional(),
  OBJECT_STORE_REGION: z.string().default('us-east-1'),
  OBJECT_STORE_KEY_ID: z.string().optional(),
  OBJECT_STORE_SECRET: z.string().optional(),
  CLAMAV: z
    .string()
    .transform((text, context) => {
      const address = clamdAddress(text)
      if (address === undefined)
        context.addIssue(
          'must be clamd’s host:port, such as 127.0.0.1:3310, or its socket, such as /run/clamav/clamd.ctl',
        )
      return address ?? z.NEVER
    })
    .optional(),
  BACKUP_DIR: z.string().optional(),
  BACKUP_KEYS_DIR: z.string().optional(),
  BACKUP_PASSPHRASE_FILE: z.string().optional(),
  BACKUP_PUBLIC_KEY_FILE: z.string().optional(),
  BACKUP_KEEP_DAYS: z.coerce.number('must be a number of days').int().min(1, 'must be 1 or more').default(35),
  KEY_RENEW_DAYS: z.coerce.number('must be a number of days').int().min(0, 'must be 0 or more').default(30),
  MODEL: z
    .string()
    .regex(/^[a-z_-]+:\S+$/, 'must be provider:name, such as openai:gpt-4.1-mini')
    .optional(),
  MODEL_BASE_URL: url(web, 'http://127.0.0.1:11434/v1').optional(),
  MODEL_API_KEY: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(web, 'http://127.0.0.1:4318').optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().default(''),
  OTEL_SERVICE_NAME: z.string().default('balai'),
  TELEGRAM_API_ROOT: url(web, 'https://api.telegram.org').default('https://api.telegram.org'),
  WHATSAPP_URL: url(/^wss?$/, 'wss://web.whatsapp.com/ws/chat').optional(),
  WHATSAPP_MEDIA_ROOT: url(web, 'https://mmg.whatsapp.net').optional(),
  WHATSAPP_WORKER_IMPORT: z.string().optional(),
  WHATSAPP_FAKE: url(web, 'http://127.0.0.1:8083').optional(),
  WHATSAPP_CLOUD_API_ROOT: url(web, 'https://graph.facebook.com').default('https://graph.facebook.com'),
})
export type Variables = z.infer<typeof Variables>

function isProxy(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const limit = isIP(address) === 4 ? 32 : 128
  return (
    isIP(address) !== 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= limit))
  )
}
