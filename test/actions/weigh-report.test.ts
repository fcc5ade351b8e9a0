import { describe, expect, it } from 'vitest'
import { ACTIONS_OF_FLOWS } from '../../src/actions/actions.ts'
import { isHeavy, weigh } from '../../src/actions/weigh-report.ts'
import { KNOWN_ACTIONS } from '../../src/conversation/known-actions.ts'

describe('a heavy report', () => {
  it.each([
    'ada pungli di loket',
    'PUNGLI!!!',
    'punglii terus',
    'p.u.n.g.l.i',
    'pung1i di kantor',
    's0gok 5 juta',
    'petugasnya minta uang 200 ribu',
    'dimintain duit sama orang dalam',
    'katanya bayar biar lulus',
    'lewat ordal min',
    'saya dilecehkan pegawai',
    'diperas oknum',
    'they asked for a bribe',
    'harus kasih amplop dulu',
    'petugas loket minta 200rb biar cepet',
    'dimintain 50 ribu buat ttd ktp',
    'minta Rp 150.000 per berkas',
    'minta uangnya dua ratus ribu',
    'nerima uang kopi',
    'minta tips',
    'disuruh transfer 5jt supaya masuk pppk',
    'bayar 10jt bisa masuk honorer',
    'katanya bayar dulu baru bisa jadi pegawai honorer',
    'nyogog',
    'nyuap biar cepat',
    'suka colek-colek staf perempuan',
    'pegang-pegang terus',
    'ngutil uang retribusi',
    'mobil dinas buat kampanye',
    'saya mau lapor pak ucok minta duit pelicin 500rb',
  ])('%j', said => expect(isHeavy(said)).toBe(true))

  it.each([
    'antrean loket lama sekali',
    'SK pindah saya belum keluar',
    'jalan rusak di depan kantor',
    'tolong tambah kursi tunggu',
    'kapan CPNS dibuka',
    'pajak becek kalau hujan',
    'toilet kotor dan lampu mati',
    'tips lolos cpns apa saja',
    'saya minta maaf baru balas 2 hari kemudian',
    'bayar retribusi sampah di mana ya',
    'minta tolong 3 kali tidak diangkat',
    'uang bantuan belum saya terima',
    'bau sampah tercium sampai rumah',
  ])('not %j', said => expect(isHeavy(said)).toBe(false))

  it('is one by its topic, or by a word in any answer', () => {
    expect(weigh({ topic: 'petugas', description: 'kurang ramah' })).toBe('pengawasan')
    expect(weigh({ topic: 'rekrutmen', description: 'tolong diawasi' })).toBe('pengawasan')
    expect(weigh({ topic: 'layanan', description: 'lama sekali', who: 'calo di parkiran' })).toBe(
      'pengawasan',
    )
    expect(weigh({ topic: 'layanan', description: 'lama sekali', who: 'loket 2' })).toBe('biasa')
  })

  it('takes no longer for hostile input', () => {
    const began = performance.now()
    for (const text of [
      'p'.repeat(100_000),
      'p u n g '.repeat(12_500),
      'minta '.repeat(16_000),
      'bayar masuk '.repeat(8_000),
      '1'.repeat(100_000),
    ])
      isHeavy(text)
    expect(performance.now() - began).toBeLessThan(1_500)
  })
})

it('what the flow check believes of actions is what there is', () => {
  expect(Object.keys(KNOWN_ACTIONS).toSorted()).toEqual([...ACTIONS_OF_FLOWS].toSorted())
})
