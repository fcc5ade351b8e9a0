import type { Config } from './config.ts'
import type { Warning } from './jobs/backup-reminder.ts'

/** What a start has to say besides that it can serve. */
export type Started = {
  port: number
  warnings: Warning[]
  /** Offices without anybody who could sign in, each with a link for its first administrator. */
  administrators: { office: string; token: string }[]
}

/** The first line is a contract; the rest is for people. */
export function announceStart({ host, mode, publicUrl }: Config, started: Started): void {
  const shown = host === '0.0.0.0' || host === '127.0.0.1' ? 'localhost' : host
  const here = `http://${shown}:${started.port}`
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  say(`Balai is ready at ${here}`)
  if (mode === 'trial') {
    say(`  citizen and desks, side by side: ${here}/`)
    say(`  staff sign in here, as an example person: ${here}/sign-in`)
    say('  stop with Ctrl-C')
  }
  for (const { office, token } of started.administrators)
    say(
      `  first sign-in of ${office}'s administrator, once and within five minutes: ${publicUrl ?? here}/sign-in/${token}`,
    )
  for (const { words } of started.warnings) say(`  Note: ${words}`)
}
