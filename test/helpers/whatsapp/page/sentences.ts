/** What the page says beside the chat. */
export const sentences = {
  nobody: 'Tidak ada orang atau kantor itu.',
  gone: 'Pesan itu tidak ada lagi.',
  nothing: 'Tidak ada perbuatan itu.',
  unlinked: 'Tidak dapat menautkan: kode itu tidak berlaku.',
  typing: 'Balai sedang mengetik …',
}
