import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { counted } from '../src/counted.ts'
import { createMeasures, MEASURES } from '../src/measured.ts'
import { openDb } from '../src/records/db.ts'
import { noteFact } from '../src/records/house-facts.ts'
import { testDatabase } from './helpers/database.ts'

const { db } = await testDatabase()
const value = (text: string, name: string) => Number(new RegExp(`^balai_${name} (.*)$`, 'm').exec(text)?.[1])

it('tells what waits, the last backup, the disk and the process, each a number with its help', async () => {
  await noteFact(db.pool, 'last_backup', '2026-11-23T02:00:00.000Z')
  await db.pool.query(
    `insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, due_at, created_at)
     values ('k', 'medan', 'web', gen_random_uuid(), 1, 'bot', '', 'waiting', now() - interval '90 seconds', now())`,
  )
  const text = await createMeasures({ db, dataDir: '.' }).text()
  for (const name of Object.keys(MEASURES)) {
    expect(value(text, name), name).not.toBeNaN()
    expect(text).toContain(`# TYPE balai_${name} gauge`)
  }
  expect(value(text, 'outbox_waiting')).toBe(1)
  expect(value(text, 'outbox_oldest_seconds')).toBeGreaterThanOrEqual(90)
  expect(value(text, 'last_backup_timestamp_seconds')).toBe(Date.parse('2026-11-23T02:00:00Z') / 1000)
})

it('says with the database away that it is, and the rest all the same', async () => {
  const away = openDb('postgres://nobody@127.0.0.1:9/none', { max: 1 })
  const text = await createMeasures({ db: away, dataDir: '.' }).text()
  expect(value(text, 'database_up')).toBe(0)
  expect(value(text, 'resident_memory_bytes')).toBeGreaterThan(0)
  await away.close()
})

it.each([
  ['the dashboard', readFileSync('deploy/grafana-dashboard.json', 'utf8')],
  ['the alerts', JSON.stringify(parse(readFileSync('deploy/prometheus-rules.yaml', 'utf8')))],
])('names in %s only what there is', (_, text) => {
  const there = new Set([
    ...Object.keys(MEASURES),
    ...[
      ...counted()
        .text()
        .matchAll(/^balai_(\w+) /gm),
    ].map(([, name]) => name),
  ])
  const named = [...text.matchAll(/balai_(\w+)/g)].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter(name => !there.has(name ?? ''))).toEqual([])
})
