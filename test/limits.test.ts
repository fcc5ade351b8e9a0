import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Limit, sayLimit } from '../src/lib/limit.ts'
import { LIMITS } from '../src/lib/limits.ts'

const root = join(import.meta.dirname, '..')
const src = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts') && !path.endsWith('lib/limits.ts') && !path.startsWith('doors'))
  .map(path => readFileSync(join(root, 'src', path), 'utf8'))
  .join('\n')
const all = Object.entries<Limit>(LIMITS)

describe('the limits', () => {
  it('are of chats, accounts, clients, offices and of all', () => {
    expect(new Set(all.map(([, one]) => one.of))).toEqual(
      new Set(['chat', 'account', 'client', 'office', 'all']),
    )
  })

  it('are kept by somebody, each', () => {
    // What is heard in a minute stands in the words of the house, where an office may read it.
    const unkept = all.filter(([name]) => name !== 'chatHeard' && !src.includes(`LIMITS.${name}`))
    expect(unkept).toEqual([])
    const house = parse(readFileSync(join(root, 'flows/house.yaml'), 'utf8')) as {
      flood: { minute: number }
    }
    expect(house.flood.minute).toBe(LIMITS.chatHeard.most)
  })

  it('say why, and what becomes of the rest', () => {
    for (const [name, one] of all)
      for (const words of [one.what, one.why, one.over]) expect(words.length, name).toBeGreaterThan(5)
  })

  it('leave room for others: no chat, client or office may have all there is', () => {
    expect(LIMITS.officeWaiting.most).toBeLessThan(LIMITS.allWaiting.most)
    expect(LIMITS.clientUploads.most).toBeLessThan(LIMITS.allUploads.most)
    expect(LIMITS.clientConnections.most).toBeLessThan(LIMITS.allConnections.most)
    // Whoever is told to come again needs a connection to hear it.
    expect(LIMITS.officeWaiting.most).toBeLessThan(LIMITS.allConnections.most)
    expect(LIMITS.clientWaits.most).toBeLessThan(LIMITS.clientConnections.most)
    expect(LIMITS.chatMessages.rate.perSecond).toBeLessThan(LIMITS.clientMessages.rate.perSecond)
  })

  it('are said as pages say them', () => {
    expect(sayLimit(LIMITS.chatMessages)).toBe('20 at once and 2/s a chat')
    expect(sayLimit(LIMITS.clientSessions)).toBe('30 at once and 1 in 2 s a client')
    expect(sayLimit(LIMITS.allConnections)).toBe('1,000 connections in all')
  })
})
