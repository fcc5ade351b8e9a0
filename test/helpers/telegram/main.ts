import { commandLine } from '../../../src/command-line.ts'
import { setStage } from './page/stage.ts'

/** `npm run telegram:fake -- [--port 8081]`: a Telegram for trying the bot by hand, and the lines for `.env` that lead to it. */
const { values } = commandLine('npm run telegram:fake [-- --port 8081]', {
  options: { port: { type: 'string', default: '8081' } },
})
const stage = await setStage(Number(values.port))
const { url } = stage.telegram

const lines = stage.offices.flatMap(({ id, bot }) => {
  const name = id.toUpperCase().replaceAll('-', '_')
  return [`TELEGRAM_${name}=poll`, `TELEGRAM_TOKEN_${name}=${bot.token}`]
})
process.stdout.write(`A Telegram of your own is ready at ${url}/ (citizens and staff on one page).
Copy these lines into .env, start Balai, and write to the bot there:

TELEGRAM_API_ROOT=${url}
${lines.join('\n')}

People, by their Telegram id: ${[...stage.citizens, ...stage.staff].map(one => `${one.user.first_name} ${one.id}`).join(', ')}
Groups: ${stage.offices.map(({ id, forum, group }) => `${id} ${forum.id} (topics), ${group.id} (none)`).join('; ')}
`)

let told = 0
stage.telegram.watch(() => {
  for (const one of stage.telegram.violations.slice(told))
    process.stderr.write(`${one.bot} ${one.method}: ${one.problem}\n`)
  told = stage.telegram.violations.length
})
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void stage.telegram.close()
  })
