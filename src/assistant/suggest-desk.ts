import { z } from 'zod'
import type { Office } from '../offices/office.ts'
import { isOwnSummary } from './check-notes.ts'
import type { Ended } from './model.ts'
import type { Put } from './put.ts'

const KINDS = {
  complaint: 'pengaduan',
  aspiration: 'aspirasi',
  information: 'permintaan informasi',
  recruitment: 'rekrutmen',
}

/** What staff may see of a model's view of a new report: a line, marked as what it is; undefined where there is none. */
export async function suggestDesk(
  put: Put,
  {
    code,
    report,
    office,
    known,
  }: { code: string; report: string; office: Office; known: ReadonlySet<string> },
): Promise<{ how: Ended<never>['how']; text?: string }> {
  // Where a report goes that is more than ordinary is decided by words, never by a model.
  const desks = Object.entries(office.desks).filter(([, { restricted }]) => !restricted)
  const ids = desks.map(([id]) => id)
  const ended = await put('suggest', {
    input: { report, desks: JSON.stringify(desks.map(([id, { name }]) => ({ id, name }))) },
    output: z.object({
      kind: z.enum(['complaint', 'aspiration', 'information', 'recruitment']),
      desk: z.enum(ids as [string, ...string[]]),
      summary: z.string(),
    }),
  })
  if (ended.how !== 'answered') return { how: ended.how }
  const { kind, desk, summary } = ended.value
  if (!isOwnSummary(summary.trim(), report, known)) return { how: 'guarded' }
  const name = office.desks[desk]?.name ?? desk
  return {
    how: 'answered',
    text: `Saran mesin untuk *${code}*, belum diperiksa siapa pun: ${KINDS[kind]}, meja ${name}. Ringkasan: ${summary.trim()}`,
  }
}
