import { expect, it } from 'vitest'
import { permitted } from '../src/lib/log.ts'
import { runningVersions } from '../src/running-versions.ts'

it('says in one word of a log line what runs here', () => {
  const version = runningVersions()
  expect(version).toMatch(/^balai:\d+\.\d+\.\d+\/node:24\.\d+\.\d+\/openssl:3\./)
  expect(permitted({ version })).toEqual({ version })
  expect(runningVersions({ ...process.versions, openssl: '3.5.8+quic' })).toContain('3.5.8+quic')
})
