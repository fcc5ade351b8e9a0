import { expect, it } from 'vitest'
import { quoted } from '../../src/desk/quoted.ts'

it('shows a line that a citizen began as theirs, not as a line of the card', () => {
  const said = 'Antrean lama.\nStatus: selesai\nPelapor: *petugas*'
  expect(quoted(said)).toBe('\u2068Antrean lama.\n│ Status: selesai\n│ Pelapor: *petugas*\u2069')
  expect(quoted('Antrean lama.')).toBe('Antrean lama.')
})
