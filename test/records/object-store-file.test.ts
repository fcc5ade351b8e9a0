import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { isAway } from '../../src/records/away.ts'
import { openFileStore } from '../../src/records/file-store.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { openBucket } from '../../src/records/object-store.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { testDatabase } from '../helpers/database.ts'
import { opened } from '../helpers/opened.ts'
import { startFakeS3 } from '../helpers/s3/fake-s3.ts'
import { signatureFault } from '../helpers/s3/signature.ts'

const { db } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'balai-bucket-'))
const s3 = await startFakeS3({ pageSize: 2 })
afterAll(async () => {
  await s3.stop()
  await rm(folder, { recursive: true, force: true })
})
afterEach(() => {
  s3.failing.length = 0
})

const parts = { db, sealing: createSealing(makeKeyring()), folder }
const store = openFileStore({ ...parts, bucket: s3 })
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Author (Contoh) >>\nendobj\n%%EOF\n')
const old = new Date(Date.now() - 3 * 86_400_000)

async function kept(into = store) {
  const put = await into.put('medan', pdf, 'surat.pdf')
  if ('refused' in put) throw new Error(put.refused)
  return put.id
}
const rows = async () => Number((await db.pool.query('select count(*) as n from files')).rows[0].n)
const faultOf = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error)

describe('files in a bucket', () => {
  it('are sealed before they leave, and come back', async () => {
    const id = await kept()
    const { bytes } = s3.objects.get(`files/${id}`) ?? { bytes: pdf }
    expect(bytes.includes('Author')).toBe(false)
    expect(await store.open(id)).toEqual({ mime: 'application/pdf', bytes: pdf })
    expect(await readdir(folder)).toEqual([])
  })

  it('are not there when the bucket has lost them', async () => {
    const id = await kept()
    s3.objects.delete(`files/${id}`)
    expect(await store.open(id)).toBeUndefined()
  })

  it('that came before there was a bucket are still read from the folder, and swept there', async () => {
    const id = await kept(openFileStore(parts))
    expect((await opened(store, id))?.bytes).toEqual(pdf)
  })

  it.each<[string, (typeof s3.failing)[number]]>([
    ['busy', { status: 503, code: 'SlowDown' }],
    ['cut off', 'cut'],
  ])('arrive although the store is %s for a moment', async (_, failure) => {
    s3.failing.push(failure, failure)
    const id = await kept()
    expect((await opened(store, id))?.bytes).toEqual(pdf)
  })

  it.each<[string, (typeof s3.failing)[number]]>([
    ['busy', { status: 503, code: 'SlowDown' }],
    ['cut off', 'cut'],
  ])('are refused for now, with no row, when the store stays %s', async (_, failure) => {
    const before = await rows()
    s3.failing.push(failure, failure, failure)
    const fault = await faultOf(kept())
    expect(isAway(fault)).toBe(true)
    expect(await rows()).toBe(before)
  })

  it('are away, not gone, when the store cannot be reached for reading', async () => {
    const id = await kept()
    s3.failing.push('cut', 'cut', 'cut')
    expect(isAway(await faultOf(store.open(id)))).toBe(true)
  })

  it.each([
    ['the wrong secret', { secret: 'other' }, 'SignatureDoesNotMatch'],
    ['the wrong key', { keyId: 'other' }, 'InvalidAccessKeyId'],
    ['the wrong region', { region: 'other' }, 'AuthorizationHeaderMalformed'],
    ['no such bucket', { url: `${s3.url}-lain` }, 'NoSuchBucket'],
  ])('are refused at once, by the word of the store, with %s', async (_, wrong, code) => {
    const { url, region, keyId, secret } = s3
    const place = openBucket({ url, region, keyId, secret, ...wrong })
    const before = s3.asked.length
    for (const work of [() => place.write('x', pdf), () => place.read('x'), () => place.namesBefore(old)]) {
      const fault = await faultOf(work())
      expect(fault).toMatchObject({ code })
      expect(isAway(fault)).toBe(false)
      expect(String(fault)).not.toContain('rahasia')
    }
    expect(s3.asked.length - before).toBe(3)
  })

  it('are swept when they have no row, page by page, but not what is young, known or somebody else’s', async () => {
    s3.objects.clear()
    const [bound, gone, fresh] = [await kept(), await kept(), await kept()]
    await db.pool.query('update files set conversation_id = gen_random_uuid() where id = $1', [bound])
    await db.pool.query('delete from files where id = any($1::uuid[])', [[gone, fresh]])
    for (const name of ['files/halved.part', `files/${crypto.randomUUID()}`, 'cadangan/2026.dump'])
      s3.objects.set(name, { bytes: pdf, at: old })
    for (const id of [bound, gone]) s3.objects.set(`files/${id}`, { bytes: pdf, at: old })
    expect(await store.sweep()).toBe(3)
    expect([...s3.objects.keys()].sort()).toEqual(
      ['cadangan/2026.dump', `files/${bound}`, `files/${fresh}`].sort(),
    )
  })
})

describe('the fake bucket', () => {
  /** Asks with headers of our own making; the status. */
  const ask = (headers: Record<string, string>) =>
    new Promise(done => {
      request(`${s3.url}/files/x`, { method: 'PUT', headers }, answer =>
        done(answer.resume().statusCode),
      ).end('x')
    })

  it('refuses what is not signed', async () => expect(await ask({})).toBe(403))

  // Amazon S3 API Reference, "Examples: Signature Calculations in AWS Signature Version 4".
  it.each([
    ['/test.txt', 'range;', 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'],
    ['/?max-keys=2&prefix=J', '', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
    ['/?lifecycle', '', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
  ])('takes the example that Amazon publishes for %s, and nothing near it', (url, range, signature) => {
    const published = (sign: string, at: string) => ({
      method: 'GET',
      url,
      headers: {
        host: 'examplebucket.s3.amazonaws.com',
        range: 'bytes=0-9',
        'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'x-amz-date': '20130524T000000Z',
        authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;${range}x-amz-content-sha256;x-amz-date, Signature=${sign}`,
      },
      at: Date.parse(at),
    })
    const key = {
      region: 'us-east-1',
      keyId: 'AKIAIOSFODNN7EXAMPLE',
      secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    }
    const judge = ({ at, ...asked }: ReturnType<typeof published>, body = '') =>
      signatureFault(asked, Buffer.from(body), key, at)
    expect(judge(published(signature, '2013-05-24T00:10:00Z'))).toBeUndefined()
    expect(judge(published(signature.replace(/^./, '0'), '2013-05-24T00:10:00Z'))).toBe(
      'SignatureDoesNotMatch',
    )
    expect(judge(published(signature, '2013-05-24T00:16:00Z'))).toBe('RequestTimeTooSkewed')
    expect(judge(published(signature, '2013-05-24T00:00:00Z'), 'x')).toBe('XAmzContentSHA256Mismatch')
  })
})
