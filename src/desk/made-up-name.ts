/** Birds, flowers, trees and fish that nobody is called as an insult, and no party or state has for a sign. */
const BEARERS =
  'Kenari Merpati Jalak Cendet Murai Pipit Gelatik Kutilang Kepodang Perkutut Nuri Bangau Camar Cucak Punai Bondol Melati Mawar Kenanga Cempaka Anggrek Teratai Kamboja Flamboyan Seruni Dahlia Tulip Lavender Kemuning Soka Bugenvil Alamanda Cemara Jati Mahoni Trembesi Ketapang Pinus Meranti Damar Akasia Bambu Pandan Serai Kayumanis Cengkih Pala Kapulaga Mangga Manggis Rambutan Duku Jambu Markisa Nangka Srikaya Koi Nila Gurami Bandeng Kakap Tenggiri Cakalang Kerapu'.split(
    ' ',
  )
/** Places and times of day: they say nothing of anybody's character, origin, faith or age. */
const OF =
  'Pagi Fajar Siang Senja Malam Embun Kabut Hujan Gerimis Samudra Awan Angin Ombak Pasir Karang Teluk Tanjung Muara Sungai Danau Telaga Rawa Lembah Bukit Gunung Rimba Ladang Sawah Kebun Taman Savana Pesisir Pulau Selat Lautan Langit Bintang Bulan Mentari Cahaya Purnama Jembatan Dermaga Menara Gerbang Beranda Pelita Lentera'.split(
    ' ',
  )
const NUMBERS = 90

/** Where a name stands for: one citizen's open tickets, their closed ones, or one anonymous report alone. */
export function nameSource(ticket: {
  id: string
  conversation_id: string | null
  restricted: boolean
  confidential: boolean
}): string[] {
  if (ticket.conversation_id === null) return ['ticket', ticket.id]
  // Who reads at both desks must not join a confidential report to an open one by its name.
  return [ticket.restricted || ticket.confidential ? 'closed' : 'open', ticket.conversation_id]
}

/**
 * A name to tell citizens apart by, of a keyed hash (at least 8 bytes): "Melati Senja 27". The same hash gives the same name, and
 * without the key nothing leads back. 276,480 names: of a thousand citizens of an office, two or so share one with another.
 */
export function madeUpName(hash: Buffer): string {
  const bearer = BEARERS[hash.readUInt16BE(0) % BEARERS.length]
  const of = OF[hash.readUInt16BE(2) % OF.length]
  return `${bearer} ${of} ${10 + (hash.readUInt16BE(4) % NUMBERS)}`
}
