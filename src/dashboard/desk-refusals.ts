import { STATUS_WORDS } from '../records/statuses.ts'

const STATES = new Map(Object.values(STATUS_WORDS).map(({ id, en }) => [id, en]))

/** Why a desk's action was not done, in English. The Indonesian is what is said in the desk's group (actions/refusal.ts and beside it). */
const SAID: [pattern: RegExp, english: (...found: string[]) => string][] = [
  [
    /^(\S+) sudah digabung ke (\S+); jawablah di .*$/,
    (code, lead) => `${code} was joined to ${lead}: answer there, or part it from that first.`,
  ],
  [/^(\S+) sudah Anda ambil\.$/, code => `You have taken ${code} already.`],
  [/^(\S+) sudah diambil (.*)\.$/, (code, who) => `${code} was taken by ${who}.`],
  [
    /^(\S+) sekarang ([^;"]*); "([^"]*)" tidak dapat dilakukan\.$/,
    (code, state = '', verb) => `${code} is ${STATES.get(state) ?? state} now; "${verb}" cannot be done.`,
  ],
  [
    /^Tidak ada meja "(.*)"\. Yang ada: (.*)$/s,
    (desk, all) => `There is no desk "${desk}". There are: ${all}`,
  ],
  [/^(\S+) sudah di meja ini\.$/, code => `${code} is at this desk already.`],
  [
    /^(\S+) bersifat terbatas dan tidak dapat diteruskan ke meja umum\.$/,
    code => `${code} is restricted and cannot be passed on to a general desk.`,
  ],
  [/^Alasan harus salah satu dari: (.*)$/s, all => `The reason has to be one of: ${all}`],
  [
    /^(\S+): datanya sudah dihapus atas permintaan pelapor\.$/,
    code => `${code}: its data was erased because its citizen asked for it.`,
  ],
  [/^Sertakan nomor laporannya, .*$/, () => 'Give the number of the ticket.'],
  [/^"(.*)" bukan nomor laporan\..*$/s, typed => `"${typed}" is no number of a ticket. Please check it.`],
  [/^Tidak ada laporan (.*) di meja ini\.$/s, typed => `There is no ticket ${typed} at this desk.`],
  [/^(\S+) tidak dapat digabung dengan dirinya sendiri\.$/, code => `${code} cannot be joined to itself.`],
  [/^(\S+) sudah digabung\. .*$/, code => `${code} was joined already. Part it first.`],
  [
    /^(\S+) \((.*)\) tidak dapat digabung: .*$/,
    (code, state = '') =>
      `${code} (${STATES.get(state) ?? state}) cannot be joined: only open tickets that are still worked on.`,
  ],
  [/^(\S+) tidak sedang digabung\.$/, code => `${code} is not joined to any.`],
  [
    /^(\S+): sampai tanggal berapa\? .*$/s,
    code => `${code}: until which day? It has to be after today. Such as: 2 Desember menunggu berkas.`,
  ],
  [/^(\S+): paling lama (\d+) hari, yaitu .*$/, (code, days) => `${code}: for ${days} days at most.`],
  [/^(\S+): paling lama (\d+) hari\.$/, (code, days) => `${code}: for ${days} days at most.`],
  [
    /^(\S+): apa alasannya\? Pelapor akan membacanya\. .*$/s,
    code => `${code}: for what reason? Its citizen will read it.`,
  ],
  [
    /^(\S+): pelapornya anonim, jadi .*$/,
    code => `${code}: its citizen is anonymous, and is answered by the receipt alone.`,
  ],
  [
    /^(\S+): pelapor sedang diblokir\. .*$/,
    code => `${code}: its citizen is blocked. Take the block back first.`,
  ],
  [
    /^(\S+): pelapor belum dapat diajak bicara sekarang\. .*$/,
    code => `${code}: its citizen cannot be talked to at the moment. Please try again later.`,
  ],
  [/^(\S+): Anda sedang berbicara dengan pelapor\.$/, code => `${code}: you are talking to its citizen.`],
  [/^(\S+): tidak ada percakapan yang berlangsung\.$/, code => `${code}: there is no talk going on.`],
  [
    /^(\S+): belum ada jawaban yang dapat dikirim\.$/,
    code => `${code}: there is no answer yet that could be sent.`,
  ],
  [
    /^(\S+): jawabannya memuat nomor atau akun seseorang, .*$/,
    code => `${code}: its answer holds a number or account of somebody, so it is not sent to others.`,
  ],
  [
    /^(\S+): tidak ada warga lain yang menunggu .*$/,
    code => `${code}: nobody else waits for an answer to that question.`,
  ],
  [
    /^(\S+): hanya kepala atau admin yang dapat mengubah artikel\.$/,
    code => `${code}: only a head or an admin changes articles.`,
  ],
  [
    /^(\S+) bersifat terbatas; isinya tidak dapat menjadi artikel\.$/,
    code => `${code} is restricted; what is in it cannot become an article.`,
  ],
  [/^(\S+): pertanyaannya terlalu pendek\. .*$/s, code => `${code}: the question is too short.`],
  [
    /^(\S+): belum ada jawaban\. .*$/s,
    code => `${code}: there is no answer yet. Write the question, and the answer in the line below.`,
  ],
  [
    /^(\S+): pertanyaan atau jawabannya memuat nomor, .*$/s,
    code =>
      `${code}: question or answer hold a number, account or name of somebody. Everybody reads an article: write both without it.`,
  ],
  [
    /^(\S+): tidak ada artikel itu\.(?: Yang mirip:)?(.*)$/s,
    (code, near) => `${code}: there is no such article. Those like it:${near}`,
  ],
  [/^(\S+): tulis juga alasannya: .*$/s, code => `${code}: write the reason behind the article's name.`],
  [
    /^(\S+): hanya kepala atau admin yang dapat memblokir .*$/,
    code => `${code}: only a head or an admin blocks, or takes a block back.`,
  ],
  [
    /^(\S+): pelapornya anonim dan tidak diketahui, .*$/,
    code => `${code}: its citizen is anonymous and unknown, and cannot be blocked.`,
  ],
  [
    /^(\S+): pelapornya belum mendengar hasilnya\. .*$/,
    code => `${code}: its citizen has not heard what came of it. Reply first, then close it.`,
  ],
  [/^(\S+): pelapor tidak sedang diblokir\.$/, code => `${code}: its citizen is not blocked.`],
  [
    /^(.*): menulis pengumuman hanya untuk yang bertugas menulisnya\.$/,
    who => `${who}: announcements are written by those whose duty it is.`,
  ],
  [/^Tidak ada pengumuman (\S+) di kantor ini\..*$/, code => `There is no announcement ${code} here.`],
  [
    /^(\S+) sudah disetujui(?: oleh (.*))?\.$/,
    (code, who) => `${code} was approved already${who === undefined ? '' : ` by ${who}`}.`,
  ],
  [
    /^(\S+) tidak lagi menunggu persetujuan(?: oleh (.*))?\.$/,
    code => `${code} does not wait for approval any more.`,
  ],
  [
    /^(.*): menyetujui pengumuman hanya boleh kepala atau admin\.$/,
    who => `${who}: only a head or an admin approves announcements.`,
  ],
  [
    /^(.*): (\S+) Anda susun sendiri\. .*$/,
    (who, code) => `${who}: you drafted ${code} yourself. Somebody else, a head or an admin, approves it.`,
  ],
  [/^(\S+) belum disetujui\. .*$/, code => `${code} is not approved yet: somebody else does that.`],
  [/^(\S+) sudah dikirim atau dihentikan\. .*$/, code => `${code} was sent or stopped already.`],
  [/^(\S+) sudah selesai atau dihentikan\.$/, code => `${code} is over or was stopped already.`],
  [/^Saya belum mengerti waktunya, .*$/s, () => 'That is no time, or it has passed. Such as: besok 08.00'],
  [
    /^(\S+) mengikuti data lowongan atau agenda: .*$/,
    code => `${code} follows a vacancy or an event: change that, and the correction is sent by itself.`,
  ],
  [/^Tulis: umumkan untuk .*$/s, () => 'There are no words to announce.'],
  [/^Saya belum mengerti untuk siapa "(.*?)"\..*$/s, whom => `It is not clear whom "${whom}" means.`],
  [
    /^"(.*?)" tidak dapat dipakai untuk memilih penerima\..*$/s,
    words => `"${words}" cannot be used to say who is told.`,
  ],
  [/^Teksnya terlalu pendek\..*$/s, () => 'The text is too short.'],
  [
    /^Teksnya (\d+) huruf; paling banyak (\d+), .*$/,
    (has, most) => `The text has ${has} letters; ${most} at most.`,
  ],
  [
    /^Teksnya memuat tautan pendek\. .*$/,
    () => 'The text holds a shortened link. Write the whole address, so that citizens see where it leads.',
  ],
  [
    /^Teksnya memuat angka seperti NIK\. .*$/,
    () => 'The text holds a number like a NIK. Many read an announcement: write it without that.',
  ],
  [/^pengumuman tidak dapat dibuat; .*$/, () => 'The announcement could not be made; please try again.'],
]

/** Why something was not done, as the page's reader is told it; what is not known here stands as the desk's group reads it. */
export function spokenRefusal(text: string, language: 'id' | 'en'): string {
  if (language === 'id') return text
  for (const [pattern, english] of SAID) {
    const found = pattern.exec(text)
    if (found !== null) return english(...found.slice(1))
  }
  return text
}
