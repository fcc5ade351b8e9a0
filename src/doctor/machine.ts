import type { Space } from '../records/free-space.ts'
import { type Finding, good, must, note } from './finding.ts'

const MIB = 1024 ** 2
const GIB = 1024 * MIB

export type Machine = { node: string; memory: number; space: Space; dataDir: string; mode: 'trial' | 'live' }

/** Node, memory and disk. One office with its own database takes 350 MiB at rest. */
export function lookAtMachine({ node, memory, space, dataDir, mode }: Machine): Finding[] {
  return [
    Number(node.split('.')[0]) >= 24
      ? good('Node', node)
      : must('Node', `${node} is too old. Your move: run it with npm, which brings Node 24, or install it.`),
    memoryOf(memory),
    diskOf(space, dataDir),
    ...(mode === 'live'
      ? []
      : [note('mode', 'this is trial mode: examples, and no real citizens. Your move: docs/going-live.md')]),
  ]
}

function memoryOf(memory: number): Finding {
  const has = `${(memory / GIB).toFixed(1)} GiB`
  if (memory < 0.9 * GIB)
    return must('memory', `${has} is not enough. Your move: a machine with 2 GiB or more.`)
  if (memory < 1.8 * GIB)
    return note(
      'memory',
      `${has} will do for a small office. Your move: 2 GiB for the day of an announcement.`,
    )
  return good('memory', has)
}

function diskOf({ free, total }: Space, dataDir: string): Finding {
  const has = `${(free / GIB).toFixed(1)} of ${(total / GIB).toFixed(0)} GiB are free at ${dataDir}`
  if (free < 256 * MIB)
    return must('disk', `${has}: no message is taken. Your move: make room, or move DATA_DIR.`)
  if (free < GIB || free < total * 0.05)
    return must('disk', `${has}: no file is taken. Your move: make room, or move DATA_DIR to a larger disk.`)
  if (free < 5 * GIB || free < total * 0.1)
    return note('disk', `${has}. Your move: make room before it is needed.`)
  return good('disk', has)
}
