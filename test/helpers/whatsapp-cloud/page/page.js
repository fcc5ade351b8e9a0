import { item, make } from './messages.js'

const at = id => document.getElementById(id)
const [office, person, text] = ['office', 'person', 'text'].map(at)
const people = await (await fetch('/page/people')).json()

/** The message the next words are a reply to or an edit of. */
let chosen
let shown = ''

function fill(select, options) {
  select.replaceChildren(...options.map(([value, label]) => make('option', { value }, label)))
}

const scene = () => ({ as: person.value, office: office.value })

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

function tools({ isBlocked, isLinked }) {
  const tool = (label, deed) => make('button', { type: 'button', onclick: () => act({ do: deed }) }, label)
  return [
    tool(isLinked ? 'Hubungkan lagi' : 'Hubungkan', 'links'),
    isBlocked ? tool('Buka blokir', 'unblocks') : tool('Blokir', 'blocks'),
    tool('Maju 24 jam', 'waits'),
  ]
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
  list.replaceChildren(
    ...seen.messages.map(one => item(one, { title: seen.title, act, choose, quoted: byId.get(one.replyTo) })),
  )
  at('typing').textContent = seen.typing
  const waiting = seen.pending > 0 ? ` ${seen.pending} kabar menunggu Balai.` : ''
  at('state').textContent = `${seen.isLinked ? 'Terhubung.' : 'Belum terhubung.'} ${seen.window}${waiting}`
  at('tools').replaceChildren(...tools(seen).flatMap(one => [one, ' ']))
  at('violations').replaceChildren(
    ...seen.violations.map(one => make('li', {}, `${one.what}: ${one.problem}`)),
  )
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
text.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.shiftKey) return
  event.preventDefault()
  send()
})
at('drop').onclick = () => choose()
for (const deed of ['location', 'number']) at(deed).onclick = () => act({ do: deed })
for (const kind of ['photo', 'document', 'voice']) at(kind).onchange = event => sendFile(kind, event.target)
for (const select of [office, person]) select.onchange = show

fill(
  office,
  people.offices.map(id => [id, id]),
)
fill(
  person,
  people.citizens.map(one => [one.id, one.name]),
)
await show()
new EventSource('/page/changes').onmessage = show
