import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint, keyFor, loadKeyring, makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'

const ring = makeKeyring()
const sealing = createSealing(ring)

describe('a sealed value', () => {
  it('opens to what was sealed, whatever it was, and is never the same twice', () => {
    const { key } = sealing.newKey('rows.1')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const sealed = sealing.seal(key, 'rows.words', text)
        expect(sealing.open(key, 'rows.words', sealed)).toBe(Buffer.from(text, 'utf8').toString('utf8'))
        expect(sealed.equals(sealing.seal(key, 'rows.words', text))).toBe(false)
      }),
    )
  })

  it('opens in no other row, under no other key, and with no byte changed', () => {
    const { key } = sealing.newKey('rows.1')
    const sealed = sealing.seal(key, 'rows.words.1', 'rahasia')
    expect(() => sealing.open(key, 'rows.words.2', sealed)).toThrow()
    expect(() => sealing.open(sealing.newKey('rows.2').key, 'rows.words.1', sealed)).toThrow()
    for (let n = 0; n < sealed.length; n++) {
      const changed = Buffer.from(sealed)
      changed[n] = (changed[n] ?? 0) ^ 1
      expect(() => sealing.open(key, 'rows.words.1', changed)).toThrow()
    }
  })

  it('can be read again with the key that was wrapped, and only for its own row', () => {
    const { key, wrapped } = sealing.newKey('rows.1')
    const sealed = sealing.seal(key, 'rows.words', 'rahasia')
    expect(sealing.open(sealing.unwrap(wrapped, 'rows.1'), 'rows.words', sealed)).toBe('rahasia')
    expect(() => sealing.unwrap(wrapped, 'rows.2')).toThrow()
  })

  it('stays readable after the outer key was renewed, and new ones need the new key', () => {
    const renewed = { ...ring, outer: [...ring.outer, { id: 2, key: Buffer.alloc(32, 7) }] }
    const after = createSealing(renewed)
    const { wrapped } = sealing.newKey('rows.1')
    expect(() => after.unwrap(wrapped, 'rows.1')).not.toThrow()
    expect(() => sealing.unwrap(after.newKey('rows.1').wrapped, 'rows.1')).toThrow(/no longer there/)
  })
})

describe('a keyed hash', () => {
  it('is the same for the same, and another for every other way of cutting the parts', () => {
    expect(sealing.hash('a', 'bc', 'd')).toEqual(sealing.hash('a', 'bc', 'd'))
    const others = [sealing.hash('a', 'b', 'cd'), sealing.hash('a', 'bcd'), sealing.hash('b', 'bc', 'd')]
    for (const other of others) expect(other.equals(sealing.hash('a', 'bc', 'd'))).toBe(false)
    expect(
      createSealing(makeKeyring())
        .hash('a', 'bc', 'd')
        .equals(sealing.hash('a', 'bc', 'd')),
    ).toBe(false)
  })
})

describe('the key file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'balai-keys-'))
  it('is made once, for its owner alone, and read again as it was', async () => {
    const file = join(folder, 'sealing.key')
    const made = await loadKeyring(file, { make: true })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(fingerprint(await loadKeyring(file, { make: false }))).toBe(fingerprint(made))
    expect(readFileSync(file, 'utf8')).not.toContain(fingerprint(made))
    expect(keyFor(made, 'web').equals(keyFor(made, 'pin'))).toBe(false)
  })

  it('is never replaced in silence: a missing or damaged one is said so', async () => {
    await expect(loadKeyring(join(folder, 'gone.key'), { make: false })).rejects.toThrow(/is missing/)
    writeFileSync(join(folder, 'bad.key'), '{"lookup":"AAAA","outer":[]}')
    await expect(loadKeyring(join(folder, 'bad.key'), { make: true })).rejects.toThrow(/is damaged/)
  })
})
