/** What the page says beside the chat. */
export const sentences = {
  nobody: 'Tidak ada warga atau kantor itu.',
  gone: 'Pesan itu tidak ada lagi.',
  nothing: 'Tidak ada perbuatan itu.',
  typing: 'Balai sedang mengetik …',
  open: 'Jendela 24 jam terbuka.',
  closed: 'Jendela 24 jam tertutup: hanya templat yang diterima.',
}
