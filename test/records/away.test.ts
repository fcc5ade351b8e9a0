import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { isAway } from '../../src/records/away.ts'

const ofSystem = (code: string, syscall: string) => Object.assign(new Error(code), { code, syscall })
const ofServer = (code: string) => Object.assign(new Error('says the server'), { code })

describe('a database that cannot be reached', () => {
  it.each([
    ofSystem('ECONNREFUSED', 'connect'),
    // A frozen server's queue is full: PostgreSQL stopped by a signal, reached by its socket file.
    ofSystem('EAGAIN', 'connect'),
    ofSystem('EADDRNOTAVAIL', 'connect'),
    ofSystem('ENOENT', 'connect'),
    ofSystem('EMFILE', 'socket'),
    ofSystem('EAI_AGAIN', 'getaddrinfo'),
    ofSystem('ECONNRESET', 'read'),
    ofSystem('EPIPE', 'write'),
    ofServer('57P01'),
    ofServer('53300'),
    ofServer('08006'),
    new Error('Query read timeout'),
    new AggregateError([ofSystem('ECONNREFUSED', 'connect')]),
    new Error('wrapped', { cause: ofSystem('EAGAIN', 'connect') }),
  ])('%o', error => expect(isAway(error)).toBe(true))

  it.each([
    ofServer('22021'),
    ofServer('57014'),
    ofSystem('EACCES', 'open'),
    ofSystem('ENOENT', 'read'),
    new Error('of ours'),
    'not even an error',
  ])('is not %o', error => expect(isAway(error)).toBe(false))

  it('is what the system itself says of a socket that is not there', async () => {
    const client = new pg.Client({ host: '/nowhere' })
    await expect(client.connect()).rejects.toSatisfy(isAway)
  })
})
