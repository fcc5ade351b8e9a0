import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { lockedBy, openKeys, passphraseLock, publicKeyLock, sealKeys } from '../../src/backup/key-envelope.ts'
import { keyText, makeKeyring } from '../../src/records/keyring.ts'

const ring = makeKeyring()
const passphrase = 'empat kata yang panjang'
const pairOf = (modulusLength: number) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const pair = pairOf(3072)

const byWords = await sealKeys(ring, passphraseLock(passphrase))
const byKey = await sealKeys(ring, publicKeyLock(pair.publicKey))
const privateKey = createPrivateKey(pair.privateKey)
const changed = (text: string, parts: Record<string, unknown>) =>
  JSON.stringify({ ...JSON.parse(text), ...parts })
const shortTag = Buffer.from(JSON.parse(byKey).tag, 'base64').subarray(0, 4).toString('base64')

it('opens with the passphrase, and with the private key', async () => {
  expect([lockedBy(byWords), lockedBy(byKey), lockedBy('{}')]).toEqual([
    'passphrase',
    'public key',
    undefined,
  ])
  expect(await openKeys(byWords, { passphrase })).toEqual(ring)
  expect(await openKeys(byKey, { privateKey })).toEqual(ring)
})

it('shows none of the keys', () => {
  const keys = [ring.lookup, ...ring.outer.map(({ key }) => key)].map(key => key.toString('base64'))
  for (const key of [...keys, keyText(ring)])
    for (const text of [byWords, byKey]) expect(text).not.toContain(key)
})

it.each([
  ['another passphrase', byWords, { passphrase: 'empat kata yang pendek' }, 'do not open'],
  ['a passphrase for a public key', byKey, { passphrase }, '--private-key'],
  ['a private key for a passphrase', byWords, { privateKey }, 'give the passphrase'],
  [
    'another private key',
    byKey,
    { privateKey: createPrivateKey(pairOf(3072).privateKey) },
    'another public key',
  ],
  ['a changed byte', byWords.replace(/("keys": "....)./, '$1!'), { passphrase }, 'do not open'],
  ['what is none', 'kunci', { passphrase }, 'damaged'],
  [
    'a cost that would eat all memory',
    byWords.replace('131072', '1073741824'),
    { passphrase },
    'sealed keys are damaged',
  ],
  [
    'a cost of two large numbers',
    changed(byWords, { n: 2 ** 20, r: 32 }),
    { passphrase },
    'sealed keys are damaged',
  ],
  ['a cost that is no whole number', changed(byWords, { n: 1.5 }), { passphrase }, 'sealed keys are damaged'],
  ['a cost below nothing', changed(byWords, { p: -1 }), { passphrase }, 'sealed keys are damaged'],
  [
    'a cost so small that nobody has tried it',
    changed(byWords, { n: 2, r: 1 }),
    { passphrase },
    'do not open',
  ],
  // One guess in 2^32 would be taken for ours.
  ['a quarter of its tag', changed(byKey, { tag: shortTag }), { privateKey }, 'sealed keys are damaged'],
])('does not open with %s', async (_, text, opener, words) => {
  await expect(openKeys(text, opener)).rejects.toThrow(words)
})

it('takes no short passphrase and no weak key', () => {
  expect(() => passphraseLock('pendek')).toThrow('fewer than 12')
  expect(() => publicKeyLock(pairOf(2048).publicKey)).toThrow('3072')
  expect(() => publicKeyLock('kunci')).toThrow('3072')
})
