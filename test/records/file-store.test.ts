import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { openFileStore } from '../../src/records/file-store.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { testDatabase } from '../helpers/database.ts'
import { opened } from '../helpers/opened.ts'

const { db } = await testDatabase()
const folder = join(await mkdtemp(join(tmpdir(), 'balai-files-')), 'files')
afterAll(() => rm(folder, { recursive: true, force: true }))
const store = openFileStore({ db, sealing: createSealing(makeKeyring()), folder })

/** A picture half red, half blue, taken lying on its side, with a place and a device in it. */
const camera = await sharp({ create: { width: 400, height: 200, channels: 3, background: 'red' } })
  .composite([
    {
      input: { create: { width: 200, height: 200, channels: 3, background: 'blue' } },
      left: 200,
      top: 0,
    },
  ])
  .jpeg()
  .withMetadata({ orientation: 6 })
  .withExifMerge({
    IFD0: { Make: 'KAMERA-CONTOH' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '3/1 35/1 0/1' },
  })
  .toBuffer()
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Author (Contoh) >>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const ogg = Buffer.concat([
  Buffer.from('OggS\0\x02'),
  Buffer.alloc(8),
  Buffer.alloc(8),
  Buffer.alloc(4),
  Buffer.from('\x01\x13OpusHead\x01\x01'),
  Buffer.alloc(64),
])
const png = await sharp({ create: { width: 30, height: 30, channels: 4, background: 'green' } })
  .png()
  .toBuffer()
const gif = await sharp(png).gif().toBuffer()
const avif = await sharp(png).avif().toBuffer()
const webp = await sharp({ create: { width: 30, height: 30, channels: 3, background: 'green' } })
  .webp()
  .toBuffer()

async function kept(bytes: Uint8Array, name = 'foto.jpg') {
  const put = await store.put('medan', bytes, name)
  if ('refused' in put) throw new Error(put.refused)
  return put
}

describe('a file sent by a citizen', () => {
  it.each([
    ['a photo', camera, 'image/jpeg'],
    ['a PNG', png, 'image/png'],
    ['a WebP', webp, 'image/jpeg'],
    ['a PDF', pdf, 'application/pdf'],
    ['a voice message', ogg, 'audio/ogg'],
  ])('is taken when it is %s', async (_, bytes, mime) => {
    const { id } = await kept(bytes)
    expect((await opened(store, id))?.mime).toBe(mime)
  })

  it.each<[string, Uint8Array]>([
    ['text', Buffer.from('hanya tulisan')],
    ['nothing', Buffer.alloc(0)],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['a GIF', gif],
    ['an AVIF', avif],
    ['a HEIC, which nothing here can decode', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
    ['a program', Buffer.from('MZ\x90\0\x03\0\0\0')],
    ['a photo behind the tag of a music file', Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0'), camera])],
    ['a PDF behind the tag of a music file', Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0'), pdf])],
    ['half a photo', camera.subarray(0, camera.length - 300)],
    ['half a PNG', png.subarray(0, png.length - 20)],
    ['a PNG that says it has 2,500 million pixels', flood()],
  ])('is refused when it is %s', async (_, bytes) => {
    expect(await store.put('medan', bytes, 'foto.jpg')).toEqual({ refused: 'unknown_type' })
  })

  it('is refused above 10 MB', async () => {
    const large = Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)])
    expect(await store.put('medan', large, 'besar.pdf')).toEqual({ refused: 'too_large' })
  })

  it('comes back upright, with nothing in it but pixels', async () => {
    const { id } = await kept(camera)
    const { bytes } = (await opened(store, id)) ?? { bytes: Buffer.alloc(0) }
    const { width, height, exif, xmp, iptc, orientation } = await sharp(bytes).metadata()
    expect({ width, height, exif, xmp, iptc, orientation }).toEqual({ width: 200, height: 400 })
    expect(Buffer.from(bytes).includes('KAMERA')).toBe(false)
  })

  it('loses what hides behind a picture', async () => {
    const { id } = await kept(Buffer.concat([png, Buffer.from('<script>alert(1)</script>')]))
    expect(Buffer.from((await opened(store, id))?.bytes ?? '').includes('script')).toBe(false)
  })

  it('is drawn at most 2560 pixels long', async () => {
    const wide = await sharp({ create: { width: 5000, height: 1000, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer()
    const { id } = await kept(wide)
    const { width, height } = await sharp((await opened(store, id))?.bytes).metadata()
    expect({ width, height }).toEqual({ width: 2560, height: 512 })
  })

  it('is unreadable on the disk, under a name of chance, its time kept to the day', async () => {
    const { id } = await kept(pdf, '../../../etc/surat-rahasia.pdf')
    const raw = await readFile(join(folder, id))
    expect(raw.includes('Author')).toBe(false)
    expect(await readdir(folder)).toSatisfy((names: string[]) =>
      names.every(name => /^[0-9a-f-]{36}$/.test(name)),
    )
    const { mtimeMs } = await stat(join(folder, id))
    expect(mtimeMs % 86_400_000).toBe(0)
  })

  it('opens nowhere but in its own place', async () => {
    const [one, other] = [await kept(pdf), await kept(pdf)]
    await writeFile(join(folder, one.id), await readFile(join(folder, other.id)))
    await expect(store.open(one.id)).rejects.toThrow()
  })

  it.each(['../sealing.key', '', 'a', '00000000-0000-4000-8000-000000000000'])(
    'is not found as %j',
    async id => expect(await opened(store, id)).toBeUndefined(),
  )
})

describe('sweeping', () => {
  const old = new Date(Date.now() - 3 * 86_400_000)

  it('removes what no message carried within a day, and keeps what is younger or somebody’s', async () => {
    const [unbound, young, bound] = [await kept(pdf), await kept(pdf), await kept(pdf)]
    for (const { id } of [unbound, bound]) {
      await db.pool.query(`update files set stored_at = now() - interval '25 hours' where id = $1`, [id])
      await utimes(join(folder, id), old, old)
    }
    await db.pool.query('update files set conversation_id = gen_random_uuid() where id = $1', [bound.id])
    await store.sweep()
    const found = await Promise.all([unbound, young, bound].map(({ id }) => opened(store, id)))
    expect(found.map(file => file !== undefined)).toEqual([false, true, true])
    expect(await readdir(folder)).not.toContain(unbound.id)
  })

  it('removes files whose row is gone, and halves of files, but none that may still be on its way', async () => {
    const [gone, fresh] = [await kept(pdf), await kept(pdf)]
    await db.pool.query('delete from files where id = any($1::uuid[])', [[gone.id, fresh.id]])
    await utimes(join(folder, gone.id), old, old)
    await writeFile(join(folder, 'x.part'), 'half')
    await utimes(join(folder, 'x.part'), old, old)
    expect(await store.sweep()).toBe(2)
    expect(await readdir(folder)).toContain(fresh.id)
  })
})

/** A valid PNG head that claims 50,000 by 50,000 pixels. */
function flood(): Buffer {
  const bomb = Buffer.from(png)
  bomb.writeUInt32BE(50_000, 16)
  bomb.writeUInt32BE(50_000, 20)
  return bomb
}
