import { installedVersion } from '../../src/channels/whatsapp/version.ts'
import { commandLine } from '../../src/command-line.ts'
import { startFakePage } from './whatsapp-cloud/page/start-fake-page.ts'

/** A page on which WhatsApp is played, and the lines for `.env` that lead Balai to it. */
type Page = { called: string; url: string; env: string[]; move: string; close(): Promise<void> }

const USAGE = 'npm run whatsapp:fake [-- --port 8082] [--linked-port 8083] [--balai http://127.0.0.1:3000]'

/**
 * `npm run whatsapp:fake -- [--port 8082] [--linked-port 8083] [--balai http://127.0.0.1:3000]`: a WhatsApp for trying Balai by hand,
 * once as Meta's Cloud API and once as linked numbers reach it. `--balai` is where Balai listens, whose webhooks are called.
 */
const { values } = commandLine(USAGE, {
  options: {
    port: { type: 'string', default: '8082' },
    'linked-port': { type: 'string', default: '8083' },
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
    move: 'start Balai, press "Hubungkan" on the page, and write to the office',
  }
}

/** Loaded only where Baileys is: it plays the phones. */
async function linked(): Promise<Page> {
  const { startFakePage: startLinkedPage } = await import('./whatsapp/page/start-fake-page.ts')
  const page = await startLinkedPage({ port: Number(values['linked-port']) })
  return {
    ...page,
    called: 'WhatsApp for linked numbers',
    move: 'start Balai, run "npm run whatsapp -- link --office medan --code" and the number, and type the code on the page',
  }
}

/** One page for each way to WhatsApp; an office goes one of them. */
const pages: readonly Page[] = [await cloud(), ...(installedVersion() === undefined ? [] : [await linked()])]

for (const { called, url, env, move } of pages) {
  process.stdout.write(`${called}, of your own, is ready at ${url}/
Copy these lines into .env, ${move}:

${env.join('\n')}

`)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const page of pages) void page.close()
  })
