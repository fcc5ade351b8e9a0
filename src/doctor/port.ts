import { createServer } from 'node:net'
import { type Finding, good, must } from './finding.ts'

/** Whether the port is free, or Balai itself has it. */
export async function lookAtPort(host: string, port: number): Promise<Finding> {
  if (port === 0) return good('PORT', 'any that is free')
  const problem = await new Promise<string | undefined>(done => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'))
    server.listen(port, host, () => server.close(() => done(undefined)))
  })
  if (problem === undefined) return good('PORT', `${port} is free`)
  if (problem === 'EADDRINUSE' && (await isBalai(host, port))) return good('PORT', `Balai runs on ${port}`)
  if (problem === 'EACCES')
    return must(
      'PORT',
      `${port} may not be opened by this user. Your move: a port above 1023, and a proxy in front.`,
    )
  return must(
    'PORT',
    `${port} cannot be had (${problem}). Your move: stop what uses it, or set another PORT.`,
  )
}

async function isBalai(host: string, port: number): Promise<boolean> {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  try {
    const answer = await fetch(`http://${name}:${port}/healthz`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(2000),
    })
    return (await answer.text()) === 'alive\n'
  } catch {
    return false
  }
}
