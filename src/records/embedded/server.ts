import { spawn } from 'node:child_process'
import { chown, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import type { Place } from './place.ts'
import { isAlive, isStranger, readPostmaster } from './postmaster.ts'
import { serverEnv } from './run-as.ts'
import { settings } from './settings.ts'
import { socketFolder } from './socket.ts'

/** `port` only counts on Windows; elsewhere it is part of the socket's name. */
export type Cluster = {
  place: Place
  folder: string
  binaries: Binaries
  port: number
  settings: Record<string, string>
}

/** Above this the server's log begins anew at a start. */
const logLimit = 5 * 1024 * 1024

async function openServerLog(place: Place) {
  const file = join(place.folder, 'server.log')
  const size = await stat(file).then(
    found => found.size,
    () => 0,
  )
  const log = await open(file, size > logLimit ? 'w+' : 'a+', 0o600)
  if (place.runAs) await chown(file, place.runAs.uid, place.runAs.gid)
  return { log, from: size > logLimit ? 0 : size }
}

/** A pid file left by a killed server may name a program that lives; PostgreSQL overlooks exactly the pid named here. */
async function overlooking(cluster: string): Promise<Record<string, string>> {
  const left = await readPostmaster(cluster)
  if (left === undefined || !isAlive(left.pid) || !(await isStranger(left.pid))) return {}
  return { PG_GRANDPARENT_PID: String(left.pid) }
}

/**
 * Starts a server process in a group of its own, so that Ctrl-C in our terminal does not reach it. `ended` resolves
 * with its last words when it ends, which at once it does when another server already runs on this cluster.
 */
export async function spawnServer(
  cluster: Cluster,
): Promise<{ pid: number | undefined; ended: Promise<string> }> {
  const { place } = cluster
  const where = {
    port: String(cluster.port),
    ...(process.platform !== 'win32' && { unix_socket_directories: await socketFolder(place) }),
  }
  const flags = Object.entries({ ...settings, ...cluster.settings, ...where }).flatMap(([k, v]) => [
    '-c',
    `${k}=${v}`,
  ])
  const { log, from } = await openServerLog(place)
  const child = spawn(cluster.binaries.postgres, ['-D', cluster.folder, ...flags], {
    cwd: place.folder,
    env: { ...serverEnv, ...(await overlooking(cluster.folder)) },
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
    windowsHide: true,
    ...place.runAs,
  })
  // Our process may end while the server runs on: stopping it is a deed, never an accident of waiting.
  child.unref()
  const ended = new Promise<void>(done => {
    child.once('error', () => done())
    child.once('exit', () => done())
  }).then(async () => {
    const { buffer, bytesRead } = await log.read(Buffer.alloc(8192), 0, 8192, from)
    await log.close()
    return buffer.toString('utf8', 0, bytesRead)
  })
  return { pid: child.pid, ended }
}
