import { item, make } from './messages.js'

const at = id => document.getElementById(id)
const [office, person, chat, topic, text] = ['office', 'person', 'chat', 'topic', 'text'].map(at)
const people = await (await fetch('/page/people')).json()

/** The message the next words are a reply to or an edit of. */
let chosen
let lastPopUp
let shown = ''

function fill(select, options) {
  const before = select.value
  select.replaceChildren(...options.map(([value, label]) => make('option', { value }, label)))
  if (options.some(([value]) => String(value) === before)) select.value = before
}

const isStaff = () => people.staff.some(one => String(one.id) === person.value)

function fillChats() {
  const groups = [
    ['forum', 'Grup bertopik'],
    ['group', 'Grup tanpa topik'],
  ]
  fill(chat, isStaff() ? [...groups, ['bot', 'Obrolan dengan bot']] : [['bot', 'Obrolan dengan bot']])
}

function scene() {
  return {
    as: person.value,
    office: office.value,
    chat: chat.value,
    ...(chat.value === 'forum' && topic.value !== '' ? { topic: Number(topic.value) } : {}),
  }
}

async function act(wish) {
  const body = JSON.stringify({ ...scene(), ...wish })
  const response = await fetch('/page/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  at('pop-up').textContent = response.ok ? '' : await response.text()
}

function choose(deed, message) {
  chosen = message && { deed, id: message.message_id }
  at('about').hidden = !message
  if (!message) return
  const words = message.text ?? message.caption ?? ''
  at('about').firstElementChild.textContent =
    `${deed === 'edits' ? 'Mengubah' : 'Membalas'}: ${words.slice(0, 80)}`
  if (deed === 'edits') text.value = words
  text.focus()
}

function tools({ door, topics }) {
  const tool = (label, deed) => make('button', { type: 'button', onclick: () => act({ do: deed }) }, label)
  if (chat.value === 'bot')
    return [door === 'blocked' ? tool('Buka blokir bot', 'unblocks') : tool('Blokir bot', 'blocks')]
  const here = topics.find(one => String(one.id) === topic.value)
  const onTopic = here
    ? [
        here.closed ? tool('Buka topik', 'reopensTopic') : tool('Tutup topik', 'closesTopic'),
        tool('Hapus topik', 'deletesTopic'),
      ]
    : []
  return [...onTopic, tool('Keluarkan bot', 'removesBot'), tool('Masukkan bot', 'addsBot')]
}

async function show() {
  const response = await fetch(`/page/view?${new URLSearchParams(scene())}`)
  const body = await response.text()
  if (body === shown) return
  shown = body
  const seen = JSON.parse(body)
  at('topic-label').hidden = !seen.isForum
  fill(topic, [
    ['', 'Umum'],
    ...seen.topics.map(one => [one.id, one.closed ? `${one.name} (ditutup)` : one.name]),
  ])
  const list = at('messages')
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80
  list.replaceChildren(...seen.messages.map(message => item(message, act, choose)))
  at('typing').textContent = seen.typing
  // Nothing tells the page when the five seconds are over.
  if (seen.typing !== '') setTimeout(show, 5000)
  if (seen.popUp && seen.popUp.id !== lastPopUp) {
    lastPopUp = seen.popUp.id
    at('pop-up').textContent = seen.popUp.text
    setTimeout(() => at('pop-up').replaceChildren(), 5000)
  }
  at('keys').replaceChildren(
    ...seen.keys.map(row =>
      make(
        'div',
        { className: 'row' },
        ...row.map(key =>
          make('button', { type: 'button', onclick: () => act({ do: 'taps', text: key.text }) }, key.text),
        ),
      ),
    ),
  )
  at('tools').replaceChildren(...tools(seen))
  at('violations').replaceChildren(
    ...seen.violations.map(one => make('li', {}, `${one.method}: ${one.problem}`)),
  )
  if (atEnd) list.scrollTop = list.scrollHeight
}

async function sendFile(kind, input) {
  const file = input.files[0]
  input.value = ''
  if (!file) return
  const bytes = new Uint8Array(await file.arrayBuffer())
  let letters = ''
  for (const byte of bytes) letters += String.fromCharCode(byte)
  await act({ do: kind, file: btoa(letters), name: file.name, text: text.value })
  text.value = ''
}

async function send() {
  const words = text.value
  if (words.trim() === '') return
  text.value = ''
  const about = chosen
  choose()
  await act(about ? { do: about.deed, message: about.id, text: words } : { do: 'says', text: words })
}

at('composer').addEventListener('submit', event => {
  event.preventDefault()
  send()
})
text.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.shiftKey) return
  event.preventDefault()
  send()
})
at('drop').onclick = () => choose()
at('start').onclick = () => act({ do: 'says', text: '/start' })
at('location').onclick = () => act({ do: 'location' })
for (const kind of ['photo', 'document', 'voice']) at(kind).onchange = event => sendFile(kind, event.target)
person.onchange = () => {
  const wasCitizen = chat.options.length === 1
  fillChats()
  if (wasCitizen) chat.selectedIndex = 0
  show()
}
for (const select of [office, chat, topic]) select.onchange = show

fill(
  office,
  people.offices.map(id => [id, id]),
)
fill(
  person,
  [...people.citizens, ...people.staff].map(one => [one.id, one.name]),
)
fillChats()
await show()
new EventSource('/page/changes').onmessage = show
