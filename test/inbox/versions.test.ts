import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openLog } from '../../src/lib/log.ts'
import { openHouses } from '../../src/offices/open-houses.ts'
import { archiveFlows } from '../../src/records/flow-versions.ts'
import { testDatabase } from '../helpers/database.ts'
import { fakePlatform, houses, testLine } from '../helpers/line.ts'

const folder = mkdtempSync(join(tmpdir(), 'balai-versions-'))
cpSync('flows', folder, { recursive: true })
const changed = join(folder, 'complaint.yaml')
writeFileSync(changed, readFileSync(changed, 'utf8').replace('Kapan', 'Tanggal berapa'))
const newer = await openHouses({ flowsDir: folder, offices: undefined, mode: 'trial' }, openLog('silent'))
afterAll(() => rmSync(folder, { recursive: true }))

it('goes on with what a process began whose flows are other ones, in the words it began with', async () => {
  const { db } = await testDatabase()
  await archiveFlows(db, houses.flows())
  await archiveFlows(db, newer.flows())
  const old = await testLine(db)
  const next = await testLine(
    db,
    old.keyring,
    fakePlatform('telegram'),
    undefined,
    undefined,
    newer.houses,
    newer.remember,
  )
  // Citizens are answered by either, in turns, as behind a balancer.
  for (const [who, first, second] of [
    ['ani', next, old],
    ['budi', old, next],
  ] as const) {
    await first.say(who, 'pengaduan')
    await second.say(who, 'layanan')
    await first.say(who, 'Terbuka')
    await second.say(who, 'Antrean di loket contoh berjam-jam dan nomornya dipanggil tidak berurutan.')
    await old.quiet()
    const heard = [...old.heard(who), ...next.heard(who)].join('\n')
    expect(heard).not.toContain('pertanyaannya sudah berubah')
    expect(heard.includes('Tanggal berapa')).toBe(first === next)
  }
})
