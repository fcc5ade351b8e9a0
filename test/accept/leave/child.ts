import { bringHouse } from '../../../src/leave/bring-house.ts'
import { writeHouse } from '../../../src/leave/write-house.ts'
import type { ServerAddress } from '../../../src/records/address.ts'
import { openFolder } from '../../../src/records/sealed-files.ts'

/** What one process is to do: leave or come in, and tell how much memory it took. */
export type Move = {
  what: 'write' | 'bring'
  address: ServerAddress
  keys: { lookup: string; outer: string }
  folder: string
  files: string
}

const { what, address, keys, folder, files } = JSON.parse(process.argv[2] ?? '') as Move
const keyring = {
  lookup: Buffer.from(keys.lookup, 'base64'),
  outer: [{ id: 1, key: Buffer.from(keys.outer, 'base64') }],
}
const place = openFolder(files)
const now = new Date()
if (what === 'write')
  await writeHouse({
    address,
    keyring,
    offices: ['medan'],
    places: [place],
    out: folder,
    balai: 'accept',
    now,
  })
else await bringHouse({ folder, keyring, mode: 'trial', address, place, now })
process.stdout.write(`${JSON.stringify({ rssMiB: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`)
