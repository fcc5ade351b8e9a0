import { describe, expect, it } from 'vitest'
import { fixtureBook, TO_REVIEW, talk } from './talk.ts'

const book = await fixtureBook()
const atReview = () =>
  talk(book)
    .say(...TO_REVIEW)
    .result({ weight: 'biasa' })

describe('options', () => {
  it('carry the turn that put them, and an older one has expired', () => {
    const citizen = talk(book).say('pengaduan')
    expect(citizen.ids).toEqual(['1.layanan', '1.petugas', '1.lain'])
    citizen.say('bantuan').press('1.layanan')
    expect(citizen.heard).toContain('Sudah tidak berlaku.')
    expect(citizen.heard).toContain('Tentang apa?')
    expect(citizen.press('3.layanan').heard).toContain('Apa yang terjadi?')
  })

  it.each(['2', '２', '٢', '2️⃣', 'perilaku petugas!', 'Perilaku', 'no 2', 'PERILAKU PETUGAS'])(
    'hears %j as the second',
    said => {
      expect(talk(book).say('pengaduan', said).state.at?.answers.topic).toBe('petugas')
    },
  )

  it('leads to the menu when a button is pressed and nothing is open', () => {
    expect(talk(book).press('4.send').heard).toContain('Selamat pagi dari Kantor Contoh')
  })
})

describe('words of the house', () => {
  it.each(['BATAL!!', 'bataaal', 'batal min', ' Batal. '])('%j drops the draft in one message', said => {
    const citizen = talk(book).say('pengaduan', '1', said)
    expect(citizen.heard).toBe('Dibatalkan.')
    const { minute: _, ...state } = citizen.state
    expect(state).toEqual({ turn: 3, language: 'id' })
  })

  it('count only as the whole message', () => {
    expect(
      talk(book).say('pengaduan', '1', 'batal terus antreannya').state.at?.answers.description,
    ).toContain('batal')
  })

  it('go one step back with nothing lost, and ask nothing twice', () => {
    const citizen = talk(book).say('pengaduan', '1', 'Loket dua selalu tutup', 'Jalan Contoh', 'kembali')
    expect(citizen.heard).toBe('Sebelumnya: Jalan Contoh.\n\nDi mana?')
    expect(citizen.say('kembali').heard).toContain('Apa yang terjadi?')
    expect(citizen.say('Loket tiga selalu tutup').heard).toBe('Ada foto?')
    expect(citizen.state.at?.answers.place).toBe('Jalan Contoh')
  })

  it('skip only what is optional', () => {
    expect(talk(book).say('pengaduan', 'lewati').heard).toContain('Tidak dapat dilewati.')
  })
})

describe('a review', () => {
  it('shows answers by their labels, and skipped ones as such', () => {
    expect(atReview().heard).toContain(
      'Jenis: Layanan loket\nKejadian: Loket dua selalu tutup\nTempat: (kosong)',
    )
  })

  it('walks the road again after a change, so that a notice is never missed', () => {
    const citizen = atReview().say('ubah', 'Jenis', '2')
    expect(citizen.heard).toContain('Hanya dibaca meja terbatas')
    expect(
      citizen.effects.some(effect => effect.type === 'perform' && effect.action === 'weigh_report'),
    ).toBe(true)
    expect(citizen.result({ weight: 'biasa' }).heard).toContain('Jenis: Perilaku petugas')
  })

  it('sends by yes, and a failure leads where the flow says', () => {
    const citizen = atReview().say('ya')
    expect(citizen.effects).toMatchObject([
      { type: 'perform', action: 'open_ticket', with: { topic: 'layanan', place: '' } },
    ])
    expect(citizen.take({ type: 'action_failed', reason: 'away' }).heard).toContain('Belum tersimpan.')
    expect(citizen.say('ya').result({ code: 'CTH-1' }).heard).toBe('Kode CTH-1')
    expect(citizen.state.at).toBeUndefined()
  })
})

describe('a second flow', () => {
  it('asks about the draft, puts it aside and offers it again', () => {
    const citizen = talk(book).say('pengaduan', '1', 'status CTH-2611-7K4QXH')
    expect(citizen.heard).toBe('Simpan Pengaduan dan buka Status?')
    expect(citizen.say('1').effects).toMatchObject([
      { action: 'ticket_status', with: { code: 'CTH-2611-7K4QXH' } },
    ])
    expect(citizen.result({ found: 'ya', text: 'Diproses' }).heard).toBe(
      'Hasil: Diproses\n\nLanjutkan Pengaduan?',
    )
    expect(citizen.say('ya').heard).toBe('Apa yang terjadi?')
  })

  it('is opened at once when nothing was answered yet', () => {
    expect(talk(book).say('pengaduan', 'status').heard).toBe('Kodenya?')
  })

  it('replaces an older draft put aside only by choice', () => {
    const citizen = talk(book).say('pengaduan', '1', 'petugas', '1').take({ type: 'staff_released' })
    citizen.say('status').say('gagal')
    expect(citizen.state.parked?.flow).toBe('complaint')
  })
})

describe('somebody who does not fit in', () => {
  it('is offered a person after three misses, and can go on', () => {
    const citizen = talk(book).say('pengaduan', 'xyz', 'xyz', 'xyz')
    expect(citizen.heard).toBe('Mau petugas?')
    expect(citizen.say('2').heard).toBe('Tentang apa?')
  })

  it('asks something in the middle, and the question is put again behind the answer', () => {
    const citizen = talk(book).say('pengaduan', 'kapan buka')
    expect(citizen.effects).toEqual([
      { type: 'perform', action: 'answer_question', with: { text: 'kapan buka' } },
    ])
    expect(citizen.result({ text: 'Jam delapan.', code: 'X' }).heard).toBe('Jam delapan.\n\nTentang apa?')
  })

  it('sees emergency numbers first, once, and loses nothing', () => {
    const citizen = talk(book).say('pengaduan', '1', 'Ada kebakaran di loket dua')
    expect(citizen.heard).toBe('Hubungi 112.\n\nDi mana?')
    expect(citizen.say('Dekat kebakaran itu').heard).toBe('Ada foto?')
  })

  it('begins a draft with a photo, which is never lost', () => {
    const file = { id: 'f1', name: 'lampu.jpg', mime: 'image/jpeg' }
    const citizen = talk(book).take({ type: 'replied', kind: 'photo', text: '', file })
    expect(citizen.heard).toContain('Berkas disimpan.')
    expect(citizen.say('1', 'Loket dua selalu tutup', 'lewati').heard).toBe('Nomor telepon?')
    expect(citizen.state.at?.answers.photo).toBe('file:f1:lampu.jpg')
  })

  it('is greeted in kind, else by the time of day', () => {
    expect(talk(book).say("Assalamu'alaikum pak").heard).toContain("Wa'alaikumsalam dari")
    expect(
      talk(book).take({ type: 'replied', kind: 'text', text: 'p', at: '2026-11-21T18:00:00+07:00' }).heard,
    ).toContain('Selamat malam dari')
  })
})
