import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { Refusal } from './lib/refusal.ts'
import { say } from './lib/terminal.ts'
import { type Approval, approveListing } from './records/approve-listing.ts'
import { transaction } from './records/db.ts'
import type { ListingKind } from './records/listings.ts'
import { listingOf } from './records/listings-of.ts'

const KINDS: Record<string, ListingKind> = { vacancies: 'vacancy', agenda: 'agenda', stages: 'stage' }
const USAGE = `npm run approve -- KIND ID… --by NAME [--office ID]     KIND: ${Object.keys(KINDS).join(', ')}`

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: { office: { type: 'string' }, by: { type: 'string' } },
})

/** Lets listings be shown that were brought in without `disetujui_oleh`. Each stands for itself: what cannot be approved is named. */
async function approve({ db, officeCalled }: Beside): Promise<void> {
  const [name = '', ...ids] = positionals
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
  const by = values.by?.trim() ?? ''
  if (kind === undefined || ids.length === 0 || by === '') throw new Refusal(USAGE)
  const office = officeCalled(values.office).id
  const refused: string[] = []
  for (const id of ids) {
    const approval = await transaction(db, async (client): Promise<Approval> => {
      const seen = await listingOf(client, office, kind, id)
      if (seen === undefined) return { kind: 'absent' }
      return approveListing(client, kind, { office, id, version: seen.version }, { name: by, at: new Date() })
    })
    const told = `${id}: ${said(approval)}`
    say(told)
    if (approval.kind !== 'approved') refused.push(told)
  }
  if (refused.length > 0) throw new Refusal(`Not approved: ${refused.length} of ${ids.length}.`)
}

function said(approval: Approval): string {
  switch (approval.kind) {
    case 'approved':
      return 'approved; it is shown from now on'
    case 'already':
      return `was approved before, by ${approval.by}`
    case 'changed':
      return 'was changed while it was looked at. Your move: look again'
    case 'absent':
      return 'there is none of that id'
  }
}

runBeside(approve)
