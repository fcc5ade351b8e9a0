import { constants, type Stats } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../config.ts'
import { keyFileOf } from '../keeping-place.ts'
import { type Finding, good, must, note } from './finding.ts'

const OTHERS = 0o007
const GROUP_AND_OTHERS = 0o077

/** The folders and files the configuration names: there, ours, and closed to others. */
export async function lookAtPlaces(config: Config): Promise<Finding[]> {
  return [await dataDirOf(config), await keyFileFound(config), ...(await backupDirOf(config))]
}

async function dataDirOf({ dataDir, mode }: Config): Promise<Finding> {
  const found = await statOf(dataDir)
  if (found === undefined) {
    if (await mayWrite(nearest(dataDir)))
      return good('DATA_DIR', `${dataDir} will be made at the first start`)
    return must(
      'DATA_DIR',
      `${dataDir} is not there and cannot be made. Your move: make it, and give it to the user Balai runs as.`,
    )
  }
  if (!found.isDirectory()) return must('DATA_DIR', `${dataDir} is no folder. Your move: name another.`)
  if (!(await mayWrite(dataDir)))
    return must(
      'DATA_DIR',
      `${dataDir} cannot be written by this user. Your move: chown it to the user Balai runs as.`,
    )
  // Passing through is allowed: the database's own user may need it.
  if (closedTo(found, 0o006)) return good('DATA_DIR', dataDir)
  return (mode === 'live' ? must : note)(
    'DATA_DIR',
    `${dataDir} can be read by every user of this machine. Your move: chmod o-rw ${dataDir}`,
  )
}

async function keyFileFound(config: Config): Promise<Finding> {
  const file = keyFileOf(config)
  const found = await statOf(file)
  if (found === undefined) {
    if (config.mode === 'trial') return good('key file', `${file} will be made at the first start`)
    return must(
      'key file',
      `${file} is not there. Your move: for a new house npm run keys -- make, for an old one put it back from its safe place.`,
    )
  }
  if (!(await mayRead(file)))
    return must(
      'key file',
      `${file} cannot be read by this user. Your move: chown it to the user Balai runs as.`,
    )
  if (process.platform !== 'win32' && !closedTo(found, GROUP_AND_OTHERS))
    return must('key file', `${file} can be read by others. Your move: chmod 600 ${file}`)
  return good('key file', file)
}

async function backupDirOf({ backup, mode, dataDir }: Config): Promise<Finding[]> {
  const { dir, passphraseFile, publicKeyFile } = backup
  if (dir === undefined)
    return mode === 'live'
      ? [must('BACKUP_DIR', 'is not set. Your move: say where backups go (docs/backup.md).')]
      : []
  const findings: Finding[] = []
  if (passphraseFile === undefined && publicKeyFile === undefined)
    findings.push(
      must(
        'backup keys',
        'nothing seals them. Your move: set BACKUP_PASSPHRASE_FILE or BACKUP_PUBLIC_KEY_FILE.',
      ),
    )
  for (const file of [passphraseFile, publicKeyFile].filter(one => one !== undefined))
    if (!(await mayRead(file)))
      findings.push(
        must('backup keys', `${file} cannot be read. Your move: correct its name, or its rights.`),
      )
  const [here, there] = await Promise.all([statOf(nearest(dataDir)), statOf(dir)])
  if (there === undefined ? !(await mayWrite(nearest(dir))) : !(await mayWrite(dir)))
    findings.push(
      must(
        'BACKUP_DIR',
        `${dir} cannot be written by this user. Your move: make it, and chown it to the user Balai runs as.`,
      ),
    )
  else if (there !== undefined && !closedTo(there, OTHERS))
    findings.push(
      note('BACKUP_DIR', `${dir} is open to every user of this machine. Your move: chmod o-rwx ${dir}`),
    )
  else if (mode === 'live' && here !== undefined && there?.dev === here.dev)
    findings.push(
      note(
        'BACKUP_DIR',
        `${dir} is on the same disk as the records. Your move: copy backups to another machine.`,
      ),
    )
  else findings.push(good('BACKUP_DIR', dir))
  return findings
}

function closedTo({ mode }: Stats, bits: number): boolean {
  return process.platform === 'win32' || (mode & bits) === 0
}

async function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES') return undefined
    throw error
  })
}

/** The folder above: what is not there yet is made in it. */
function nearest(path: string): string {
  return dirname(path)
}

const mayWrite = (path: string) => may(path, constants.W_OK | constants.X_OK)
const mayRead = (path: string) => may(path, constants.R_OK)

function may(path: string, how: number): Promise<boolean> {
  return access(path, how).then(
    () => true,
    () => false,
  )
}
