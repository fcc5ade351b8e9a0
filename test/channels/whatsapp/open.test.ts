import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWhatsApp, type WhatsAppParts } from '../../../src/open-whatsapp.ts'

const logged: string[] = []
const parts = (channels: WhatsAppParts['config']['channels'], served: string[]) =>
  ({
    config: { channels },
    houses: new Map(served.map(id => [id, { office: { id } }])),
    log: { warn: (event: string) => logged.push(event) },
  }) as unknown as WhatsAppParts

it('opens nothing where no office has a linked number, or none is served', () => {
  expect(openWhatsApp(parts({}, ['medan']))).toBeUndefined()
  expect(openWhatsApp(parts({ medan: {} }, ['medan']))).toBeUndefined()
  expect(openWhatsApp(parts({ medan: { whatsapp: { by: 'baileys' } } }, []))).toBeUndefined()
  expect(logged).toEqual(['a WhatsApp number is left alone, since its office is not served here'])
})

it('loads nothing of the library into the server process', () => {
  const script = `
    import { registerHooks } from 'node:module'
    const seen = []
    registerHooks({ resolve(name, context, next) { seen.push(name); return next(name, context) } })
    await import(${JSON.stringify(join(import.meta.dirname, '../../../src/open-whatsapp.ts'))})
    console.log(JSON.stringify(seen))`
  const seen: string[] = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
  )
  expect(seen).toContain('./start-worker.ts')
  expect(seen.filter(name => /baileys|libsignal|worker\//.test(name))).toEqual([])
})

it('has nothing installed that would fetch a page for its preview', () => {
  expect(() => createRequire(import.meta.url).resolve('link-preview-js')).toThrow()
})
