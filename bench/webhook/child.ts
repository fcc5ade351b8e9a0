/** `child.ts BOT DATABASE_URL API_ROOT`: one bot behind a port, which it tells; then answers how many records it keeps. */
import { listen } from '../../src/listen.ts'
import { BOTS, type BotName } from './bots.ts'

const [name = '', url = '', apiRoot = ''] = process.argv.slice(2)
if (!Object.hasOwn(BOTS, name)) throw new Error(`no bot is called ${name}`)
const bot = await BOTS[name as BotName](url, apiRoot)
const { port } = await listen(bot.app.fetch, { host: '127.0.0.1', port: 0 })
process.on('message', () => {
  bot.records().then(
    records => process.send?.({ records, cpuUs: cpuUs(), megabytes: process.resourceUsage().maxRSS / 1024 }),
    (error: unknown) => {
      process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    },
  )
})
// An orphan ends by itself.
process.on('disconnect', () => process.exit(0))
process.send?.({ port })

function cpuUs(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}
