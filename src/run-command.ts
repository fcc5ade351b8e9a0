import { type Config, loadEnvFile, readConfig } from './config.ts'
import { Refusal } from './lib/refusal.ts'
import { say } from './lib/terminal.ts'
import { goOnWithoutReader } from './lib/without-reader.ts'

/** Runs a command that opens what it needs itself, and ends the process: 0 when it did what it says, 1 when not. */
export function runCommand(command: (config: Config) => Promise<void>): void {
  goOnWithoutReader()
  run(command).then(
    () => process.exit(0),
    (error: unknown) => {
      const words = error instanceof Refusal ? error.message : error instanceof Error ? error.stack : error
      say(String(words))
      process.exit(1)
    },
  )
}

async function run(command: (config: Config) => Promise<void>): Promise<void> {
  loadEnvFile()
  await command(readConfig(process.env))
}
