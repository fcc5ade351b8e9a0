import { setTimeout as pause } from 'node:timers/promises'
import { consoleChannel } from './channels/console/console-channel.ts'
import { commandLine } from './command-line.ts'
import { readConfig } from './config.ts'
import { counted } from './counted.ts'
import { openLog } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { print, say } from './lib/terminal.ts'
import { goOnWithoutReader } from './lib/without-reader.ts'
import { buildLine } from './line.ts'
import { openHouses } from './offices/open-houses.ts'
import { type Db, openDb } from './records/db.ts'
import { startThrowAway } from './records/embedded/throw-away.ts'
import { grantsTo } from './records/grant.ts'
import { makeKeyring } from './records/keyring.ts'
import { migrate } from './records/migrate.ts'
import { serveArticles } from './serve-articles.ts'
import { serveVacancies } from './serve-vacancies.ts'

const { values } = commandLine(
  "npm run talk [-- --office ID] [--language id|en] [--flow NAME]     the citizen's side, in this terminal",
  {
    options: {
      office: { type: 'string' },
      language: { type: 'string', default: 'id' },
      flow: { type: 'string' },
    },
  },
)

/** The terminal as a channel, on the real line with a database that is thrown away at the end. */
async function talk(): Promise<void> {
  const config = readConfig({ ...process.env, MODE: 'trial' })
  const log = openLog('silent')
  const offices = await openHouses(config, log)
  const office = values.office ?? [...offices.houses.keys()][0] ?? ''
  const house = offices.houses.get(office)
  if (house === undefined) {
    throw new Refusal(
      `There is no office ${office}. Your move: one of ${[...offices.houses.keys()].join(', ')}.`,
    )
  }
  if (!house.office.languages.includes(values.language)) {
    throw new Refusal(
      `${office} does not speak ${values.language}. Your move: one of ${house.office.languages.join(', ')}.`,
    )
  }
  const embedded = await startThrowAway(log)
  try {
    await migrate(embedded.owner, undefined, [grantsTo(embedded.connection.user)])
    const db = openDb(embedded.connection, { max: 5 })
    const terminal = consoleChannel({
      office,
      language: values.language,
      input: process.stdin,
      print,
      settled: () => settled(db),
    })
    // Nobody hears the answers: no further line is read.
    goOnWithoutReader(() => void terminal.stop())
    const line = buildLine({
      db,
      keyring: makeKeyring(),
      houses: offices.houses,
      channels: new Map([['console', terminal]]),
      knowledge: await serveArticles(config, db, [office]),
      vacancies: await serveVacancies(config, db, [house.office]),
      log,
      alone: true,
      counters: counted(),
    })
    await line.start()
    if (values.flow !== undefined) {
      const opens = house.book.flows[values.flow]?.opens[0]
      if (opens === undefined) {
        throw new Refusal(
          `There is no flow ${values.flow}. Your move: one of ${Object.keys(house.book.flows).join(', ')}.`,
        )
      }
      await terminal.say(opens)
    }
    await terminal.ended
    await line.stop()
    await db.close()
  } finally {
    await embedded.stop()
  }
}

/** Everything said on the terminal was taken and answered; cards for desks have nobody to read them here. */
async function settled(db: Db): Promise<void> {
  for (;;) {
    const { rows } = await db.pool.query<{ open: number }>(
      `select (select count(*) from outbox where channel = 'console' and status in ('waiting', 'sending'))
         + (select count(*) from inbox where status = 'pending' and due_at <= now() and channel = 'console') as open`,
    )
    if (Number(rows[0]?.open) === 0) return
    await pause(5)
  }
}

talk().then(
  () => process.exit(0),
  (error: unknown) => {
    say(error instanceof Refusal ? error.message : String(error))
    process.exit(1)
  },
)
