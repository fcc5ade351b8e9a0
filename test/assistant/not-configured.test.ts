import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

/** What a process has loaded and opened after it did something with the assistant. */
function afterIn(code: string, env: Record<string, string> = {}) {
  const probe = `
    import { registerHooks } from 'node:module'
    import net from 'node:net'
    const loaded = []
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
    let sockets = 0
    const connect = net.Socket.prototype.connect
    net.Socket.prototype.connect = function (...args) { sockets += 1; return Reflect.apply(connect, this, args) }
    ${code}
    await new Promise(done => setTimeout(done, 50))
    const of = name => loaded.filter(url => url.includes('/node_modules/' + name)).length
    console.log(JSON.stringify({ langchain: of('langchain') + of('@langchain') + of('openai'), langsmith: of('langsmith'),
      sockets, tracing: Object.entries(process.env).filter(([name]) => /^LANG(SMITH|CHAIN)_(TRACING|VERBOSE)/.test(name)) }))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', probe], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

const OPEN = (settings: string) => `
  const { openModel } = await import('./src/assistant/open-model.ts')
  await import('./src/assistant/assistant.ts')
  const model = await openModel(${settings})`

it('without a model nothing of LangChain is loaded, and no socket opened', () => {
  expect(afterIn(OPEN('undefined'))).toMatchObject({ langchain: 0, langsmith: 0, sockets: 0 })
})

it('with one it is loaded (so this test can see it), no socket is opened before the first question, and nothing is traced', () => {
  const seen = afterIn(OPEN(`{ model: 'openai:x', baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'k' }`), {
    LANGSMITH_TRACING: 'true',
    LANGCHAIN_TRACING_V2: 'true',
    LANGSMITH_API_KEY: 'ls',
    LANGCHAIN_VERBOSE: 'true',
  })
  expect(seen.langchain).toBeGreaterThan(50)
  expect(seen.sockets).toBe(0)
  expect(seen.tracing.map(([, value]: [string, string]) => value)).toEqual(Array(5).fill('false'))
})
