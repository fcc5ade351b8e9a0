import { type ParseArgsConfig, parseArgs } from 'node:util'
import { print, say } from './lib/terminal.ts'

/**
 * What stands on the command line, read before anything is opened. `--help` prints `usage` on stdout and ends with 0; an option the
 * command does not know, one without its value, or a word too many says so, prints `usage` on stderr and ends with 1.
 */
export function commandLine<T extends ParseArgsConfig>(usage: string, config: T) {
  const args = config.args ?? process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    print(usage)
    process.exit(0)
  }
  try {
    return parseArgs(config)
  } catch (error) {
    const fault = faultOf(error)
    if (fault === undefined) throw error
    say(`${fault}\n${usage}`)
    process.exit(1)
  }
}

/** Node's first sentence; what follows it is about a positional that begins with a hyphen, which no command takes. */
function faultOf(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')))
    return undefined
  return `${error.message.split(/\.\s/)[0]}. Your move: as it stands below.`
}
