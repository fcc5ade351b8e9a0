import { item, make } from './messages.js'

const at = id => document.getElementById(id)
const [office, person, chat, text] = ['office', 'person', 'chat', 'text'].map(at)
const people = await (await fetch('/page/people')).json()

/** The message the next words are a reply to or an edit of. */
let chosen
let shown = ''

function fill(select, options) {
  select.replaceChildren(...options.map(([value, label]) => make('option', { value }, label)))
}

function fillChats() {
  const isStaff = people.staff.some(one => one.id === person.value)
  const alone = [['number', 'Obrolan dengan kantor']]
  fill(chat, isStaff ? [['group', 'Grup petugas'], ...alone] : alone)
}

const scene = () => ({ as: person.value, office: office.value, chat: chat.value })

async function act(wish) {
  const response = await fetch('/page/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...scene(), ...wish }),
  })
  at('pop-up').textContent = response.ok ? '' : await response.text()
}

function choose(deed, message) {
  chosen = message && { deed, id: message.id }
  at('about').hidden = !message
  if (!message) return
  at('about').firstElementChild.textContent =
    `${deed === 'edits' ? 'Mengubah' : 'Membalas'}: ${message.text.slice(0, 80)}`
  if (deed === 'edits') text.value = message.text
  text.focus()
}

function tools({ isBlocked, isIn, isOnline, isBanned }) {
  const tool = (label, deed) => make('button', { type: 'button', onclick: () => act({ do: deed }) }, label)
  const here =
    chat.value === 'group'
      ? tool(isIn ? 'Keluarkan nomor kantor' : 'Masukkan nomor kantor', isIn ? 'removesNumber' : 'addsNumber')
      : tool(isBlocked ? 'Buka blokir' : 'Blokir', isBlocked ? 'unblocks' : 'blocks')
  const phone = isBanned
    ? [tool('Cabut larangan', 'forgives')]
    : isOnline
      ? [
          tool('Putuskan perangkat', 'unlinks'),
          tool('Dibuka di tempat lain', 'replaces'),
          tool('Larang nomor', 'bans'),
        ]
      : []
  return [here, ...phone].flatMap(one => [one, ' '])
}

function state({ isOnline, isAskedForCode, waiting }) {
  const { number } = people.offices.find(one => one.id === office.value)
  const line = isOnline ? 'Terhubung.' : isAskedForCode ? 'Menunggu kode penautan.' : 'Belum terhubung.'
  return `Nomor ${number}. ${line}${waiting > 0 ? ` ${waiting} kabar menunggu Balai.` : ''}`
}

async function show() {
  const response = await fetch(`/page/view?${new URLSearchParams(scene())}`)
  const body = await response.text()
  if (body === shown) return
  shown = body
  const seen = JSON.parse(body)
  const list = at('messages')
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40
  const byId = new Map(seen.messages.map(one => [one.id, one]))
  const fileOf = message => `/page/file?${new URLSearchParams({ ...scene(), message })}`
  list.replaceChildren(
    ...seen.messages.map(one => item(one, { act, choose, quoted: byId.get(one.quotes), fileOf })),
  )
  at('typing').textContent = seen.typing
  // Nothing tells the page when somebody has stopped typing by falling silent.
  if (seen.typing !== '') setTimeout(show, 10_000)
  at('state').textContent = state(seen)
  at('linking').hidden = seen.isOnline
  at('tools').replaceChildren(...tools(seen))
  at('violations').replaceChildren(...seen.problems.map(one => make('li', {}, one)))
  if (atEnd) list.scrollTop = list.scrollHeight
  if (seen.hasUnread) await act({ do: 'reads' })
}

async function sendFile(kind, input) {
  const file = input.files[0]
  input.value = ''
  if (!file) return
  const bytes = new Uint8Array(await file.arrayBuffer())
  let letters = ''
  for (const byte of bytes) letters += String.fromCharCode(byte)
  await act({ do: kind, file: btoa(letters), name: file.name, mime: file.type, text: text.value })
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
at('linking').addEventListener('submit', event => {
  event.preventDefault()
  act({ do: 'links', text: at('code').value })
  at('code').value = ''
})
text.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.shiftKey) return
  event.preventDefault()
  send()
})
at('drop').onclick = () => choose()
at('location').onclick = () => act({ do: 'location' })
for (const kind of ['photo', 'document', 'voice']) at(kind).onchange = event => sendFile(kind, event.target)
person.onchange = () => {
  fillChats()
  show()
}
for (const select of [office, chat]) select.onchange = show

fill(
  office,
  people.offices.map(one => [one.id, one.id]),
)
fill(
  person,
  [...people.citizens, ...people.staff].map(one => [one.id, one.name]),
)
fillChats()
await show()
new EventSource('/page/changes').onmessage = show
