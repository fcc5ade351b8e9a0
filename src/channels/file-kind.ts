/** What a stored file is to us, whatever it was sent as. */
export function fileKind(mime: string): 'photo' | 'voice' | 'document' {
  if (mime.startsWith('image/')) return 'photo'
  return mime.startsWith('audio/') ? 'voice' : 'document'
}
