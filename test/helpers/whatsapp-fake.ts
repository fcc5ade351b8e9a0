import { parseArgs } from 'node:util'
import { startFakePage } from './whatsapp-cloud/page/start-fake-page.ts'

/** A page on which WhatsApp is played, and the lines for `.env` that lead Balai to it. */
type Page = { called: string; url: string; env: string[]; next: string; close(): Promise<void> }

/**
 * `npm run whatsapp:fake -- [--port 8082] [--balai http://127.0.0.1:3000]`: a WhatsApp for trying Balai by hand. `--balai` is
 * where Balai listens, whose webhooks are called.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8082' },
    balai: { type: 'string', default: 'http://127.0.0.1:3000' },
  },
})

/** The template the example offices name in a comment: declare it in `office.yaml`, and it goes out when a day has passed. */
const WAITING = {
  name: 'kabar_laporan',
  language: 'id',
  category: 'utility',
  body: 'Ada kabar untuk laporan {{1}} dari {{2}}. Balas pesan ini untuk membacanya.',
} as const

async function cloud(): Promise<Page> {
  const page = await startFakePage({
    port: Number(values.port),
    balai: values.balai,
    templates: [WAITING],
    onViolation: words => process.stderr.write(`${words}\n`),
  })
  return {
    ...page,
    called: "WhatsApp with Meta's Cloud API",
    next: 'start Balai, press "Hubungkan" on the page, and write to the office',
  }
}

/** One page for each way to WhatsApp. */
const pages: readonly Page[] = [await cloud()]

for (const { called, url, env, next } of pages) {
  process.stdout.write(`${called}, of your own, is ready at ${url}/ (citizens on one page).
Copy these lines into .env, ${next}:

${env.join('\n')}

`)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const page of pages) void page.close()
  })
