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

const isFile = text => /^\((photo|video|voice|audio|document)/.test(text)

/** One message as a list item. `act` does something in the chat, `choose` takes a message to reply to or to edit. */
export function item(message, { act, choose, quoted, fileOf }) {
  const { isOwn, who, text, deleted, edited, reactions, at, id } = message
  const tool = (label, onclick) => [' ', make('button', { type: 'button', onclick }, label)]
  return make(
    'li',
    { className: isOwn ? 'own' : '' },
    make('div', { className: 'who' }, isOwn ? 'Anda' : who),
    ...(quoted ? [make('span', { className: 'quote' }, (quoted.text || '…').slice(0, 120))] : []),
    deleted
      ? make('i', {}, 'Pesan ini dihapus')
      : make('div', { className: 'words' }, ...(isFile(text) ? [text] : words(text))),
    ...(isFile(text) ? [make('a', { href: fileOf(id), download: 'berkas' }, 'Simpan berkas')] : []),
    make(
      'div',
      { className: 'small' },
      new Date(at).toLocaleTimeString('id'),
      edited ? ' · diubah' : '',
      reactions ? ` ${reactions}` : '',
      ...tool('Balas', () => choose('replies', message)),
      ...(isOwn
        ? [
            ...tool('Ubah', () => choose('edits', message)),
            ...tool('Hapus', () => act({ do: 'deletes', message: id })),
          ]
        : tool('👍', () => act({ do: 'reacts', message: id }))),
    ),
  )
}
