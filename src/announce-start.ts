import type { Config } from './config.ts'
import type { Warning } from './jobs/backup-reminder.ts'
import { print } from './lib/terminal.ts'

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
  print(`Balai is ready at ${here}`)
  if (mode === 'trial') {
    print(`  citizen and desks, side by side: ${here}/`)
    print(`  staff sign in here, as an example person: ${here}/sign-in`)
    print('  stop with Ctrl-C')
  }
  for (const { office, token } of started.administrators)
    print(
      `  first sign-in of ${office}'s administrator, once and within five minutes: ${publicUrl ?? here}/sign-in/${token}`,
    )
  for (const { words } of started.warnings) print(`  Note: ${words}`)
}
