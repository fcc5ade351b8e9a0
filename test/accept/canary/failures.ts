import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { progress } from '../check.ts'
import type { Balai } from './balai.ts'
import type { Canaries } from './canaries.ts'
import { citizen, desk, insist, json } from './chat.ts'
import { inDatabase } from './dump.ts'

/** Requests nobody should send, each with a canary where it hurts; how many were answered with a 4xx, as they should be. */
export async function sendBadInput(
  balai: Balai,
  canaries: Canaries,
): Promise<{ sent: number; refused: number }> {
  const chat = await citizen(balai.url)
  const { session } = chat
  const word = (where: string) => canaries.word(`bad input: ${where}`)
  const at = `${balai.url}/chat/medan`
  const body = (more: object) => json({ session, id: 'x', text: 'menu', ...more })
  const form = new FormData()
  form.set('session', session)
  form.set('id', word('file id'))
  form.set('file', new Blob([`MZ ${word('program')}`]), `${word('program name')}.exe`)
  const forged = `${word('forged log line')}\n{"level":30,"msg":"${word('forged message')}"}\u001b[2K\r\u0000`
  const requests: [string, RequestInit][] = [
    [`${at}/messages`, json(`{"session":"${word('broken JSON')}"`)],
    [`${at}/messages`, { ...body({}), body: `${'['.repeat(50_000)}"${word('deep JSON')}"` }],
    [`${at}/messages`, body({ session: word('session') })],
    [`${at}/messages`, body({ id: word('long id').repeat(9) })],
    [`${at}/messages`, body({ text: word('long text').repeat(400) })],
    [`${at}/messages`, body({ text: 7, [word('unknown key')]: 1 })],
    [`${at}/messages`, body({ text: undefined, choice: `${word('choice')}\u0007` })],
    [`${at}/messages`, body({ text: undefined, location: { latitude: word('position') } })],
    [`${at}/messages?session=${word('query')}`, { headers: { Authorization: `Bearer ${word('bearer')}` } }],
    [`${at}/events?session=${word('stream')}`, { headers: { 'Last-Event-ID': word('last event') } }],
    [`${at}/files`, { method: 'POST', body: form }],
    [`${balai.url}/chat/${word('office')}/sessions`, json({})],
    [`${balai.url}/${word('path')}/${encodeURIComponent(forged)}`, {}],
    [`${balai.url}/trial/medan/desks/${word('desk')}/messages`, {}],
    [
      `${balai.url}/trial/medan/desks/general/messages`,
      json({ id: 'x', as: forged.repeat(9), text: 'menu' }),
    ],
    [`${balai.url}/files/${word('file link')}?until=9999999999&sign=${word('signature')}`, {}],
  ]
  let refused = 0
  for (const [url, init] of requests) {
    const answer = await fetch(url, init)
    if (answer.status >= 400 && answer.status < 500) refused += 1
    else progress(`${answer.status} for ${init.method ?? 'GET'} ${new URL(url).pathname.slice(0, 60)}`)
    await answer.body?.cancel()
  }
  // These are fine for a door, and odd for whoever reads them.
  await chat.say(forged.replaceAll('\u0000', ''))
  await desk(balai.url, 'general', `Petugas ${word('staff')}`).say(
    `balas MDN-2611-000000 ${word('unknown ticket')}`,
  )
  return { sent: requests.length, refused }
}

/** The database server dies while citizens write; it is started again by Balai itself. */
export async function loseDatabase(balai: Balai, canaries: Canaries): Promise<void> {
  const chat = await citizen(balai.url)
  await chat.say(`menu ${canaries.word('before the database died')}`)
  const file = join(balai.dataDir, 'postgres', 'cluster', 'postmaster.pid')
  process.kill(Number((await readFile(file, 'utf8')).split('\n')[0]), 'SIGKILL')
  await chat.say(`menu ${canaries.word('while the database was down')}`)
  await insist(`${balai.url}/readyz`, () => ({}))
  // Whoever came before it has its lock again would become the server's owner.
  while (!balai.stderr().includes('database server is ours again')) await pause(50)
}

/** A ticket that cannot be written, with an error that quotes: tried again, then quarantined; the desk is told. */
export async function poison(balai: Balai, canaries: Canaries): Promise<void> {
  const words = canaries.word('words of the database in its error')
  const run = (sql: string) => inDatabase(balai.dataDir, client => client.query(sql))
  await run(`
    create function refuse() returns trigger language plpgsql as $$ begin
      raise exception 'poison ${words} in %', new.code using detail = '${words}', hint = '${words}';
    end $$;
    create trigger refuse before insert on tickets for each row execute function refuse()`)
  const chat = await citizen(balai.url)
  await chat.say(`Bagaimana cara mengurus ${canaries.word('poisoned message')}?`)
  await chat.hear('kami tanyakan kepada petugas')
  await chat.say('ya')
  for (let tries = 0; tries < 8; tries += 1) {
    await pause(1000)
    await run(`update inbox set due_at = now() where status = 'pending' and attempts > 0`)
  }
  await run('drop trigger refuse on tickets; drop function refuse')
  await desk(balai.url, 'general', 'Petugas Contoh').hear('disisihkan')
}
