import { parseArgs } from 'node:util'
import { startFakePage } from './page/start-fake-page.ts'

/** A WhatsApp for trying a linked number by hand, and what leads Balai to it: `--port 8083`. */
const { values } = parseArgs({ options: { port: { type: 'string', default: '8083' } } })
const page = await startFakePage({ port: Number(values.port) })
process.stdout.write(`A WhatsApp of your own is ready at ${page.url}/ (citizens, staff and the office's phone on one page).
Start Balai with these in its environment, ask it to link a number, and type the code it shows on that page:

${page.env.join('\n')}
`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void page.close()
  })
