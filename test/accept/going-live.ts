import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Check, progress } from './check.ts'
import { confirmedFlows, layOut, namesIn, type Process } from './going-live/image.ts'
import { type Nginx, proxyBefore } from './going-live/nginx.ts'
import { freePort } from './harness/free-port.ts'

const READY_MS = 60_000
/** What live mode asks for, one by one. */
const NEEDED = ['DATA_DIR', 'SEALING_KEY_FILE']

/**
 * Issue 8, point 1, and the rules of live mode (contracts §3): what the image holds is laid out in a folder and run by its own commands,
 * as nobody, who may write nowhere else. Keys are made, it starts, serves the confirmed office and no example, no desk's page and no
 * trial data; the health check is right about it; the proxy's example file hides inner doors; backup and doctor run inside; a stop
 * order ends with 0. Controls: without each thing it needs it does not start, nor on trial data, and the health check says so.
 */
export const check: Check = {
  async run() {
    const home = await mkdtemp(join(tmpdir(), 'balai-accept-live-'))
    await chmod(home, 0o755)
    const running: Process[] = []
    let proxy: Nginx | undefined
    try {
      progress('laying out the image')
      const image = layOut(home)
      await writeFile(join(home, 'passphrase'), 'empat kata yang panjang\n')
      const port = await freePort()
      const env = {
        PORT: String(port),
        HOST: '127.0.0.1',
        FLOWS_DIR: confirmedFlows(home, 'medan'),
        BACKUP_PASSPHRASE_FILE: join(home, 'passphrase'),
        LOG_LEVEL: 'warn',
      }
      const url = `http://127.0.0.1:${port}`
      const start = async (more: Record<string, string>) => {
        const balai = image.start({ ...env, ...more })
        running.push(balai)
        const until = performance.now() + READY_MS
        const end = balai.ended.then(() => true)
        while (!balai.out().includes('Balai is ready at')) {
          if (performance.now() > until || (await Promise.race([end, pause(100, false)]))) return undefined
        }
        return balai
      }

      let startsWithout = 0
      for (const name of NEEDED) if ((await start({ [name]: '' })) !== undefined) startsWithout += 1
      if ((await start({})) !== undefined) startsWithout += 1
      const healthBefore = (await image.health(env)).code
      const made = await image.run(['src/keys.ts', 'make'], env).ended
      progress(made.out.trim() || made.err)
      const balai = await start({})
      const door = async (path: string) => (await fetch(`${url}${path}`)).status
      const doors = {
        list: await (await fetch(url)).text(),
        office: await door('/medan'),
        example: await door('/lhokseumawe'),
        desk: await door('/trial/medan/desks/general/messages'),
      }
      const health = (await image.health(env)).code
      const outside = await throughProxy(home, port, opened => {
        proxy = opened
      })
      const backup = await image.run(['src/backup.ts'], env).ended
      const doctor = await image.run(['src/doctor.ts'], env).ended
      progress(doctor.out + doctor.err)
      balai?.stop()
      const stopped = await balai?.ended
      const asTrial = await start({ MODE: 'trial' })
      const trialDir = join(home, 'data', 'trial')
      const trial = await start({
        MODE: 'trial',
        DATA_DIR: trialDir,
        SEALING_KEY_FILE: join(home, 'keys/sealing.key'),
      })
      trial?.stop()
      await trial?.ended
      const trialLive = await start({ DATA_DIR: trialDir })

      const totals = {
        startsWithout,
        live: balai !== undefined,
        examplesServed: Number(doors.example === 200) + Number(doors.list.includes('Lhokseumawe')),
        office: doors.office,
        deskPage: doors.desk,
        trialStarted: trial !== undefined,
        trialServedLive: trialLive !== undefined,
        liveServedAsTrial: asTrial !== undefined,
        health: health ?? -1,
        controlHealth: healthBefore ?? -1,
        backups: namesIn(join(home, 'backups')).length,
        backup: backup.code ?? -1,
        mustLeft: [...doctor.out.matchAll(/^MUST {2}(.*)$/gm)].length,
        proxy: outside,
        exit: stopped?.code ?? -1,
      }
      const held =
        startsWithout + totals.examplesServed === 0 && !totals.trialServedLive && !totals.liveServedAsTrial
      const works =
        totals.live && doors.office === 200 && doors.desk === 404 && backup.code === 0 && stopped?.code === 0
      const seen = health === 0 && healthBefore !== 0 && totals.trialStarted
      return { totals, ok: held && works && seen && outside !== 'wrong' }
    } finally {
      for (const one of running) one.stop()
      await Promise.all(running.map(({ ended }) => ended))
      await proxy?.stop()
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  },
}

/** 'right', 'wrong', or 'absent' where there is no nginx to try. */
async function throughProxy(home: string, port: number, opened: (proxy: Nginx) => void): Promise<string> {
  const proxy = await proxyBefore(home, port, await freePort())
  if (proxy === undefined) return 'absent'
  opened(proxy)
  const [page, ...inner] = await Promise.all(
    ['/medan', '/metrics', '/healthz', '/readyz'].map(path => proxy.get(path)),
  )
  const isHidden = inner.every(({ status }) => status === 404)
  return page?.status === 200 && page.body.includes('Medan') && isHidden ? 'right' : 'wrong'
}
