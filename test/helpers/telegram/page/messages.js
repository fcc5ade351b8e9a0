/** Tags for the entities that change how words look; links lead nowhere here, their address is shown. */
const TAGS = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'code',
  blockquote: 'q',
  expandable_blockquote: 'q',
}

/** An element with these attributes and children; text is never read as HTML. */
export function make(tag, attributes = {}, ...children) {
  const element = Object.assign(document.createElement(tag), attributes)
  element.append(...children)
  return element
}

/** The text in pieces, each in the tags of the entities over it. Offsets are UTF-16 units, as in strings here. */
function words(text, entities = []) {
  const edges = new Set([0, text.length, ...entities.flatMap(one => [one.offset, one.offset + one.length])])
  const places = [...edges].sort((a, b) => a - b)
  return places.slice(0, -1).map((from, index) => {
    const over = entities.filter(one => one.offset <= from && one.offset + one.length > from)
    let piece = document.createTextNode(text.slice(from, places[index + 1]))
    for (const { type, url } of over) {
      if (TAGS[type] !== undefined) piece = make(TAGS[type], {}, piece)
      if (type === 'text_link') piece = make('u', { title: url }, piece)
    }
    return piece
  })
}

function media(message) {
  const { photo, document: file, voice, location, contact, sticker } = message
  if (photo) return [make('img', { src: `/page/file/${photo.at(-1).file_id}`, alt: 'Foto' })]
  if (voice) return [make('audio', { src: `/page/file/${voice.file_id}`, controls: true })]
  if (file)
    return [
      make(
        'a',
        { href: `/page/file/${file.file_id}`, download: file.file_name ?? 'berkas' },
        `Berkas: ${file.file_name ?? 'tanpa nama'}`,
      ),
    ]
  if (location) return [make('span', {}, `Lokasi ${location.latitude}, ${location.longitude}`)]
  if (contact) return [make('span', {}, `Kontak ${contact.first_name}`)]
  return sticker ? [make('span', {}, 'Stiker')] : []
}

/** What Telegram itself says, or nothing if a person or the bot does. */
function service(message) {
  const { forum_topic_created: made, forum_topic_edited: named } = message
  if (made) return `Topik dibuka: ${made.name}`
  if (named) return `Topik berganti nama: ${named.name}`
  if (message.forum_topic_closed) return 'Topik ditutup'
  if (message.forum_topic_reopened) return 'Topik dibuka kembali'
  if (message.new_chat_members)
    return `${message.new_chat_members.map(one => one.first_name).join(', ')} bergabung`
  if (message.left_chat_member) return `${message.left_chat_member.first_name} keluar`
  if (message.pinned_message) return 'Pesan disematkan'
  if (message.new_chat_title) return `Grup kini bernama ${message.new_chat_title}`
  return undefined
}

function buttons(message, act) {
  return (message.reply_markup?.inline_keyboard ?? []).map(row =>
    make(
      'div',
      { className: 'row' },
      ...row.map(({ text, url }) =>
        make(
          'button',
          {
            type: 'button',
            title: url ?? '',
            onclick: () => act({ do: 'presses', text, message: message.message_id }),
          },
          text,
        ),
      ),
    ),
  )
}

/** One message as a list item. `act` does something in the chat, `choose` takes a message to reply to or to edit. */
export function item(message, act, choose) {
  const said = service(message)
  if (said !== undefined) return make('li', { className: 'service' }, said)
  const name = message.sender_chat?.title ?? message.from?.first_name ?? ''
  const quoted = message.reply_to_message
  const text = message.text ?? message.caption ?? ''
  const tool = (label, onclick) => make('button', { type: 'button', onclick }, label)
  return make(
    'li',
    { className: message.isOwn ? 'own' : '' },
    make('div', { className: 'who' }, message.forward_origin ? `${name} (diteruskan)` : name),
    ...(quoted && !quoted.forum_topic_created
      ? [make('span', { className: 'quote' }, (quoted.text ?? quoted.caption ?? '…').slice(0, 120))]
      : []),
    ...media(message),
    make('div', { className: 'words' }, ...words(text, message.entities ?? message.caption_entities)),
    ...buttons(message, act),
    make(
      'div',
      { className: 'small' },
      new Date(message.date * 1000).toLocaleTimeString('id'),
      message.edit_date ? ' · diubah' : '',
      (message.reaction ?? []).map(one => ` ${one.emoji}`).join(''),
      ' ',
      tool('Balas', () => choose('replies', message)),
      ...(message.isOwn && text !== '' ? [' ', tool('Ubah', () => choose('edits', message))] : []),
      ...(message.isOwn
        ? [' ', tool('Hapus', () => act({ do: 'deletes', message: message.message_id }))]
        : []),
    ),
  )
}
