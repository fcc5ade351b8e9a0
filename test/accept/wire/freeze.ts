import { setTimeout as pause } from 'node:timers/promises'
import type { Embedded } from '../../../src/records/embedded/start.ts'
import { onDatabase } from '../canary/dump.ts'

/** Every process of the server stops where it stands: it accepts connections, as the kernel does that, and says nothing. */
export async function freeze(server: Embedded, ms: number): Promise<void> {
  // Each backend is a process group of its own, so all are asked for; the one that starts others stops first.
  const { rows } = await onDatabase(server.owner, client =>
    client.query<{ pid: number }>('select pid from pg_stat_activity where pid <> pg_backend_pid()'),
  )
  const pids = [(await server.serverPid()) ?? 0, ...rows.map(({ pid }) => pid)]
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  await pause(ms)
  for (const pid of pids.reverse()) process.kill(pid, 'SIGCONT')
}
