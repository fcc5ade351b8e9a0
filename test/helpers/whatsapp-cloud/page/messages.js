/** An element with these attributes and children; text is never read as HTML. */
export function make(tag, attributes = {}, ...children) {
  const element = Object.assign(document.createElement(tag), attributes)
  element.append(...children)
  return element
}

/** WhatsApp's own marks, as its apps show them. */
const MARKS = [
  [/\*([^*\n]+)\*/, 'b'],
  [/_([^_\n]+)_/, 'i'],
  [/~([^~\n]+)~/, 's'],
  [/`([^`\n]+)`/, 'code'],
]

function words(text) {
  const [found, tag] =
    MARKS.map(([pattern, name]) => [pattern.exec(text), name])
      .filter(([match]) => match)
      .toSorted(([a], [b]) => a.index - b.index)[0] ?? []
  if (!found) return text === '' ? [] : [text]
  const end = found.index + found[0].length
  return [text.slice(0, found.index), make(tag, {}, ...words(found[1])), ...words(text.slice(end))]
}

function media({ media: id, mime = '', type, fileName = 'berkas', location }) {
  if (location) return [make('span', {}, `Lokasi ${location.latitude}, ${location.longitude}`)]
  if (!id) return []
  const source = `/page/file/${id}`
  if (mime.startsWith('image/'))
    return [make('img', { src: source, alt: type === 'sticker' ? 'Stiker' : 'Foto' })]
  if (mime.startsWith('audio/')) return [make('audio', { src: source, controls: true })]
  return [make('a', { href: source, download: fileName }, `Berkas: ${fileName}`)]
}

function choices({ id, kind, opens, choices: all }, act) {
  const button = (label, wish, title = '') =>
    make('button', { type: 'button', title, onclick: () => act({ message: id, ...wish }) }, label)
  if (kind === 'location')
    return [make('div', { className: 'row' }, button('Kirim lokasi', { do: 'location' }))]
  if (kind === 'list') {
    const rows = all.map(({ title, description }) =>
      make(
        'div',
        { className: 'row' },
        button(description ? `${title} — ${description}` : title, { do: 'picks', text: title }),
      ),
    )
    return [make('details', {}, make('summary', {}, opens), ...rows)]
  }
  const row = all.map(({ title }) => button(title, { do: 'presses', text: title }))
  return row.length === 0 ? [] : [make('div', { className: 'row' }, ...row)]
}

const TICKS = { sent: '✓', delivered: '✓✓', read: '✓✓ dibaca' }

/** One message as a list item. `act` does something in the chat, `choose` takes a message to reply to or to edit. */
export function item(message, { title, act, choose, quoted }) {
  const isOwn = message.from === 'citizen'
  const tool = (label, onclick) => [' ', make('button', { type: 'button', onclick }, label)]
  return make(
    'li',
    { className: isOwn ? 'own' : '' },
    make('div', { className: 'who' }, isOwn ? 'Anda' : title),
    ...(quoted ? [make('span', { className: 'quote' }, (quoted.text || '…').slice(0, 120))] : []),
    ...(message.revoked
      ? [make('i', {}, 'Pesan ini dihapus')]
      : [...media(message), make('div', { className: 'words' }, ...words(message.text))]),
    ...(message.footer ? [make('div', { className: 'small' }, message.footer)] : []),
    ...choices(message, act),
    make(
      'div',
      { className: 'small' },
      new Date(message.at * 1000).toLocaleTimeString('id'),
      message.edited ? ' · diubah' : '',
      message.reaction ? ` ${message.reaction}` : '',
      isOwn ? ` ${TICKS[(message.statuses ?? []).at(-1)] ?? ''}` : '',
      ...tool('Balas', () => choose('replies', message)),
      ...(isOwn
        ? [
            ...tool('Ubah', () => choose('edits', message)),
            ...tool('Hapus', () => act({ do: 'revokes', message: message.id })),
          ]
        : tool('👍', () => act({ do: 'reacts', message: message.id }))),
    ),
  )
}
