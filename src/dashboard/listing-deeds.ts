import { approveListing } from '../records/approve-listing.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { lockListings, putListings } from '../records/listing-changes.ts'
import { dropListingDraft, takeListingDraft } from '../records/listing-drafts.ts'
import type { Identified } from '../records/listings.ts'
import { listingOf } from '../records/listings-of.ts'
import type { Seat } from './door.ts'
import { idIn, listingPage, noListing } from './listing.ts'
import type { ListingPages } from './listing-kinds.ts'
import { isSamePerson } from './listing-shown.ts'
import { goTo } from './page.ts'
import { saveListing } from './save-listing.ts'

type Client = Parameters<Parameters<typeof transaction<void>>[1]>[0]
type Said = { text: string; good: boolean }

const LEAST_WHY = 5
/** One page of the list. */
const MOST = 50

function pathOf({ path }: ListingPages, id: string): string {
  return `${path}/${encodeURIComponent(id)}`
}

/** Hands in what was typed; what does not do is shown again with every field's fault. */
export async function saveDeed(seat: Seat, of: ListingPages): Promise<Response> {
  const saved = await saveListing(seat, of, idIn(seat))
  if (saved.is === 'absent') return noListing(seat, of)
  if (saved.is === 'refused') return listingPage(seat, of, saved.refused)
  return goTo(seat, `${pathOf(of, saved.id)}?done=yes`)
}

/** Lets somebody else's writing be shown, if it is what this person looked at. */
export async function approveDeed(seat: Seat, of: ListingPages): Promise<Response> {
  const { t, form, door } = seat
  const id = idIn(seat)
  if (await transaction(door.db, client => agree(seat, of, { id, seen: form.of('seen') }, client)))
    return goTo(seat, `${pathOf(of, id)}?done=yes`)
  const known = await listingOf(door.db.pool, seat.house.office.id, of.kind, id)
  if (known === undefined) return noListing(seat, of)
  const text = t(
    'Ini sudah berubah atau sudah disetujui, atau tulisan Anda sendiri. Baca lagi dahulu.',
    'This has changed or was approved, or is your own writing. Read it again first.',
  )
  return listingPage(seat, of, { text })
}

/** Several of a list; each stands for itself, and what cannot be approved is named. */
export async function approveMany(
  seat: Seat,
  of: ListingPages,
  show: (said: Said) => Promise<Response>,
): Promise<Response> {
  const { t, form, door } = seat
  const chosen = [...new Set(form.all('seen'))].slice(0, MOST).flatMap(mark => {
    const [, seen, id] = /^(\d+\/[\d.]*)\/(.+)$/s.exec(mark) ?? []
    return seen === undefined || id === undefined ? [] : [{ seen, id }]
  })
  if (chosen.length === 0) return show({ text: t('Pilih dahulu.', 'Select something first.'), good: false })
  const refused: string[] = []
  for (const one of chosen)
    if (!(await transaction(door.db, client => agree(seat, of, one, client)))) refused.push(one.id)
  const count = chosen.length - refused.length
  const text = t(`${count} disetujui.`, `${count} approved.`)
  const rest = t(
    ` Tidak disetujui, karena sudah berubah atau tulisan Anda sendiri: ${refused.join(', ')}.`,
    ` Not approved, since changed or your own: ${refused.join(', ')}.`,
  )
  return show(refused.length === 0 ? { text, good: true } : { text: `${text}${rest}`, good: false })
}

/** `seen` is the version and, behind a slash, the mark of the change that was looked at. */
async function agree(
  { door, house, member }: Seat,
  of: ListingPages,
  { id, seen }: { id: string; seen: string },
  client: Client,
): Promise<boolean> {
  const office = house.office.id
  const at = door.now()
  const [version, mark = ''] = seen.split('/')
  await lockListings(client)
  const now = await listingOf(client, office, of.kind, id)
  if (now === undefined || String(now.version) !== version) return false
  if (mark === '') {
    const { rows } = await client.query<{ by: string }>(
      'select changed_by as by from listing_changes where office = $1 and kind = $2 and listing_id = $3 and version = $4',
      [office, of.kind, id, now.version],
    )
    if (isSamePerson(rows[0]?.by ?? '', member.name)) return false
    const which = { office, id, version: now.version }
    const approval = await approveListing(client, of.kind, which, { name: member.name, at })
    if (approval.kind !== 'approved') return false
  } else {
    const taken = await takeListingDraft(client, {
      office,
      kind: of.kind,
      id,
      by: member.id,
      publish: true,
      seen: mark,
    })
    if (taken === undefined) return false
    const listing = { ...taken.content, id, approved_by: member.name } as Identified<typeof of.kind>
    await putListings(client, of.kind, office, [listing], { name: taken.name, at })
  }
  await note(
    client,
    door.room.sealing,
    { office, actor: member.id, action: `${of.kind}_approved`, subject: id },
    at,
  )
  return true
}

/** Drops a change that waits, one's own or another's. */
export async function dropDeed(seat: Seat, of: ListingPages): Promise<Response> {
  const { door, house, member, form } = seat
  const office = house.office.id
  const id = idIn(seat)
  await transaction(door.db, async client => {
    const which = { office, kind: of.kind, id, by: member.id, publish: false, seen: form.of('seen') }
    if ((await takeListingDraft(client, which)) === undefined) return
    const entry = { office, actor: member.id, action: `${of.kind}_dropped`, subject: id }
    await note(client, door.room.sealing, entry, door.now())
  })
  return goTo(seat, `${pathOf(of, id)}?done=yes`)
}

/** Takes a listing back at once: what is wrong must not go on being told until two have time. */
export async function withdrawDeed(seat: Seat, of: ListingPages): Promise<Response> {
  const { t, door, house, member, form } = seat
  const office = house.office.id
  const id = idIn(seat)
  const why = form.of('why').slice(0, 300)
  const at = door.now()
  const known = await listingOf(door.db.pool, office, of.kind, id)
  if (known === undefined) return noListing(seat, of)
  if (why.length < LEAST_WHY)
    return listingPage(seat, of, {
      text: t('Tulis alasannya, paling sedikit 5 huruf.', 'Give a reason of at least 5 letters.'),
    })
  await transaction(door.db, async client => {
    await lockListings(client)
    const now = await listingOf(client, office, of.kind, id)
    if (now === undefined || now.withdrawn !== null) return
    const { version: _, ...content } = now
    const listing = { ...content, withdrawn: why } as unknown as Identified<typeof of.kind>
    await putListings(client, of.kind, office, [listing], { name: member.name, at })
    await dropListingDraft(client, { office, kind: of.kind, id })
    const entry = { office, actor: member.id, action: `${of.kind}_withdrawn`, subject: id }
    await note(client, door.room.sealing, entry, at)
  })
  return goTo(seat, `${pathOf(of, id)}?done=yes`)
}
