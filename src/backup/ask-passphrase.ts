import { readFile } from 'node:fs/promises'
import { Refusal } from '../lib/refusal.ts'

const MOST = 1024

/** The first line of a file. */
export async function passphraseIn(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Refusal(
      `The passphrase file ${file} cannot be read (${cause.code}). Your move: correct its name, or its rights.`,
      {
        cause,
      },
    )
  })
  return text.split(/\r?\n/)[0] ?? ''
}

/** Asks at the terminal, and shows nothing of what is typed; undefined where there is none. */
export async function askPassphrase(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) return undefined
  stderr.write(question)
  stdin.setRawMode(true)
  let typed = ''
  try {
    for await (const chunk of stdin as AsyncIterable<Buffer>) {
      for (const sign of chunk.toString('utf8')) {
        if (sign === '\r' || sign === '\n' || typed.length > MOST) return typed
        if (sign === '\u0003') throw new Refusal('Stopped; nothing was done.')
        typed = sign === '\u007f' ? typed.slice(0, -1) : typed + sign
      }
    }
    return typed
  } finally {
    stdin.setRawMode(false)
    stderr.write('\n')
  }
}
